import LociLance
import LociSimulation
import Testing

@Suite("Deadlines behind one alarm") struct DeadlinesTests {
  private let start = ContinuousClock.now
  private var deadlines = Deadlines()

  private func after(_ seconds: Int) -> ContinuousClock.Instant { start + .seconds(seconds) }

  @Test("Only an earlier end than all before sets another alarm")
  mutating func setting() {
    #expect(deadlines.add(1, until: after(9)) == after(9))
    #expect(deadlines.add(2, until: after(9)) == nil)
    #expect(deadlines.add(3, until: after(12)) == nil)
    #expect(deadlines.add(4, until: after(5)) == after(5))
  }

  @Test("An alarm that finds nobody late is set again for the next end, if there is one")
  mutating func answered() {
    _ = deadlines.add(1, until: after(9))
    deadlines.remove(1)
    _ = deadlines.add(2, until: after(12))
    var rung = deadlines.ring(at: after(9))
    #expect(rung.over.isEmpty && rung.next == after(12))
    deadlines.remove(2)
    rung = deadlines.ring(at: after(12))
    #expect(rung.over.isEmpty && rung.next == nil)
    #expect(deadlines.add(3, until: after(20)) == after(20))
  }

  @Test("Every call is late at its end, whatever comes and goes between", arguments: 0..<50)
  mutating func everyCall(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var alarms: Set<ContinuousClock.Instant> = []
    var expected: [UInt64: ContinuousClock.Instant] = [:]
    for second in 0..<200 {
      let now = after(second)
      if alarms.remove(now) != nil {
        let (over, next) = deadlines.ring(at: now)
        #expect(over == expected.filter { $0.value <= now }.keys.sorted())
        for number in over { expected[number] = nil }
        if let next { alarms.insert(next) }
      }
      #expect(expected.values.allSatisfy { $0 > now })
      if second < 150, Bool.random(using: &random) {
        let end = after(second + Int.random(in: 1...40, using: &random))
        expected[UInt64(second)] = end
        if let alarm = deadlines.add(UInt64(second), until: end) { alarms.insert(alarm) }
      }
      let running = expected.keys.sorted()
      if second.isMultiple(of: 3), let gone = running.randomElement(using: &random) {
        expected[gone] = nil
        deadlines.remove(gone)
      }
    }
    #expect(expected.isEmpty && alarms.isEmpty)
  }
}
