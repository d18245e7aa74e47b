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

  /// The size that files may have where nothing else is said: 64 MiB.
  public static let defaultMaximumBytes = 64 << 20

  /// Reads a file that must be text in UTF-8.
  ///
  /// - Parameters:
  ///   - url: A file; a symbolic link is followed.
  ///   - format: How to read its structure; nil goes by its name.
  ///   - maximumBytes: The most bytes that the file may have.
  /// - Throws: ``LociError``: `not_found`; `invalid_argument` for a folder, a device, or a file
  ///   that is too large; `unsupported` for binary data, UTF-16 or UTF-32; `corrupt` for invalid
  ///   UTF-8, with the offset of the first bad byte; `conflict` where the file changed while it
  ///   was read; `io`.
  public init(
    _ url: URL, as format: TextFormat? = nil, maximumBytes: Int = defaultMaximumBytes
  ) throws(LociError) {
    let path = Self.canonicalPath(of: url)
    let bytes = try Self.bytes(ofFileAt: path, maximumBytes: maximumBytes)
    uri = path
    self.format = format ?? TextFormat(fileName: url.lastPathComponent) ?? .plain
    text = try Self.text(of: bytes, path: path)
  }

  /// The absolute path of a file or folder, symbolic links resolved: its address as a source.
  public static func canonicalPath(of url: URL) -> String {
    let path = url.standardizedFileURL.resolvingSymlinksInPath().path(percentEncoded: false)
    return path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
  }

  private static func bytes(
    ofFileAt path: String, maximumBytes: Int
  ) throws(LociError) -> [UInt8] {
    let before = try FileStamp(path: path)
    try before.requireFile(path: path)
    func tooLarge(_ size: String) -> LociError {
      LociError(
        .invalidArgument,
        "\(path) has \(size) bytes; files may have at most \(maximumBytes).",
        remedy: "Split the file, or raise maximum_file_mebibytes.")
    }
    guard before.size <= maximumBytes else { throw tooLarge(String(before.size)) }
    let data: Data
    do {
      let file = try FileHandle(forReadingFrom: URL(filePath: path))
      defer { try? file.close() }
      data = try file.read(upToCount: maximumBytes + 1) ?? Data()
    } catch {
      throw LociError(
        .io, "\(path) can't be read.", remedy: "Check that you may read it.", underlying: error)
    }
    guard data.count <= maximumBytes else { throw tooLarge("more than \(maximumBytes)") }
    guard try FileStamp(path: path) == before, data.count == before.size else {
      throw LociError(
        .conflict, "\(path) changed while it was read.", remedy: "Ingest it again.")
    }
    return Array(data)
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
    if bytes.prefix(8192).contains(0) {
      throw LociError(
        .unsupported, "\(path) is not text: there is a zero byte in its first 8 KiB.",
        remedy: "Ingest text or Markdown files.")
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

extension [UInt8] {
  /// The offset of the first byte that breaks UTF-8, or nil.
  fileprivate var firstInvalidUTF8: Int? {
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: span)
      return nil
    } catch {
      return error.byteOffsets.lowerBound
    }
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

/// What a file is, and what changes where somebody writes to it.
struct FileStamp: Equatable {
  let type: FileAttributeType?
  let size: Int
  let modified: Date?
  let number: Int?

  /// Reads the stamp of a file or, where the path is one, of a symbolic link.
  init(path: String) throws(LociError) {
    do {
      let attributes = try FileManager.default.attributesOfItem(atPath: path)
      type = attributes[.type] as? FileAttributeType
      size = attributes[.size] as? Int ?? 0
      modified = attributes[.modificationDate] as? Date
      number = attributes[.systemFileNumber] as? Int
    } catch let error as CocoaError where error.code == .fileReadNoSuchFile {
      throw LociError(.notFound, "There is no file \(path).", remedy: "Check the path.")
    } catch {
      throw LociError(
        .io, "\(path) can't be read.", remedy: "Check that you may read it.", underlying: error)
    }
  }

  func requireFile(path: String) throws(LociError) {
    guard type == .typeRegular else {
      throw LociError(
        .invalidArgument, "\(path) is \(type == .typeDirectory ? "a folder" : "no plain file").",
        remedy: "Name a file.")
    }
  }
}
