import LociCore

/// The vector of a question, once it was made.
actor QuestionMemo {
  private var known: (text: String, embedding: Embedding)?

  func embedding(
    of text: String, _ make: @Sendable () async throws -> Embedding
  ) async throws -> Embedding {
    if let known, known.text == text { return known.embedding }
    let embedding = try await make()
    known = (text, embedding)
    return embedding
  }
}

/// An embedder that embeds one question once, however many searches ask for it.
struct QuestionEmbedder: Embedder {
  let base: any Embedder
  let memo: QuestionMemo

  var space: EmbeddingSpace { base.space }
  var notes: [String] { base.notes }

  func embed(_ texts: [String], as role: EmbeddingRole) async throws -> [Embedding] {
    guard role == .query, texts.count == 1 else { return try await base.embed(texts, as: role) }
    return [
      try await memo.embedding(of: texts[0]) { [base] in
        try await base.embed(texts[0], as: role)
      }
    ]
  }

  func tokenCount(of text: String) throws -> Int { try base.tokenCount(of: text) }
  func canRead(_ text: String) throws -> Bool { try base.canRead(text) }
}
