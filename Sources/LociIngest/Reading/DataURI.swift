/// Data that is written into a text as an address, such as an image: nothing to embed or to find.
enum DataURI {
  /// Fewer characters of data stay.
  private static let shortest = 64
  /// The most characters between `data:` and the data.
  private static let longestHeader = 128

  /// The text with an ellipsis in place of the data in `data:image/png;base64,iVBORw0…`.
  ///
  /// - Complexity: O(n).
  static func withoutData(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var copied = 0
    var index = 0
    while let start = bytes.firstStart(of: scheme, from: index) {
      index = start + scheme.count
      guard
        let comma = bytes[index..<min(bytes.count, index + longestHeader)].firstIndex(of: comma),
        bytes[index..<comma].allSatisfy(\.isInHeader)
      else { continue }
      let end = bytes[(comma + 1)...].firstIndex { !$0.isData } ?? bytes.count
      index = end
      guard end - comma > shortest else { continue }
      result += bytes[copied...comma]
      result += Array("…".utf8)
      copied = end
    }
    return copied == 0 ? bytes : result + bytes[copied...]
  }

  private static let scheme = Array("data:".utf8)
  private static let comma = UInt8(ascii: ",")
}

extension DocumentText {
  /// A text without the data of its addresses.
  init(withoutDataIn text: String) { self.init(DataURI.withoutData(Array(text.utf8))) }
}

extension [UInt8] {
  fileprivate func firstStart(of word: [UInt8], from index: Int) -> Int? {
    var index = index
    while let start = self[index...].firstIndex(of: word[0]), count - start >= word.count {
      if self[start..<start + word.count].elementsEqual(word) { return start }
      index = start + 1
    }
    return nil
  }
}

extension UInt8 {
  private var isLetterOrDigit: Bool {
    (0x30...0x39).contains(self) || (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self)
  }

  /// What a media type and its parameters consist of.
  fileprivate var isInHeader: Bool { isLetterOrDigit || "/;=+-._\"".utf8.contains(self) }

  /// What data in base64 or in percent signs consists of.
  fileprivate var isData: Bool { isLetterOrDigit || "+/=%-_.~!*".utf8.contains(self) }
}
