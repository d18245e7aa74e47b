import LociEmbedding
import Synchronization
import Dispatch

/// An engine whose runs wait until a test lets them go; a text's vector is its first id.
final class HeldSession: InferenceSession {
  private let gate = DispatchSemaphore(value: 0)
  private let started = Mutex<[Int32]>([])
  private let arrivals = AsyncStream<Int32>.makeStream()

  /// The first ids of the batches that ran or are running, in order.
  var order: [Int32] { started.withLock { $0 } }

  /// Lets so many runs go on.
  func release(_ count: Int) { for _ in 0..<count { gate.signal() } }

  /// Waits until a run has begun.
  func waitForRun() async {
    for await _ in arrivals.stream { return }
  }

  func makeRun() -> any InferenceRun { Run(session: self) }

  private final class Run: InferenceRun {
    private let session: HeldSession
    private let isStopped = Mutex(false)

    init(session: HeldSession) { self.session = session }

    func vectors(of batch: TokenBatch, per unit: VectorUnit) throws -> [Float] {
      session.started.withLock { $0.append(batch.ids[0]) }
      session.arrivals.continuation.yield(batch.ids[0])
      session.gate.wait()
      if isStopped.withLock({ $0 }) { throw Stopped() }
      return [Float(batch.ids[0])]
    }

    func stop() {
      isStopped.withLock { $0 = true }
      session.gate.signal()
    }
  }

  struct Stopped: Error {}
}
