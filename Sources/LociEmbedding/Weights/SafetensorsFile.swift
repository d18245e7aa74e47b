package import Foundation
package import LociCore

/// A safetensors file: mapped, its table read and checked against every promise of the format.
///
/// The layout is 8 bytes of little-endian header length, a JSON header, then the tensors without
/// gap or overlap. Source: https://github.com/huggingface/safetensors#format
package struct SafetensorsFile: Sendable {
  /// Where a tensor lies, and what it is.
  package struct Tensor: Hashable, Sendable {
    /// The element type, as the file names it.
    package let elementType: String
    /// The lengths along the axes.
    package let shape: [Int]
    /// The first byte, counted from the file's start.
    package let offset: Int
    /// The number of bytes.
    package let byteCount: Int
  }

  /// The file's last path component.
  package let name: String
  /// The whole file.
  package let bytes: MappedFile
  /// The tensors by name.
  package let tensors: [String: Tensor]

  /// Maps a file and checks its table. Complexity: O(n log n) in the number of tensors.
  ///
  /// - Throws: ``LociError/Code/corrupt`` for whatever breaks the format, and what reading throws.
  package init(_ file: URL) throws(LociError) {
    name = file.lastPathComponent
    bytes = try MappedFile(file)
    let count = bytes.count
    tensors = try unsafe bytes.withBytes { bytes throws(LociError) in
      try Self.table(of: file, count: count) { range throws(LociError) in
        unsafe Data(bytes[range])
      }
    }
  }

  /// Reads the table of a file's tensors, and checks it.
  ///
  /// - Parameters:
  ///   - count: The file's bytes.
  ///   - read: Reads a part of the file, which is there.
  /// - Throws: ``LociError/Code/corrupt`` for whatever breaks the format, and what reading throws.
  static func table(
    of file: URL, count: Int, read: (Range<Int>) throws(LociError) -> Data
  ) throws(LociError) -> [String: Tensor] {
    do {
      guard count >= 8 else {
        throw Fault(
          sentence: "the file has \(Count.of(count, "byte")), and a header alone has more")
      }
      let length = try read(0..<8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      guard length <= longestHeader, length <= count - 8 else {
        throw Fault(sentence: "its header should have \(length) bytes, and the file has \(count)")
      }
      let start = 8 + Int(length)
      let entries = try JSONDecoder().decode(Header.self, from: read(8..<start)).entries
      return try check(entries, dataStart: start, dataCount: count - start)
    } catch let error as LociError {
      throw error
    } catch let fault as Fault {
      throw LociError(
        .corrupt, "The weights in \(file.path) are damaged: \(fault.sentence).",
        remedy: "Fetch the model again.")
    } catch {
      throw LociError(
        .corrupt, "The weights in \(file.path) are damaged: their header is not understood.",
        remedy: "Fetch the model again.", underlying: error)
    }
  }

  private struct Fault: Error { let sentence: String }

  /// The format's own limit on a header.
  private static let longestHeader = 100_000_000

  /// Checks that the tensors fill the data exactly, each with as many bytes as its shape needs.
  private static func check(
    _ entries: [String: Header.Entry], dataStart: Int, dataCount: Int
  ) throws -> [String: Tensor] {
    var end = 0
    var tensors: [String: Tensor] = [:]
    let inOrder = entries.sorted { $0.value.range.lexicographicallyPrecedes($1.value.range) }
    for (name, entry) in inOrder {
      guard entry.range.count == 2, entry.range[0] == end,
        (end...dataCount).contains(entry.range[1])
      else {
        throw Fault(
          sentence: "the tensor \(name) has the offsets \(entry.range), and should lie in "
            + "\(end)…\(dataCount)")
      }
      guard let byteCount = entry.byteCount, byteCount == entry.range[1] - end else {
        throw Fault(
          sentence: "the tensor \(name), \(entry.dtype) \(entry.shape), can't have "
            + "\(Count.of(entry.range[1] - end, "byte"))")
      }
      tensors[name] = Tensor(
        elementType: entry.dtype, shape: entry.shape, offset: dataStart + end,
        byteCount: byteCount)
      end = entry.range[1]
    }
    guard end == dataCount else {
      throw Fault(sentence: "its tensors need \(Count.of(end, "byte")), and it has \(dataCount)")
    }
    return tensors
  }

  /// The JSON header: tensors by name, and a free `__metadata__` that does not matter here.
  private struct Header: Decodable {
    struct Entry: Decodable {
      let dtype: String
      let shape: [Int]
      let range: [Int]

      enum CodingKeys: String, CodingKey {
        case dtype, shape
        case range = "data_offsets"
      }

      /// The bytes that the shape needs, or nothing where it makes no sense.
      var byteCount: Int? {
        guard let size = elementSizes[dtype] else { return nil }
        var total = size
        for length in shape {
          let (product, overflow) = total.multipliedReportingOverflow(by: length)
          guard !overflow, length >= 0 else { return nil }
          total = product
        }
        return total
      }
    }

    struct Name: CodingKey {
      let stringValue: String
      var intValue: Int? { nil }
      init(stringValue: String) { self.stringValue = stringValue }
      init?(intValue: Int) { nil }
    }

    let entries: [String: Entry]

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Name.self)
      var entries: [String: Entry] = [:]
      for name in container.allKeys where name.stringValue != "__metadata__" {
        entries[name.stringValue] = try container.decode(Entry.self, forKey: name)
      }
      self.entries = entries
    }
  }

  private static let elementSizes = [
    "BOOL": 1, "U8": 1, "I8": 1, "F8_E4M3": 1, "F8_E5M2": 1, "I16": 2, "U16": 2, "F16": 2,
    "BF16": 2, "I32": 4, "U32": 4, "F32": 4, "I64": 8, "U64": 8, "F64": 8,
  ]
}
