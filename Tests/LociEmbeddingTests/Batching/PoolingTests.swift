import LociCore
import LociEmbedding
import Testing

@Suite("Pooling token vectors")
struct PoolingTests {
  /// Two texts of two and one token, padded with a vector that would spoil every result.
  private let batch = TokenBatch([[2, 3], [2]])
  private let states: [Float] = [1, -2, 3, -4, 5, -6, 900, 900]

  @Test("The sum of a mean leaves padding out")
  func mean() {
    #expect(EmbeddingSpace.Pooling.mean.pool(states, of: batch, dimension: 2) == [4, -6, 5, -6])
  }

  @Test("The first token's vector is taken as it is")
  func cls() {
    #expect(EmbeddingSpace.Pooling.cls.pool(states, of: batch, dimension: 2) == [1, -2, 5, -6])
  }

  @Test("A maximum leaves padding out, and may be negative")
  func max() {
    #expect(EmbeddingSpace.Pooling.max.pool(states, of: batch, dimension: 2) == [3, -2, 5, -6])
  }
}
