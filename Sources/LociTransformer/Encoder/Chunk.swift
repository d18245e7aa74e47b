/// Whole texts that one thread takes through all layers.
struct Chunk: Hashable {
  /// Positions of texts.
  let texts: Range<Int>
  /// Positions of their tokens.
  let tokens: Range<Int>

  /// As many tokens as keep a core's caches and registers busy; more would only take more memory.
  private static let usualTokens = 128
  /// Fewer are not worth another thread.
  private static let fewestTokens = 16

  /// Cuts texts into chunks of about 128 tokens, or fewer where every thread shall get one.
  ///
  /// Complexity: O(texts).
  static func cut(_ lengths: [Int], threads: Int) -> [Chunk] {
    let share = (lengths.reduce(0, +) + threads - 1) / threads
    let wanted = min(usualTokens, max(fewestTokens, share))
    var chunks: [Chunk] = []
    var (firstText, firstToken, end) = (0, 0, 0)
    for (text, length) in lengths.enumerated() {
      // A text goes where the chunk comes nearer to what is wanted with it than without.
      if end > firstToken, end + length / 2 - firstToken > wanted {
        chunks.append(Chunk(texts: firstText..<text, tokens: firstToken..<end))
        (firstText, firstToken) = (text, end)
      }
      end += length
    }
    if firstText < lengths.count {
      chunks.append(Chunk(texts: firstText..<lengths.count, tokens: firstToken..<end))
    }
    return chunks
  }
}
