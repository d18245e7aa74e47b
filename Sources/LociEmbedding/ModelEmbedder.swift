import Dispatch
import Foundation
public import LociCore
import LociTokenizer
import Synchronization

/// Embeds texts with a model that runs on this machine, inside this process.
///
/// Texts are cut at the space's maximum and sorted by length into batches of a bounded number of
/// tokens. Calls take turns batch by batch, queries before passages, so a query never waits for
/// more than the batch in progress. Texts with equal ids are computed once a call.
public struct ModelEmbedder: Embedder {
  /// The space of every vector that this embedder makes.
  public let space: EmbeddingSpace
  /// What a user should know about the model's files; see ``ResolvedModel/notes``.
  public let notes: [String]
  private let tokenizer: Tokenizer
  private let worker: InferenceWorker
  private let tokensPerBatch: Int

  /// Loads a model: the tokenizer and the weights at the same time, on two threads.
  ///
  /// This blocks for as long as it takes, tens of milliseconds for a small model.
  ///
  /// ```swift
  /// let model = try await ModelLibrary().resolve("all-MiniLM-L6-v2")
  /// let embedder = try ModelEmbedder(model: model)
  /// let similarity = try await embedder.embed("tea", as: .query).vector
  ///   .similarity(to: embedder.embed("a cup of tea", as: .passage).vector)
  /// ```
  /// - Throws: ``LociError/Code/missingLibrary`` where ONNX Runtime is needed and not installed,
  ///   ``LociError/Code/corrupt`` for damaged files, ``LociError/Code/unsupported`` for a model
  ///   that is no BERT encoder, and what reading files throws.
  public init(model: ResolvedModel, options: InferenceOptions = InferenceOptions()) throws {
    let limit = model.architecture.positionCount
    guard model.space.maximumTokens <= limit else {
      throw LociError(
        .invalidConfiguration,
        "The model reads \(limit) tokens at most, and \(model.space.maximumTokens) are asked for.",
        remedy: "Lower the maximum length in sentence_bert_config.json.")
    }
    let tokenizer = Mutex<Result<Tokenizer, any Error>?>(nil)
    let session = Mutex<Result<any InferenceSession, any Error>?>(nil)
    DispatchQueue.concurrentPerform(iterations: 2) { job in
      if job == 0 {
        let result = Result { try model.loadTokenizer() }
        tokenizer.withLock { $0 = result }
      } else {
        let result = Result { try model.loadSession(options) }
        session.withLock { $0 = result }
      }
    }
    guard let tokenizer = try tokenizer.withLock({ try $0?.get() }),
      let session = try session.withLock({ try $0?.get() })
    else { throw LociError(.engine, "The model was not loaded.") }
    space = model.space
    notes = model.notes
    self.tokenizer = tokenizer
    tokensPerBatch = options.tokensPerBatch
    worker = InferenceWorker(session, maximumWaitingCalls: options.maximumWaitingCalls)
  }

  /// The number of tokens of a text, without special tokens and prefix, before any cut.
  public func tokenCount(of text: String) -> Int { tokenizer.tokenCount(of: text) }

  /// Whether the vocabulary knows enough of what is read of a text: more than a fifth of its words,
  /// by their characters. Else its vector is that of any text of its sort.
  ///
  /// Complexity: O(the text that is read).
  public func canRead(_ text: String) -> Bool {
    tokenizer.unknownShare(of: text, maximumTokens: space.maximumTokens) < Self.unreadableShare
  }

  private static let unreadableShare = 0.8

  /// Embeds texts; one answer per text, in the texts' order.
  ///
  /// Complexity: linear in the tokens of the different texts, padding included, and for each text
  /// quadratic in its own tokens.
  /// - Throws: ``LociError/Code/overloaded`` where too many calls are waiting, `CancellationError`
  ///   where the task was cancelled, ``LociError/Code/engine`` where the engine fails.
  public func embed(_ texts: [String], as role: EmbeddingRole) async throws -> [Embedding] {
    guard !texts.isEmpty else { return [] }
    return try await worker.withPlace {
      let encodings = try encodings(of: texts, as: role)
      let vectors = try await vectors(of: encodings.map(\.ids), per: .text, as: role)
      return try encodings.map { encoding in
        Embedding(
          vector: try vectors.only(encoding.ids), tokenCount: encoding.ids.count,
          isTruncated: encoding.isTruncated)
      }
    }
  }

