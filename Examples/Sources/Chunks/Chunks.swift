import LociIngest

/// Cuts a document along its headings into chunks of at most 12 words.
@main
enum Chunks {
  static let text = """
    ---
    title: Rivers
    ---
    ## Otters
    They swim all day, eat fish, and sleep in a hollow under the roots of a tree.

    | animal | food |
    |--------|------|
    | otter  | fish |
    | heron  | frogs and fish |
    """

  static func main() throws {
    let chunker = try Chunker(maximumTokens: 12, overlapTokens: 0) { text in
      text.split(whereSeparator: \.isWhitespace).count
    }
    let document = try chunker.document(text, as: .markdown)
    print("the document says of itself:", document.metadata)
    for chunk in document.chunks {
      print("lines \(chunk.lines), under \(chunk.heading ?? "no heading"):")
      print(chunk.text)
    }
  }
}
