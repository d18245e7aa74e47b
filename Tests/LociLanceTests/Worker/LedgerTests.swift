import LociLance
import Testing

@Suite("The ledger of requests") struct LedgerTests {
  private var ledger = Ledger<String>(maximumUnderWay: 2, maximumWaiting: 1)

  @Test("Beyond what may be under way requests wait, and beyond that they are refused")
  mutating func bounds() {
    #expect(ledger.submit(1, "a") == .send)
    #expect(ledger.submit(2, "b") == .send)
    #expect(ledger.submit(3, "c") == .wait)
    #expect(ledger.submit(4, "d") == .refuse)
    #expect(ledger.submit(5, "ping", isUrgent: true) == .send)
  }

  @Test("An answer makes room for the one that waits longest")
  mutating func order() {
    var ledger = Ledger<String>(maximumUnderWay: 1, maximumWaiting: 9)
    for number in 1...4 { _ = ledger.submit(UInt64(number), "\(number)") }
    #expect(ledger.finish(1) == ("1", "2"))
    #expect(ledger.finish(3) == ("3", nil), "given up while it waited")
    #expect(ledger.finish(2) == ("2", "4"))
    #expect(ledger.finish(4) == ("4", nil))
  }

  @Test("A late answer finds nobody")
  mutating func late() {
    _ = ledger.submit(1, "a")
    #expect(ledger.finish(1) == ("a", nil))
    #expect(ledger.finish(1) == (nil, nil))
  }

  @Test("Once closed it hands everybody back and takes nobody in")
  mutating func closing() {
    for (number, name) in ["a", "b", "c"].enumerated() { _ = ledger.submit(UInt64(number), name) }
    #expect(ledger.close().sorted() == ["a", "b", "c"])
    #expect(ledger.submit(9, "d") == .closed)
    #expect(!ledger.isOpen)
  }
}
