public import Foundation
public import LociCore

/// A file that holds text.
public struct TextFile: Hashable, Sendable {
  /// Its address as a source: the absolute path, symbolic links resolved.
  public let uri: String
  /// How its structure is read.
  public let format: TextFormat
  /// The text: without a byte order mark, and with every line ended by a line feed alone.
  public let text: String

  /// The size that files may have where nothing else is said: 50 MiB.
  public static let defaultMaximumBytes = 50 << 20

  /// Reads a file that must be text in UTF-8.
  ///
  /// ```swift
  /// let text = try TextFile(file)
  /// print(text.format, text.text.count)
  /// ```
  /// - Parameters:
  ///   - url: A file; a symbolic link is followed.
  ///   - format: How to read its structure; nil goes by its name.
  ///   - maximumBytes: The most bytes that the file may have.
  /// - Throws: ``LociError``: `not_found`; `invalid_argument` for a folder, a device, or a file
  ///   that is too large; `unsupported` for a PDF and other binary data, UTF-16 or UTF-32;
  ///   `corrupt` for invalid UTF-8, with the offset of the first bad byte; `conflict` where the
  ///   file changed while it was read; `io`.
  public init(
    _ url: URL, as format: TextFormat? = nil, maximumBytes: Int = defaultMaximumBytes
  ) throws(LociError) {
    let path = Self.canonicalPath(of: url)
    try self.init(
      OpenedFile.at(path).bytes(maximum: maximumBytes), uri: path,
      as: format ?? TextFormat(fileName: url.lastPathComponent) ?? .plain)
  }

  /// A text that came from elsewhere, under an address of the caller's.
  package init(text: String, uri: String, as format: TextFormat) {
    self.uri = uri
    self.format = format
    self.text = String(decoding: Array(text.utf8)[...].withLineFeedsAlone, as: UTF8.self)
  }

  /// Reads the text of bytes that came from a file.
  init(_ bytes: [UInt8], uri: String, as format: TextFormat) throws(LociError) {
    self.uri = uri
    self.format = format
    text = try Self.text(of: bytes, path: uri)
  }

  /// The absolute path of a file or folder, symbolic links resolved: its address as a source. What
  /// is not there any more has the address that it had.
  public static func canonicalPath(of url: URL) -> String {
    CanonicalPath.of(url.standardizedFileURL.path(percentEncoded: false))
  }

  private static func text(of bytes: [UInt8], path: String) throws(LociError) -> String {
    for (mark, name) in [
      ([0xFF, 0xFE, 0, 0], "UTF-32"), ([0, 0, 0xFE, 0xFF], "UTF-32"), ([0xFF, 0xFE], "UTF-16"),
      ([0xFE, 0xFF], "UTF-16"),
    ] as [([UInt8], String)] where bytes.starts(with: mark) {
      throw LociError(
        .unsupported, "\(path) is in \(name); UTF-8 is expected.",
        remedy: "Convert it: iconv -f \(name) -t UTF-8.")
    }
    if let kind = BinaryKind(bytes),
      kind.isCertain || bytes.prefix(8192).contains(0) || bytes.firstInvalidUTF8 != nil
    {
      throw LociError(.unsupported, "\(path) is \(kind.name), not text.", remedy: kind.remedy)
    }
    if bytes.prefix(8192).contains(0) {
      throw LociError(
        .unsupported, "\(path) is not text: there is a zero byte in its first 8 KiB.",
        remedy: "Ingest text, Markdown or HTML files.")
    }
    if let bad = bytes.firstInvalidUTF8 {
      throw LociError(
        .corrupt, "\(path) is not valid UTF-8: the byte at offset \(bad) can't stand there.",
        remedy: "Convert the file to UTF-8.")
    }
    let content = bytes.dropFirst(bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0)
    return String(decoding: content.withLineFeedsAlone, as: UTF8.self)
  }
}

extension ArraySlice<UInt8> {
  /// The bytes with CR LF and CR replaced by LF.
  fileprivate var withLineFeedsAlone: ArraySlice<UInt8> {
    let (cr, lf) = (UInt8(ascii: "\r"), UInt8(ascii: "\n"))
    guard contains(cr) else { return self }
    var result: ArraySlice<UInt8> = []
    result.reserveCapacity(count)
    for index in indices where self[index] != cr || index + 1 == endIndex || self[index + 1] != lf {
      result.append(self[index] == cr ? lf : self[index])
    }
    return result
  }
}
