import LociPostgres
import Testing

@Suite("Who gets which connection") struct PoolStateTests {
  @Test("A connection goes to whoever waits longest, and the last one used is lent first")
  func order() {
    var pool = PoolState<String>(size: 2, maximumWaiters: 9)
    #expect(pool.lease(1, "a") == .lent(0))
    #expect(pool.lease(2, "b") == .lent(1))
    #expect(pool.lease(3, "c") == .queued)
    #expect(pool.lease(4, "d") == .queued)
    #expect(pool.release(1) == "c")
    #expect(pool.release(1) == "d")
    #expect(pool.release(0) == nil)
    #expect(pool.release(1) == nil)
    #expect(pool.lease(5, "e") == .lent(1))
  }

  @Test("At once, a connection is lent only while one is idle")
  func atOnce() {
    var pool = PoolState<String>(size: 1, maximumWaiters: 9)
    #expect(pool.leaseAtOnce() == 0)
    #expect(pool.leaseAtOnce() == nil)
    #expect(pool.lease(1, "a") == .queued)
    #expect(pool.release(0) == "a")
    #expect(pool.leaseAtOnce() == nil)
    #expect(pool.release(0) == nil)
    #expect(pool.close().isEmpty)
    #expect(pool.leaseAtOnce() == nil)
  }

  @Test("A full queue refuses, and whoever is cancelled leaves it")
  func bound() {
    var pool = PoolState<String>(size: 1, maximumWaiters: 1)
    #expect(pool.lease(1, "a") == .lent(0))
    #expect(pool.lease(2, "b") == .queued)
    #expect(pool.lease(3, "c") == .refused)
    #expect(pool.cancel(2) == "b")
    #expect(pool.lease(4, "d") == .queued)
    #expect(pool.release(0) == "d")
  }

  @Test("A cancellation that comes before the call is not lost, and one after it is forgotten")
  func early() {
    var pool = PoolState<String>(size: 1, maximumWaiters: 1)
    #expect(pool.cancel(1) == nil)
    #expect(pool.lease(1, "a") == .cancelled)
    #expect(pool.lease(2, "b") == .lent(0))
    #expect(pool.cancel(2) == nil)
    pool.forget(2)
    #expect(pool.release(0) == nil)
    #expect(pool.lease(2, "b") == .lent(0))
  }

  @Test("A closed pool tells those who wait, and lends nothing")
  func closing() {
    var pool = PoolState<String>(size: 1, maximumWaiters: 2)
    #expect(pool.lease(1, "a") == .lent(0))
    #expect(pool.lease(2, "b") == .queued)
    #expect(pool.close() == ["b"])
    #expect(pool.release(0) == nil)
    #expect(pool.lease(3, "c") == .closed)
  }
}

@Suite("What is tried again") struct RetryTests {
  private static let lost = ConnectionFailure.lost(isCommitUnknown: false, detail: "")
  private static let unknown = ConnectionFailure.lost(isCommitUnknown: true, detail: "")
  private static let absent = ConnectionFailure.unreachable(state: nil, detail: "")
  private static let starting = ConnectionFailure.unreachable(state: "57P03", detail: "")
  private static let stranger = ConnectionFailure.unreachable(state: "28P01", detail: "")
  private static let deadlock = ConnectionFailure.refused(state: "40P01", message: "")

  @Test("A broken connection is replaced once")
  func lost() {
    var retry = Retry(.once, wasConnected: true)
    #expect(retry.pause(after: Self.lost) == .zero)
    #expect(retry.pause(after: Self.lost) == nil)
  }

  @Test("A commit that nobody knows of is repeated only where that does no harm")
  func commit() {
    var once = Retry(.once, wasConnected: true)
    #expect(once.pause(after: Self.unknown) == nil)
    var repeatable = Retry(.repeatable, wasConnected: true)
    #expect(repeatable.pause(after: Self.unknown) == .zero)
  }

  @Test("A server that restarts is waited for, ever longer, and a wrong password is not")
  func absence() {
    var retry = Retry(.once, wasConnected: true)
    let pauses = (0..<8).map { retry.pause(after: $0 % 2 == 0 ? Self.absent : Self.starting) }
    #expect(
      pauses == [50, 100, 200, 400, 800, 1600, nil, nil].map { $0.map { .milliseconds($0) } })
    #expect(retry.pause(after: Self.stranger) == nil)
    var first = Retry(.repeatable, wasConnected: false)
    #expect(first.pause(after: Self.absent) == nil)
  }

  @Test("Collisions are tried again, a bounded number of times; what hangs or was cancelled is not")
  func collisions() {
    var retry = Retry(.once, wasConnected: true)
    for _ in 0..<12 { #expect(retry.pause(after: Self.deadlock) != nil) }
    #expect(retry.pause(after: Self.deadlock) == nil)
    for failure in [ConnectionFailure.hung(isCommitUnknown: false), .cancelled] {
      var retry = Retry(.repeatable, wasConnected: true)
      #expect(retry.pause(after: failure) == nil)
    }
  }
}
