import LociCore
import LociEmbedding
import Testing

@Suite("The worker that runs batches", .timeLimit(.minutes(5)))
struct InferenceWorkerTests {
  private let session = HeldSession()
  private let worker: InferenceWorker

  init() { worker = InferenceWorker(session, maximumWaitingCalls: 4) }

  private func start(_ id: Int32, _ role: EmbeddingRole) -> Task<[Float], any Error> {
    Task { try await worker.vectors(of: TokenBatch([[id]]), for: role) }
  }

  /// Starts a batch and waits until it stands in line behind the running one.
  private func line(_ id: Int32, _ role: EmbeddingRole) async -> Task<[Float], any Error> {
    let task = start(id, role)
    while worker.waitingCount < Int(id) { await Task.yield() }
    return task
  }

  @Test("A query that comes last overtakes every waiting passage")
  func queriesFirst() async throws {
    let running = start(9, .passage)
    await session.waitForRun()
    let tasks = [await line(1, .passage), await line(2, .passage), await line(3, .query)]
    session.release(4)
    for task in [running] + tasks { _ = try await task.value }
    #expect(session.order == [9, 3, 1, 2])
  }

  @Test("A batch that is cancelled in line never runs")
  func cancelledInLine() async throws {
    let running = start(9, .passage)
    await session.waitForRun()
    let waiting = await line(1, .passage)
    waiting.cancel()
    await #expect(throws: CancellationError.self) { try await waiting.value }
    session.release(1)
    #expect(try await running.value == [9])
    #expect(session.order == [9])
  }

  @Test("A batch that is cancelled while it runs is stopped, and the next one runs")
  func cancelledWhileRunning() async throws {
    let running = start(9, .passage)
    await session.waitForRun()
    let waiting = await line(1, .passage)
    running.cancel()
    await #expect(throws: CancellationError.self) { try await running.value }
    session.release(1)
    #expect(try await waiting.value == [1])
  }

  @Test("A batch of a task that was cancelled before it came is not run")
  func cancelledBefore() async throws {
    let running = start(9, .passage)
    await session.waitForRun()
    let late = Task {
      while !Task.isCancelled { await Task.yield() }
      return try await worker.vectors(of: TokenBatch([[1]]), for: .passage)
    }
    late.cancel()
    await #expect(throws: CancellationError.self) { try await late.value }
    session.release(1)
    #expect(try await running.value == [9])
    #expect(session.order == [9])
  }

  @Test("Calls beyond the bound are refused while the others last")
  func bound() async throws {
    let worker = InferenceWorker(session, maximumWaitingCalls: 1)
    try await worker.withPlace {
      let error = await #expect(throws: LociError.self) { try await worker.withPlace {} }
      #expect(error?.code == .overloaded)
    }
    try await worker.withPlace {}
  }
}
