import Foundation
import LociJSON
import Testing

@Suite("Writing JSON")
struct JSONWritingTests {
  @Test("JSON keeps the order of keys, and every text comes back as it was")
  func json() throws {
    let value: JSON = ["b": 1.json, "a": ["x", nil], "c": .number(.nan), "d": .float(0.1)]
    #expect(value.line == #"{"b":1,"a":["x",null],"c":null,"d":0.1}"#)
    var text = ""
    for scalar in 0...0x2FF { text.unicodeScalars.append(Unicode.Scalar(UInt8(scalar & 0xFF))) }
    text += "\u{2028}😀\u{10FFFF}"
    let line = JSON.string(text).line
    #expect(!line.contains("\n"))
    let decoded = try JSONDecoder().decode(String.self, from: Data(line.utf8))
    #expect(decoded == text)
  }

  @Test("A document is indented, a list of plain values is not")
  func document() {
    let value: JSON = ["a": [.integer(1), .integer(2)], "b": [["c": nil]], "d": [], "e": [:]]
    #expect(
      value.document == """
        {
          "a": [1,2],
          "b": [
            {
              "c": null
            }
          ],
          "d": [],
          "e": {}
        }
        """)
  }

  @Test("A token keeps its bytes, but for what is unseen")
  func tokens() {
    #expect(JSON.token("1.50e+02").line == "1.50e+02")
    #expect(JSON.token(#""\u0061\/é""#).line == #""\u0061\/é""#)
    #expect(JSON.token("\"\u{202E}\"").line == #""\u202e""#)
  }
}

extension Int {
  fileprivate var json: JSON { .integer(self) }
}
