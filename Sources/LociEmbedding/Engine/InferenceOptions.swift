/// What computes a model that Loci has as tensors. One that comes as a graph (`.onnx`) needs ONNX
/// Runtime in any case.
public enum InferenceEngine: String, Hashable, Sendable, CaseIterable {
  /// Loci's own: in the process, with no library to fetch.
  case loci
  /// ONNX Runtime, opened at run time.
  case onnxRuntime = "onnxruntime"
}

/// What Loci's own engine rounds weights, and what they are multiplied with, to. Vectors of both
/// may be compared: 1 − cosine between them is some 1e-5.
public enum InferencePrecision: String, Hashable, Sendable, CaseIterable {
  /// Half the memory, and on many CPUs twice the speed.
  case bfloat16
  /// As exact as the weights are.
  case float32
}

/// How inference uses the machine.
public struct InferenceOptions: Hashable, Sendable {
  /// What computes the model.
  public var engine: InferenceEngine
  /// How exact Loci's own engine is.
  public var precision: InferencePrecision
  /// The threads that compute one batch, 1 or more.
  public var threads: Int
  /// Whether ONNX Runtime's threads stay awake for some microseconds while they wait for each other
  /// inside a batch: a short query takes a third less. Between batches they always sleep.
  public var spins: Bool
  /// How many tokens a batch may have, padding included; a longer text is a batch of its own.
  /// Beyond about a thousand, batches only take more memory.
  public var tokensPerBatch: Int
  /// How many calls may wait for their turn. One more is refused with
  /// ``LociError/Code/overloaded``.
  public var maximumWaitingCalls: Int

  /// Makes options.
  public init(
    threads: Int = min(8, UsableCores.count), spins: Bool = true,
    tokensPerBatch: Int = 1024, maximumWaitingCalls: Int = 256,
    engine: InferenceEngine = .loci, precision: InferencePrecision = .bfloat16
  ) {
    self.engine = engine
    self.precision = precision
    self.threads = threads
    self.spins = spins
    self.tokensPerBatch = tokensPerBatch
    self.maximumWaitingCalls = maximumWaitingCalls
  }
}
