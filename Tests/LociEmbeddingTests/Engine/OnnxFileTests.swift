import Foundation
import LociCore
import LociEmbedding
import LociTestKit
import Testing

@Suite("ONNX files")
struct OnnxFileTests {
  private let folder: TemporaryFolder
  private let url: URL
  /// The vectors of token 0, 1 and 2.
  private let table: [Float] = [1, 2, -3, 4, 5, -6]

  init() throws {
    folder = try TemporaryFolder()
    url = folder.file("model.onnx")
  }

  /// A graph that looks ids up in ``table``.
  private func write(
    inputs: [String], type: OnnxGraph.ElementType = .int64, output: String, pooled: Bool = false
  ) throws {
    var graph = OnnxGraph()
    let free: [OnnxGraph.Dimension] = [.named("texts"), .named("tokens")]
    for input in inputs { graph.input(input, type, shape: free) }
    let table = graph.floats(table, shape: [3, 2])
    let states = graph.node("Gather", [table, "input_ids"], output: pooled ? nil : output)
    if pooled {
      let first = graph.integers([0], shape: [])
      _ = graph.node(
        "Gather", [states, first], attributes: ["axis": .integer(1)], output: output)
    }
    let shape = (pooled ? [.named("texts")] : free) + [.fixed(2)]
    graph.output(output, .float, shape: shape)
    try Data(graph.model).write(to: url)
  }

  private func session(_ pooling: EmbeddingSpace.Pooling) throws -> OnnxSession {
    try OnnxSession(
      file: url, pooling: pooling, options: InferenceOptions(), runtime: .shared())
  }

  private let batch = TokenBatch([[0, 1, 2], [1]])

  @Test(
    "Token vectors are pooled, whatever integers the inputs want",
    arguments: [OnnxGraph.ElementType.int32, .int64],
    ["last_hidden_state", "token_embeddings", "x"]
  )
  func tokenVectors(type: OnnxGraph.ElementType, output: String) throws {
    try write(
      inputs: ["input_ids", "attention_mask", "token_type_ids"], type: type, output: output)
    #expect(try session(.mean).makeRun().vectors(of: batch) == [3, 0, -3, 4])
    #expect(try session(.max).makeRun().vectors(of: batch) == [5, 4, -3, 4])
    #expect(try session(.cls).makeRun().vectors(of: batch) == [1, 2, -3, 4])
    let tokens = try session(.mean).makeRun().vectors(of: batch, per: .token)
    #expect(tokens == [1, 2, -3, 4, 5, -6, -3, 4])
  }

  @Test("A sentence vector is taken as it is, and a mask that the model lacks is not missed")
  func sentenceVector() throws {
    try write(inputs: ["input_ids"], output: "sentence_embedding", pooled: true)
    #expect(try session(.mean).makeRun().vectors(of: batch) == [1, 2, -3, 4])
    let error = #expect(throws: LociError.self) {
      try session(.mean).makeRun().vectors(of: batch, per: .token)
    }
    #expect(error?.code == .unsupported)
  }

  @Test("An answer for another number of texts or tokens is refused", arguments: [Int64(0), 1])
  func otherShapes(axis: Int64) throws {
    var graph = OnnxGraph()
    let free: [OnnxGraph.Dimension] = [.named("texts"), .named("tokens")]
    graph.input("input_ids", .int64, shape: free)
    let states = graph.node("Gather", [graph.floats(table, shape: [3, 2]), "input_ids"])
    let (start, end) = (graph.integers([0], shape: [1]), graph.integers([1], shape: [1]))
    _ = graph.node(
      "Slice", [states, start, end, graph.integers([axis], shape: [1])],
      output: "last_hidden_state")
    graph.output("last_hidden_state", .float, shape: free + [.fixed(2)])
    try Data(graph.model).write(to: url)
    let error = #expect(throws: LociError.self) {
      try session(.mean).makeRun().vectors(of: batch)
    }
    #expect(error?.code == .engine)
  }

  @Test("An input that is not known is named")
  func unknownInput() throws {
    try write(inputs: ["input_ids", "pixel_values"], output: "last_hidden_state")
    let error = #expect(throws: LociError.self) { try session(.mean) }
    #expect(error?.code == .unsupported)
    #expect(error?.message.contains("pixel_values") == true)
  }

  @Test("A model without vectors of texts or tokens is refused")
  func noOutput() throws {
    try write(inputs: ["input_ids"], output: "logits", pooled: true)
    let error = #expect(throws: LociError.self) { try session(.mean) }
    #expect(error?.code == .unsupported)
  }

  @Test("A damaged or missing file is an error of the engine")
  func damaged() throws {
    #expect(throws: LociError.self) { try session(.mean) }
    try Data("no graph".utf8).write(to: url)
    let error = #expect(throws: LociError.self) { try session(.mean) }
    #expect(error?.code == .engine)
  }
}