  /// Gives the vectors of the last layer, one a token; none of them is kept.
  ///
  /// Complexity: as ``embed(_:as:)``, and O(tokens × dimension) of memory.
  /// - Throws: As ``embed(_:as:)``, and ``LociError/Code/unsupported`` for an `.onnx` file that
  ///   pools by itself and for a model whose weights ONNX Runtime runs.
  public func embedTokens(
    _ texts: [String], as role: EmbeddingRole
  ) async throws -> [[UnitVector]] {
    guard !texts.isEmpty else { return [] }
    return try await worker.withPlace {
      let encodings = try encodings(of: texts, as: role)
      let vectors = try await vectors(of: encodings.map(\.ids), per: .token, as: role)
      return try encodings.map { try vectors.all($0.ids) }
    }
  }

  private func encodings(of texts: [String], as role: EmbeddingRole) throws -> [Encoding] {
    try texts.map { text in
      try Task.checkCancellation()
      return tokenizer.encode(prefix(for: role) + text, maximumTokens: space.maximumTokens)
    }
  }

  /// Computes each sequence of ids once, in batches of similar lengths.
  private func vectors(
    of sequences: [[Int32]], per unit: VectorUnit, as role: EmbeddingRole
  ) async throws -> SequenceVectors {
    var seen: Set<[Int32]> = []
    let inputs = sequences.filter { seen.insert($0).inserted }
    var found = SequenceVectors(space: space)
    for positions in BatchPlan.batches(lengths: inputs.map(\.count), budget: tokensPerBatch) {
      try Task.checkCancellation()
      let batch = positions.map { inputs[$0] }
      try found.add(
        await worker.vectors(of: TokenBatch(batch), per: unit, for: role), of: batch, per: unit)
    }
    return found
  }

  private func prefix(for role: EmbeddingRole) -> String {
    switch role {
    case .query: space.queryPrefix
    case .passage: space.passagePrefix
    }
  }
}

/// What a model answered, by the ids that it was given.
private struct SequenceVectors {
  let space: EmbeddingSpace
  private var vectors: [[Int32]: [UnitVector]] = [:]

  init(space: EmbeddingSpace) { self.space = space }

  /// - Throws: ``LociError/Code/dimensionMismatch`` for another number of components.
  mutating func add(_ components: [Float], of batch: [[Int32]], per unit: VectorUnit) throws {
    let counts = batch.map { unit == .text ? 1 : $0.count }
    guard components.count == counts.reduce(0, +) * space.dimension else {
      throw LociError(
        .dimensionMismatch,
        "The model answered \(Count.of(batch.count, "text")) with \(components.count) numbers; its "
          + "space has \(Count.of(space.dimension, "dimension")).",
        remedy: "Check the model's config.json.")
    }
    var rest = components[...]
    for (ids, count) in zip(batch, counts) {
      vectors[ids] = try (0..<count).map { _ in
        defer { rest = rest.dropFirst(space.dimension) }
        return try UnitVector(normalizing: Array(rest.prefix(space.dimension)))
      }
    }
  }

  func all(_ ids: [Int32]) throws -> [UnitVector] {
    guard let found = vectors[ids] else {
      throw LociError(.engine, "The model \(space.model) gave no vector for one of the texts.")
    }
    return found
  }

  func only(_ ids: [Int32]) throws -> UnitVector {
    let found = try all(ids)
    return found[0]
  }
}

extension ResolvedModel {
  fileprivate func loadSession(_ options: InferenceOptions) throws -> any InferenceSession {
    switch weights {
    case .onnx(let file):
      return try OnnxSession(
        file: file, pooling: space.pooling, options: options, runtime: .shared())
    case .safetensors(let files) where options.engine == .loci:
      return try TransformerSession(self, files, options)
    case .safetensors(let files):
      let weights = try EncoderWeights(files)
      let graph = try EncoderGraph.model(architecture, pooling: space.pooling, weights: weights)
      return try OnnxSession(
        graph: graph, weights: weights, pooling: space.pooling, options: options,
        runtime: .shared())
    }
  }
}
