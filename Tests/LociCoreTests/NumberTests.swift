import LociCore
import Testing

@Suite("Numbers that are typed and told")
struct NumberTests {
  @Test("One is told in the singular, every other count in the plural")
  func counts() {
    #expect(Count.of(1, "record") == "1 record")
    #expect([0, 2, -1].map { Count.of($0, "record") } == ["0 records", "2 records", "-1 records"])
    #expect(Count.of(1, "query agrees", "queries agree") == "1 query agrees")
    #expect(Count.of(UInt64.max, "query", "queries") == "18446744073709551615 queries")
  }

  @Test("A number that a Double can't hold is not taken for another one")
  func exactNumbers() {
    #expect(Numeral.exactNumber("999999999999999") == 999_999_999_999_999)
    #expect(Numeral.exactNumber("9007199254740993") == nil)
    #expect(Numeral.exactNumber("0.000000000000000000012345") == 1.2345e-20)
    #expect(Numeral.number("1e999") == nil)
  }

  @Test("A whole number in code stays itself: where a Double would change it, it is a text")
  func literals() {
    let metadata: Metadata = ["a": 9_007_199_254_740_992, "b": 9_007_199_254_740_993, "c": -5]
    #expect(metadata["a"] == .number(9_007_199_254_740_992))
    #expect(metadata["b"] == .string("9007199254740993"))
    #expect(metadata["c"] == .number(-5))
  }
}
