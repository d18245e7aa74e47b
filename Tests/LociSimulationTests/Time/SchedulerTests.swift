import Foundation
import LociSimulation
import LociTestKit
import Synchronization
import Testing

@Suite("Simulated time") struct SchedulerTests {
  private final class Log: Sendable {
    let tasks = Mutex<[Int]>([])
  }

  /// The order in which five tasks take five steps each.
  private func order(seed: UInt64) async throws -> [Int] {
    try await offPool {
      let clock = SimulatedClock()
      return try SimulatedScheduler(seed: seed, clock: clock).run {
        let log = Log()
        await withTaskGroup { group in
          for task in 0..<5 {
            group.addTask {
              for _ in 0..<5 {
                log.tasks.withLock { $0.append(task) }
                await clock.sleep(milliseconds: 0)
              }
            }
          }
        }
        return log.tasks.withLock(\.self)
      }
    }
  }

  @Test("One seed gives one order of concurrent tasks, and many seeds give many")
  func order() async throws {
    var orders: Set<[Int]> = []
    for seed in 0..<20 as Range<UInt64> {
      let first = try await order(seed: seed)
      #expect(try await order(seed: seed) == first)
      #expect(first.count == 25)
      orders.insert(first)
    }
    #expect(orders.count > 10)
  }

  @Test("Sleepers wake in the order of their deadlines, and the clock moves there at once")
  func deadlines() async throws {
    let woken = try await offPool {
      let clock = SimulatedClock(at: Date(millisecondsSince1970: 0))
      return try SimulatedScheduler(seed: 1, clock: clock).run {
        await withTaskGroup { group in
          for wait in [3_600_000, 5, 40] as [Int64] {
            group.addTask {
              await clock.sleep(milliseconds: wait)
              return clock.now.millisecondsSince1970
            }
          }
          return await group.reduce(into: []) { $0.append($1) }
        }
      }
    }
    #expect(woken == [5, 40, 3_600_000])
  }

  @Test("Without a scheduler nobody waits: the time passes at once")
  func alone() async {
    let clock = SimulatedClock(at: Date(millisecondsSince1970: 0))
    await clock.sleep(milliseconds: 90_000)
    clock.advance(milliseconds: 1)
    #expect(clock.now.millisecondsSince1970 == 90_001)
  }

  @Test("An error of the work is thrown to who runs it")
  func failure() async {
    await #expect(throws: LociError.self) {
      try await offPool {
        try SimulatedScheduler(seed: 1, clock: SimulatedClock()).run {
          throw LociError(.io, "Nothing works.")
        }
      }
    }
  }
}
