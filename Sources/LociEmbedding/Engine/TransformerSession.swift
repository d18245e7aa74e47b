package import Foundation
package import LociCore
import LociTransformer
import Synchronization

/// What can be said of Loci's own engine.
package enum LociEngine {
  /// Which kind of CPU it computes for, and why, in a sentence.
  ///
  /// - Throws: ``LociError/Code/invalidConfiguration`` where `LOCI_CPU` names none that is here.
  package static func description(
    precision: InferencePrecision,
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws(LociError) -> String {
    let chosen = try Processor.chosen(environment)
    let isForced = environment[Processor.variable]?.isEmpty == false
    let why =
      isForced
      ? "as \(Processor.variable) says"
      : "the fastest of \(Processor.available.map(\.rawValue).joined(separator: ", "))"
    return "Loci's own, for \(chosen.rawValue) (\(why)), products in \(precision.rawValue)."
  }
}

/// A model in Loci's own engine.
package struct TransformerSession: InferenceSession {
  private let encoder: TransformerEncoder

  /// Loads a model's safetensors files, or what was packed of them.
  ///
  /// - Throws: ``LociError/Code/corrupt`` for damaged files, ``LociError/Code/unsupported`` where
  ///   they are not a BERT encoder's, and what reading throws.
  package init(
    _ model: ResolvedModel, _ files: [URL], _ options: InferenceOptions,
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws(LociError) {
    let precision = Precision(options.precision)
    let processor = try Processor.chosen(environment)
    guard let kernels = Kernels(processor) else {
      throw LociError(.engine, "The kernels for \(processor.rawValue) are not there.")
    }
    encoder = try TransformerEncoder(
      EncoderShape(model.architecture), tensors: TensorFiles(files),
      pooling: EncoderPooling(model.space.pooling), precision: precision, kernels: kernels,
      threads: options.threads,
      packed: model.packing.map {
        PackedFile(in: $0.folder, digest: $0.digest, precision: precision)
      })
  }

  package func makeRun() -> any InferenceRun { TransformerRun(encoder) }
}

/// One use of the engine.
private final class TransformerRun: InferenceRun {
  private let encoder: TransformerEncoder
  private let isStopped = Atomic(false)

  init(_ encoder: TransformerEncoder) { self.encoder = encoder }

  func vectors(of batch: TokenBatch, per unit: VectorUnit) throws -> [Float] {
    try encoder.vectors(
      of: batch.tokens, lengths: batch.lengths, isPooled: unit == .text
    ) {
      isStopped.load(ordering: .relaxed)
    }
  }

  func stop() { isStopped.store(true, ordering: .relaxed) }
}

extension Precision {
  fileprivate init(_ precision: InferencePrecision) {
    self =
      switch precision {
      case .bfloat16: .bfloat16
      case .float32: .float32
      }
  }
}

extension EncoderPooling {
  fileprivate init(_ pooling: EmbeddingSpace.Pooling) {
    self =
      switch pooling {
      case .mean: .mean
      case .cls: .cls
      case .max: .max
      }
  }
}

extension EncoderShape {
  /// - Throws: ``LociError/Code/unsupported`` for an activation that is not known.
  fileprivate init(_ architecture: ResolvedModel.Architecture) throws(LociError) {
    let activation: Activation? =
      switch architecture.activation {
      case "gelu": .gelu
      case "gelu_new", "gelu_fast", "gelu_pytorch_tanh": .geluTanh
      case "relu": .relu
      default: nil
      }
    guard let activation else {
      throw LociError(
        .unsupported, "The activation \"\(architecture.activation)\" is not known.",
        remedy: "Use a model with gelu, gelu_new or relu, or its ONNX export.")
    }
    self.init(
      hidden: architecture.hiddenSize, layers: architecture.layerCount,
      heads: architecture.headCount, wide: architecture.intermediateSize,
      positions: architecture.positionCount, vocabulary: architecture.vocabularySize,
      segments: architecture.segmentCount, epsilon: architecture.normalizationEpsilon,
      activation: activation)
  }
}
