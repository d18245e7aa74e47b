import Foundation
import LociCore
import Synchronization

/// A few connections, each with a thread of its own, lent one at a time to whoever waits longest.
final class ConnectionPool: Sendable {
  private typealias State = PoolState<CheckedContinuation<Int, any Error>>

  /// Whoever waits beyond this many is refused.
  static let maximumWaiters = 1024

  let target: Target
  private let patience: Duration
  private let connections: [ConnectionActor]
  private let state: Mutex<State>
  private let surroundings: Surroundings
  private let nextID = Atomic(0)
  private let wasConnected = Atomic(false)
  /// Whether a caller stays for an answer on its own thread. One may, so that whatever the server
  /// does, the others' threads are free.
  private let isStaying = Atomic(false)

  init(_ settings: PostgresSettings, _ target: Target, _ surroundings: Surroundings) {
    self.target = target
    self.surroundings = surroundings
    // The server ends a statement itself; this is for a server that hangs.
    patience = settings.statementTimeout + .seconds(2)
    let session = Session(settings, target)
    connections = (0..<settings.poolSize).map { ConnectionActor(session, number: $0) }
    state = Mutex(State(size: settings.poolSize, maximumWaiters: Self.maximumWaiters))
  }

  /// Lends a connection outside of a transaction, for what may be done twice. The work is repeated
  /// where the connection breaks.
  func read<T: Sendable>(_ body: @escaping @Sendable (Connection) throws -> T) async throws -> T {
    try await perform(.repeatable, patience, body)
  }

  /// Runs statements in one round trip, which is a transaction of its own, and reads the results;
  /// the statements may be run twice with the same outcome.
  ///
  /// They leave at once, and the caller stays a moment for the answers: to hand over to the
  /// connection's thread and to wake up again may take as long as they do.
  /// - Precondition: There are 256 statements at most.
  func ask<T: Sendable>(
    _ batch: [Statement], _ read: @escaping @Sendable ([ResultSet]) throws -> T
  ) async throws -> T {
    try await perform(.repeatable, patience, ahead: batch) { try read($0.run(batch)) }
  }

  /// Asks one statement and maps each row; see ``ask(_:_:)``.
  func rows<T: Sendable>(
    _ sql: String, _ values: [Value], _ body: @escaping @Sendable (Row) throws -> T
  ) async throws -> [T] {
    try await ask([Statement(sql, values)]) { try $0[0].rows.map(body) }
  }

  /// Asks one statement for an integer: the first row's first column; see ``ask(_:_:)``.
  func integer(_ sql: String, _ values: [Value]) async throws -> Int {
    try await rows(sql, values) { Int($0.integer(0)) }.first ?? 0
  }

  /// Lends a connection inside a transaction; whatever `body` throws undoes everything.
  ///
  /// `body` runs again where another transaction was in the way or the connection broke before the
  /// commit; after it, only where `kind` allows.
  func write<T: Sendable>(
    _ kind: Retry.Kind, _ body: @escaping @Sendable (Connection) throws -> T
  ) async throws -> T {
    try await perform(kind, patience) { try $0.write(body) }
  }

  /// Lends a connection for work that takes as long as it takes, such as building an index.
  func maintain<T: Sendable>(
    _ body: @escaping @Sendable (Connection) throws -> T
  ) async throws -> T {
    try await perform(.repeatable, nil) { connection in
      try connection.withoutTimeout { try body(connection) }
    }
  }

  /// Closes the connections; calls after this fail.
  func close() async {
    for waiter in state.withLock({ $0.close() }) { waiter.resume(throwing: Self.closed) }
    for connection in connections { await connection.close() }
  }

  private func perform<T: Sendable>(
    _ kind: Retry.Kind, _ patience: Duration?, ahead batch: [Statement]? = nil,
    _ body: @escaping @Sendable (Connection) throws -> T
  ) async throws -> T {
    let number = try await lease()
    defer { release(number) }
    var retry = Retry(kind, wasConnected: wasConnected.load(ordering: .relaxed))
    while true {
      do {
        let result = try await attempt(number, patience, ahead: batch, body)
        wasConnected.store(true, ordering: .relaxed)
        return result
      } catch let failure as ConnectionFailure {
        guard let pause = retry.pause(after: failure) else {
          throw Failure.error(failure, at: target)
        }
        try await surroundings.sleep(pause)
      }
    }
  }

