import LociCore
import LociJSON
import LociTestKit
import Testing

@Suite("Reading JSON")
struct JSONReaderTests {
  private static let sample = #"""
    {"id":"a\u00e9\ud83d\ude00\n\"","n":[0,-1,2.50,1e+7,-0,9223372036854775807],
     "on":true,"off":false,"none":null,"secret":{"":[{},[]," é "]}}
    """#

  private func read(_ text: String, depth: Int = JSONReader.usualDepth) throws(LociError) -> JSON {
    try read(Array(text.utf8), depth: depth)
  }

  private func read(
    _ bytes: [UInt8], depth: Int = JSONReader.usualDepth
  ) throws(LociError) -> JSON {
    try JSON(reading: bytes, maximumBytes: 1 << 24, maximumDepth: depth)
  }

  private func error(_ bytes: [UInt8], depth: Int = JSONReader.usualDepth) -> LociError? {
    do {
      _ = try read(bytes, depth: depth)
      return nil
    } catch {
      return error
    }
  }

  private func error(_ text: String) -> LociError? { error(Array(text.utf8)) }

  @Test("Random values come back from both forms, byte for byte")
  func roundTrip() throws {
    var values = RandomJSON(seed: UInt64.random(in: 0...UInt64.max))
    for round in 0..<2000 {
      let value = values.next()
      let line = value.line
      for form in [line, value.document] {
        let again = try read(form)
        #expect(
          again.line.utf8.elementsEqual(line.utf8), "seed \(values.seed), round \(round): \(form)")
        #expect(
          again.document.utf8.elementsEqual(value.document.utf8),
          "seed \(values.seed), round \(round)")
      }
    }
  }

  @Test("Values are told apart, members are found by the bytes of their keys")
  func values() throws {
    let value = try read(Self.sample)
    guard case .string("aé😀\n\"") = value["id"], case .bool(true) = value["on"],
      case .null = value["none"], case .array(let numbers) = value["n"]
    else {
      Issue.record("\(value.line)")
      return
    }
    #expect(numbers.map(\.line) == ["0", "-1", "2.50", "1e+7", "-0", "9223372036854775807"])
    #expect(numbers.map(\.double) == [0, -1, 2.5, 1e7, 0, 9.223372036854775807e18])
    #expect(value["other"] == nil)
    #expect(value["on"]?.double == nil)
    // The Kelvin sign is equal to a K in Swift, and is another key.
    let keys = try read(#"{"\u212a":1,"K":2,"e\u0301":3,"é":4}"#)
    #expect(keys["K"]?.line == "2")
    #expect(keys["é"]?.line == "4")
  }

  @Test("A whole number of 64 bits is one, any other number stays as it is written")
  func numbers() throws {
    for text in ["0", "7", "-7", "\(Int.max)", "\(Int.min)"] {
      guard case .integer(let value) = try read(text), "\(value)" == text else {
        Issue.record("\(text)")
        continue
      }
    }
    for text in [
      "-0", "1.0", "1E2", "1e400", "-1e-400", "9223372036854775808", "-9223372036854775809",
      "0.1000", "1e999999999999999999999", "0e0",
    ] {
      guard case .literal(let written) = try read(text), written == text else {
        Issue.record("\(text)")
        continue
      }
    }
    #expect(try read("1e999999999999999999999").double == nil)
    #expect(try read("-1e400").double == nil)
  }

  @Test("Ten megabytes of digits are one number, and too long where less is allowed")
  func digits() throws {
    let bytes = [UInt8](repeating: UInt8(ascii: "9"), count: 10 << 20)
    guard case .literal(let written) = try read(bytes) else {
      Issue.record("no literal")
      return
    }
    #expect(written.utf8.count == bytes.count)
    #expect(throws: LociError.self) { try JSON(reading: bytes, maximumBytes: bytes.count - 1) }
    let fraction = Array("[0.".utf8) + bytes + Array("e".utf8)
    #expect(error(fraction + bytes + [UInt8(ascii: "]")])?.code == .corrupt)
    #expect(error(fraction)?.code == .corrupt)
  }

  @Test("Nesting is read to the depth that is allowed, and no deeper")
  func depth() {
    func nested(_ count: Int) -> [UInt8] {
      Array((String(repeating: "[", count: count) + String(repeating: "]", count: count)).utf8)
    }
    #expect(error(nested(64)) == nil)
    #expect(
      error(nested(65))?.message == "The text nests deeper than 64 levels at byte 64.")
    #expect(error(nested(2), depth: 2) == nil)
    #expect(error(nested(3), depth: 2)?.code == .corrupt)
    #expect(error(Array("[[[".utf8), depth: 0)?.code == .corrupt)
    #expect(error(nested(JSONReader.greatestDepth), depth: .max) == nil)
    #expect(error(nested(JSONReader.greatestDepth + 1), depth: .max)?.code == .corrupt)
    for piece in ["[", "{\"a\":", "[{\"a\":["] {
      #expect(error(String(repeating: piece, count: 500_000))?.code == .corrupt)
    }
    // What was left counts no more.
    #expect(error("[" + Array(repeating: "[[]]", count: 1000).joined(separator: ",") + "]") == nil)
  }

  @Test("A text that ends early is refused, wherever it ends")
  func truncated() {
    let bytes = Array(Self.sample.utf8)
    #expect(error(bytes) == nil)
    for count in 0..<bytes.count {
      #expect(error(Array(bytes.prefix(count)))?.code == .corrupt, "\(count) bytes")
    }
    #expect(error("[1,")?.message == "The text is truncated: it ends after 3 bytes.")
    #expect(error("")?.message == "The text is truncated: it ends after 0 bytes.")
  }

  @Test(
    "What RFC 8259 has not is refused, with its place",
    arguments: [
      ("[1,]", 3), ("{\"a\":1,}", 7), ("[01]", 2), ("[+1]", 1), ("[.5]", 1), ("[1.]", 3),
      ("[1e]", 3), ("[-]", 2), ("[0x1]", 2), ("NaN", 0), ("-Infinity", 1), ("nul", 0),
      ("True", 0), ("'a'", 0), ("{a:1}", 1), ("{1:1}", 1), ("{\"a\" 1}", 5), ("[1 2]", 3),
      ("// a\n1", 0), ("1 2", 2), ("{} x", 3), ("[]]", 2), ("\"\\q\"", 3), ("\"\\u12g4\"", 3),
      ("\"\\U0041\"", 3), ("\"a\nb\"", 2), ("\"a\tb\"", 2), ("\u{FEFF}1", 0), ("\u{A0}1", 0),
      ("1\u{0}", 1), ("\"\u{0}\"", 1), ("\u{0}", 0),
    ])
  func refused(text: String, place: Int) {
    #expect(error(text)?.message == "The text is not valid JSON at byte \(place).")
  }

  @Test("A surrogate without its other half is refused, an escaped NUL is not")
  func surrogates() throws {
    for text in [
      #""\ud800""#, #""\udc00""#, #""\ud800\ud800""#, #""\ud800a""#, #""\ud800\n""#,
      #""\udc00\ud800""#, #""\ud83d\u0041""#, #"{"\udfff":1}"#,
    ] {
      #expect(error(text)?.code == .corrupt, "\(text)")
    }
    guard case .string("\u{0}😀/") = try read(#""\u0000\uD83D\uDE00\/""#) else {
      Issue.record("not read")
      return
    }
  }

  @Test("Bytes that are no UTF-8 are refused, with their place")
  func invalidUTF8() {
    let quote = UInt8(ascii: "\"")
    let invalid: [[UInt8]] = [
      [0xFF], [0x80], [0xC3], [0xC0, 0x80], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80],
      [0xF4, 0x90, 0x80, 0x80],
    ]
    for bytes in invalid {
      let message = error([quote, 0x61] + bytes + [quote])?.message
      #expect(message == "The text is not valid UTF-8 at byte 2.", "\(bytes)")
    }
  }

  @Test("A key that comes twice in an object is refused, whatever way it is written")
  func repeatedKeys() {
    let message = "The text has a key for the second time at byte 7."
    #expect(error(#"{"a":1,"a":1}"#)?.message == message)
    #expect(error(#"{"a":1,"\u0061":2}"#)?.message == message)
    #expect(error(#"[{"b":{"a":1,"c":{"a":2},"a":3}}]"#)?.code == .corrupt)
    #expect(error(#"{"a":{"a":1},"b":[{"a":1},{"a":1}]}"#) == nil)
  }

  @Test("Damaged in any way it is read or refused, and no error shows what was read")
  func damaged() {
    let seed = UInt64.random(in: 0...UInt64.max)
    var generator = SeededGenerator(seed: seed)
    let bytes = Array(Self.sample.utf8)
    var refused = 0
    for _ in 0..<5000 {
      var changed = bytes
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        changed[Int.random(in: 0..<changed.count, using: &generator)] =
          UInt8.random(in: 0...255, using: &generator)
      }
      guard let error = self.error(changed) else { continue }
      refused += 1
      #expect(!error.debugDescription.contains("secret"), "seed \(seed)")
    }
    #expect(refused > 0, "seed \(seed)")
  }

  @Test("An error calls the text what it was named, and says what to do")
  func names() {
    do {
      _ = try JSON(
        reading: Array("[}".utf8), named: "The request", remedy: "Send JSON.", maximumBytes: 9)
      Issue.record("it was read")
    } catch {
      #expect(error.description == "The request is not valid JSON at byte 1. Send JSON.")
    }
  }
}

/// Random JSON values, with all that a text and a number can hold.
private struct RandomJSON {
  let seed: UInt64
  private var generator: SeededGenerator

  init(seed: UInt64) {
    self.seed = seed
    generator = SeededGenerator(seed: seed)
  }

  mutating func next(depth: Int = 5) -> JSON {
    switch Int.random(in: 0..<(depth > 0 ? 9 : 7), using: &generator) {
    case 0: return .null
    case 1: return .bool(Bool.random(using: &generator))
    case 2: return .integer(Int(truncatingIfNeeded: generator.next() >> (generator.next() % 64)))
    case 3: return .number(Double(bitPattern: generator.next()))
    case 4: return .float(Float(bitPattern: UInt32(truncatingIfNeeded: generator.next())))
    case 5: return .literal("-\(generator.next()).\(generator.next())E-\(generator.next())")
    case 6: return .string(text())
    case 7: return .array((0..<count()).map { _ in next(depth: depth - 1) })
    default:
      return .object((0..<count()).map { (key: text() + "\($0)", value: next(depth: depth - 1)) })
    }
  }

  private mutating func count() -> Int { Int.random(in: 0...6, using: &generator) }

  private mutating func text() -> String {
    var text = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0...12, using: &generator) {
      let limit: UInt32 = Bool.random(using: &generator) ? 0x7F : 0x10_FFFF
      text.append(Unicode.Scalar(UInt32.random(in: 0...limit, using: &generator)) ?? "\\")
    }
    return String(text)
  }
}
