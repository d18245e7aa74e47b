/// Who has which connection and who waits, as a value. It only decides; see ``ConnectionPool``.
package struct PoolState<Waiter> {
  /// What becomes of somebody who wants a connection.
  package enum Answer: Equatable {
    case lent(Int)
    case queued
    /// The queue is full.
    case refused
    /// Cancelled before it was queued.
    case cancelled
    case closed
  }

  private let maximumWaiters: Int
  private var idle: [Int]
  private var waiters: [(id: Int, waiter: Waiter)] = []
  private var cancelledEarly: Set<Int> = []
  private var isClosed = false

  /// Starts with every connection idle.
  package init(size: Int, maximumWaiters: Int) {
    idle = Array((0..<size).reversed())
    self.maximumWaiters = maximumWaiters
  }

  /// Lends the connection that was used last, whose statements are prepared, if one is idle.
  package mutating func leaseAtOnce() -> Int? { isClosed ? nil : idle.popLast() }

  /// Lends a connection, or queues.
  package mutating func lease(_ id: Int, _ waiter: @autoclosure () -> Waiter) -> Answer {
    if cancelledEarly.remove(id) != nil { return .cancelled }
    if isClosed { return .closed }
    if let number = leaseAtOnce() { return .lent(number) }
    guard waiters.count < maximumWaiters else { return .refused }
    waiters.append((id, waiter()))
    return .queued
  }

  /// Takes a connection back; returns who gets it next.
  package mutating func release(_ number: Int) -> Waiter? {
    guard !waiters.isEmpty else {
      idle.append(number)
      return nil
    }
    return waiters.removeFirst().waiter
  }

  /// Takes somebody out of the queue, who must be told.
  package mutating func cancel(_ id: Int) -> Waiter? {
    guard let place = waiters.firstIndex(where: { $0.id == id }) else {
      cancelledEarly.insert(id)
      return nil
    }
    return waiters.remove(at: place).waiter
  }

  /// Forgets a cancellation that came too late.
  package mutating func forget(_ id: Int) { cancelledEarly.remove(id) }

  /// Lends nothing any more; returns those who wait.
  package mutating func close() -> [Waiter] {
    isClosed = true
    defer { waiters = [] }
    return waiters.map(\.waiter)
  }
}