  private func attempt<T: Sendable>(
    _ number: Int, _ patience: Duration?, ahead batch: [Statement]?,
    _ body: @escaping @Sendable (Connection) throws -> T
  ) async throws -> T {
    let (connection, cancellation) = (connections[number], CancellationFlag())
    if let batch, !isStaying.exchange(true, ordering: .acquiring) {
      defer { isStaying.store(false, ordering: .releasing) }
      if let result = try connection.attempt(batch, cancellation, patience, body) { return result }
    }
    return try await withTaskCancellationHandler {
      try await connection.perform(cancellation, patience, body)
    } onCancel: {
      cancellation.set()
    }
  }

  // MARK: Lending

  private func lease() async throws -> Int {
    try Task.checkCancellation()
    if let number = state.withLock({ $0.leaseAtOnce() }) { return number }
    let id = nextID.wrappingAdd(1, ordering: .relaxed).oldValue
    defer { state.withLock { $0.forget(id) } }
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        switch state.withLock({ $0.lease(id, continuation) }) {
        case .lent(let number): continuation.resume(returning: number)
        case .queued: break
        case .refused: continuation.resume(throwing: Self.overloaded)
        case .cancelled: continuation.resume(throwing: CancellationError())
        case .closed: continuation.resume(throwing: Self.closed)
        }
      }
    } onCancel: {
      state.withLock { $0.cancel(id) }?.resume(throwing: CancellationError())
    }
  }

  private func release(_ number: Int) {
    state.withLock { $0.release(number) }?.resume(returning: number)
  }

  private static let overloaded = LociError(
    .overloaded, "\(maximumWaiters) calls wait for a connection to PostgreSQL already.",
    remedy: "Try again later, or raise the pool size.")

  private static let closed = LociError(
    .storeEngine, "The PostgreSQL store was closed.", remedy: "Open it again.")
}

/// A connection, opened on first use and again after it broke, and the thread that it blocks.
actor ConnectionActor {
  private let executor: WorkerExecutor
  private let session: Session
  /// Never contended: the pool lends it to one caller at a time.
  private nonisolated let connection = Mutex<Connection?>(nil)

  nonisolated var unownedExecutor: UnownedSerialExecutor {
    unsafe executor.asUnownedSerialExecutor()
  }

  init(_ session: Session, number: Int) {
    self.session = session
    executor = WorkerExecutor(label: "loci.postgres.\(number)")
  }

  /// Sends a batch on the caller's thread, and lends the connection to `body`, which starts with
  /// that batch, if it is answered in a moment; else ``perform(_:_:_:)`` has to follow.
  nonisolated func attempt<T: Sendable>(
    _ batch: [Statement], _ cancellation: CancellationFlag, _ patience: Duration?,
    _ body: @Sendable (Connection) throws -> T
  ) throws -> T? {
    let isAnswered = connection.withLock { connection in
      connection?.perform(cancellation, patience: patience) { $0.sendAhead(batch) } ?? false
    }
    return isAnswered ? try lend(cancellation, patience, body) : nil
  }

  /// Lends the connection on its own thread.
  func perform<T: Sendable>(
    _ cancellation: CancellationFlag, _ patience: Duration?,
    _ body: @Sendable (Connection) throws -> T
  ) throws -> T { try lend(cancellation, patience, body) }

  private nonisolated func lend<T: Sendable>(
    _ cancellation: CancellationFlag, _ patience: Duration?,
    _ body: @Sendable (Connection) throws -> T
  ) throws -> T {
    try connection.withLock { slot in
      let connection = try slot ?? session.open(cancellation)
      slot = connection
      defer { if !connection.isUsable { slot = nil } }
      return try connection.perform(cancellation, patience: patience, body)
    }
  }

  func close() { connection.withLock { $0 = nil } }
}
