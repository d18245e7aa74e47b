import LociEmbedding
import LociTestKit
import Testing

@Suite("Cutting texts into batches")
struct BatchPlanTests {
  @Test("Every text is in one batch, and no batch of several exceeds the budget", arguments: 1...30)
  func partition(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let lengths = (0..<Int.random(in: 0...300, using: &generator)).map { _ in
      Int.random(in: 0...256, using: &generator)
    }
    let budget = Int.random(in: 1...1500, using: &generator)
    let batches = BatchPlan.batches(lengths: lengths, budget: budget)
    #expect(batches.joined().sorted() == Array(lengths.indices))
    for batch in batches where batch.count > 1 {
      #expect(batch.count * (batch.map { lengths[$0] }.max() ?? 0) <= budget)
    }
    let inOrder = batches.joined().map { lengths[$0] }
    #expect(inOrder == lengths.sorted(by: >))
  }

  @Test("A text longer than the budget goes alone, and the rest are put together")
  func longText() {
    #expect(BatchPlan.batches(lengths: [3, 90, 4, 3], budget: 12) == [[1], [2, 0, 3]])
  }

  @Test("Padding is under a fifth where lengths vary")
  func littlePadding() {
    var generator = SeededGenerator(seed: 5)
    let lengths = (0..<512).map { _ in Int.random(in: 4...256, using: &generator) }
    let padded = BatchPlan.batches(lengths: lengths, budget: 1024).reduce(0) {
      $0 + $1.count * lengths[$1[0]]
    }
    #expect(Double(padded) < 1.2 * Double(lengths.reduce(0, +)))
  }
}
