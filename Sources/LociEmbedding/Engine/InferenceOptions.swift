public import Foundation

/// How inference uses the machine.
public struct InferenceOptions: Hashable, Sendable {
  /// The threads that compute one batch, 1 or more.
  public var threads: Int
  /// Whether threads stay awake for some microseconds while they wait for each other inside a
  /// batch: a short query takes a third less. Between batches they always sleep.
  public var spins: Bool
  /// How many tokens a batch may have, padding included; a longer text is a batch of its own.
  /// Beyond about a thousand, batches only take more memory.
  public var tokensPerBatch: Int
  /// How many calls may wait for their turn. One more is refused with
  /// ``LociError/Code/overloaded``.
  public var maximumWaitingCalls: Int

  /// Makes options.
  public init(
    threads: Int = min(8, ProcessInfo.processInfo.activeProcessorCount), spins: Bool = true,
    tokensPerBatch: Int = 1024, maximumWaitingCalls: Int = 256
  ) {
    self.threads = threads
    self.spins = spins
    self.tokensPerBatch = tokensPerBatch
    self.maximumWaitingCalls = maximumWaitingCalls
  }
}
