import Foundation
import LociCore
import LociEmbedding
import LociTestKit
import LociTransformer
import Testing

@Suite("Loci's own engine")
struct TransformerSessionTests {
  private static let texts: [[Int32]] = [
    [2, 4, 3], [2, 5, 6, 7, 8, 4, 4, 3], [2, 3], [2, 30, 39, 3],
  ]

  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func session(
    _ model: ResolvedModel, _ precision: InferencePrecision = .bfloat16, threads: Int = 2,
    _ processor: Processor? = nil
  ) throws -> any InferenceSession {
    guard case .safetensors(let files) = model.weights else { throw CancellationError() }
    return try TransformerSession(
      model, files, InferenceOptions(threads: threads, precision: precision),
      environment: processor.map { [Processor.variable: $0.rawValue] } ?? [:])
  }

  private func check(
    _ tiny: TinyEncoder, _ pooling: EmbeddingSpace.Pooling, prefix: String = "",
    encoding: TinyTensor.Encoding = .float32
  ) throws {
    let model = try tiny.write(
      to: folder, pooling: pooling, prefix: prefix, encoding: encoding)
    let reference = ReferenceEncoder(
      architecture: tiny.architecture, tensors: tiny.tensors.mapValues { $0.rounded(encoding) })
    for (precision, bound) in [(InferencePrecision.float32, 0.999_999_9), (.bfloat16, 0.999)] {
      for processor in Processor.available {
        let found = try session(model, precision, processor).makeRun()
          .vectors(of: TokenBatch(Self.texts))
        for (index, text) in Self.texts.enumerated() {
          let expected = reference.vector(of: text, pooling: pooling)
          let own = Array(found[index * 32..<(index + 1) * 32])
          #expect(cosine(expected, own) >= bound, "\(processor) \(precision)")
        }
      }
    }
  }

  @Test(
    "Any pooling and activation agree with a plain float64 encoder",
    arguments: EmbeddingSpace.Pooling.allCases, ["gelu", "gelu_new", "relu"])
  func agreesWithReference(pooling: EmbeddingSpace.Pooling, activation: String) throws {
    for seed in UInt64(1)...3 {
      try check(TinyEncoder(seed: seed, activation: activation), pooling)
    }
  }

  @Test("Weights in half precision are widened", arguments: TinyTensor.Encoding.allCases)
  func halfPrecision(encoding: TinyTensor.Encoding) throws {
    try check(TinyEncoder(seed: 11), .mean, encoding: encoding)
  }

  @Test("Tensors may carry the prefix of a whole BERT model")
  func prefixed() throws { try check(TinyEncoder(seed: 12), .cls, prefix: "bert.") }

  @Test("A text's bits are the same alone, in any batch, and on any number of threads")
  func sameBits() throws {
    let model = try TinyEncoder(seed: 4).write(to: folder)
    let seed = UInt64.random(in: 0...UInt64.max)
    print("seed \(seed)")
    var generator = SeededGenerator(seed: seed)
    for precision in InferencePrecision.allCases {
      let alone = try session(model, precision, threads: 1)
      var known: [[Int32]: [Float]] = [:]
      for threads in 1...4 {
        let session = try session(model, precision, threads: threads)
        for _ in 0..<8 {
          let texts = (0..<Int.random(in: 1...40, using: &generator)).map { _ in
            (0..<Int.random(in: 1...24, using: &generator)).map { _ in
              Int32.random(in: 0..<40, using: &generator)
            }
          }
          let together = try session.makeRun().vectors(of: TokenBatch(texts))
          for (index, text) in texts.enumerated() {
            let expected =
              try known[text] ?? alone.makeRun().vectors(of: TokenBatch([text]))
            known[text] = expected
            #expect(Array(together[index * 32..<(index + 1) * 32]) == expected, "seed \(seed)")
          }
        }
      }
    }
  }

  @Test("Every kind of CPU with fused multiplication gives the same bits")
  func sameBitsOnEveryProcessor() throws {
    let model = try TinyEncoder(seed: 5).write(to: folder)
    let fused = Processor.available.filter { $0 != .portable }
    for precision in InferencePrecision.allCases {
      let vectors = try fused.map {
        try session(model, precision, $0).makeRun().vectors(of: TokenBatch(Self.texts))
      }
      #expect(vectors.allSatisfy { $0 == vectors.first })
    }
  }

  @Test("A kind of CPU that this machine is not is refused, and the others are named")
  func otherProcessor() throws {
    let model = try TinyEncoder(seed: 5).write(to: folder)
    guard case .safetensors(let files) = model.weights else { throw CancellationError() }
    for name in ["abacus"] + Processor.allCases.filter({ !$0.isAvailable }).map(\.rawValue) {
      let error = #expect(throws: LociError.self) {
        try TransformerSession(
          model, files, InferenceOptions(), environment: [Processor.variable: name])
      }
      #expect(error?.code == .invalidConfiguration)
      #expect(error?.remedy?.contains("portable") == true)
    }
  }

  @Test("A run that was stopped ends with an error, and the session still serves others")
  func stopped() throws {
    let session = try session(TinyEncoder(seed: 15).write(to: folder))
    let run = try session.makeRun()
    run.stop()
    let error = #expect(throws: LociError.self) { try run.vectors(of: TokenBatch(Self.texts)) }
    #expect(error?.code == .engine)
    #expect(try session.makeRun().vectors(of: TokenBatch(Self.texts)).count == 4 * 32)
  }

  @Test(
    "Texts that are empty, too long or of another vocabulary are refused",
    arguments: [[99], [-99], [], [Int32](repeating: 4, count: 25)] as [[Int32]])
  func foreignTexts(text: [Int32]) throws {
    let session = try session(TinyEncoder(seed: 14).write(to: folder))
    #expect(throws: LociError.self) { try session.makeRun().vectors(of: TokenBatch([[2], text])) }
  }

  @Test("NaN or infinity in any tensor is named", arguments: [Float.nan, .infinity])
  func infinite(value: Float) throws {
    for name in TinyEncoder(seed: 6).tensors.keys.sorted() {
      var tiny = TinyEncoder(seed: 6)
      tiny.tensors[name]?.values[17] = value
      let model = try tiny.write(to: folder)
      let error = #expect(throws: LociError.self) { try session(model) }
      #expect(error?.code == .corrupt)
      #expect(error?.message.contains(name) == true)
    }
  }

  @Test("A tensor that is missing or of another shape is named")
  func otherShape() throws {
    var tiny = TinyEncoder(seed: 6)
    tiny.tensors["encoder.layer.1.output.dense.weight"]?.shape = [48, 32]
    var error = #expect(throws: LociError.self) {
      try session(tiny.write(to: folder))
    }
    #expect(error?.message.contains("encoder.layer.1.output.dense.weight") == true)
    tiny.tensors["encoder.layer.1.output.dense.weight"] = nil
    error = #expect(throws: LociError.self) { try session(tiny.write(to: folder)) }
    #expect(error?.code == .corrupt)
  }

  @Test("Weights that change or get shorter while they are in use are an error, and end no process")
  func changedWeights() throws {
    let session = try session(TinyEncoder(seed: 7).write(to: folder))
    _ = try session.makeRun().vectors(of: TokenBatch(Self.texts))
    let file = try FileHandle(forWritingTo: folder.file("model.safetensors"))
    try file.truncate(atOffset: 100)
    #expect(throws: LociError.self) { try session.makeRun().vectors(of: TokenBatch(Self.texts)) }
  }
}
