import Foundation
import LociCore
import LociIngest
import LociTestKit
import Testing

@Suite("Reading text files")
struct TextFileTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func file(_ name: String, _ bytes: some Sequence<UInt8>) throws -> URL {
    let url = folder.file(name)
    try Data(bytes).write(to: url)
    return url
  }

  private func failure(_ url: URL, maximumBytes: Int = 1000) throws -> LociError {
    try #require(throws: LociError.self) { try TextFile(url, maximumBytes: maximumBytes) }
  }

  @Test("A text is read as it is; its name tells the format, its real path is its address")
  func plain() throws {
    let url = try file("Größe 河.md", "# Grüße 👋🏽\n\0later".utf8.map { $0 }.filter { $0 != 0 })
    let read = try TextFile(url)
    #expect(read.text == "# Grüße 👋🏽\nlater")
    #expect(read.format == .markdown)
    #expect(read.uri == url.resolvingSymlinksInPath().path)
    #expect(try TextFile(file("README", "x".utf8)).format == .plain)
    #expect(try TextFile(file("strange.name", "x".utf8)).format == .plain)
    #expect(try TextFile(file("a.md", "x".utf8), as: .lines).format == .lines)
  }

  @Test("A byte order mark goes, and every line ends with a line feed alone")
  func lineEnds() throws {
    let url = try file("a.txt", [0xEF, 0xBB, 0xBF] + Array("a\r\nb\rc\n\r\n\r".utf8))
    #expect(try TextFile(url).text.utf8.elementsEqual("a\nb\nc\n\n\n".utf8))
    #expect(try TextFile(file("empty.txt", [])).text.isEmpty)
    #expect(try TextFile(file("mark.txt", [0xEF, 0xBB, 0xBF])).text.isEmpty)
  }

  @Test("Invalid UTF-8 is refused with the offset of the bad byte")
  func invalid() throws {
    for (bytes, offset) in [
      ([0x61, 0xFF], 1), ([0x61, 0x62, 0xC3], 2), ([0xED, 0xA0, 0x80], 0), ([0xC0, 0x80], 0),
      ([0xEF, 0xBB, 0xBF, 0x80], 3), ([0xF4, 0x90, 0x80, 0x80], 0),
    ] as [([UInt8], Int)] {
      let error = try failure(try file("bad.txt", bytes))
      #expect(error.code == .corrupt)
      #expect(error.message.contains("offset \(offset) "), "\(error)")
    }
  }

  @Test("UTF-16 and UTF-32 are named, and binary files are known by their zero bytes")
  func otherEncodings() throws {
    let wide = try failure(try file("wide.txt", [0xFF, 0xFE, 0x61, 0x00]))
    #expect(wide.code == .unsupported && wide.message.contains("UTF-16"))
    #expect(try failure(try file("wide.txt", [0xFE, 0xFF, 0, 0x61])).message.contains("UTF-16"))
    let wider = try failure(try file("wider.txt", [0xFF, 0xFE, 0, 0, 0x61, 0, 0, 0]))
    #expect(wider.message.contains("UTF-32"))
    let binary = try failure(try file("binary.txt", [0x61, 0, 0x62]))
    #expect(binary.code == .unsupported && binary.message.contains("not text"))
  }

  @Test(
    "What a file is that holds no text is said, whatever its name promises",
    arguments: [
      ("%PDF-1.7\n%\u{E2}\u{E3}", "a PDF", "pdftotext"),
      ("{\\rtf1\\ansi x}", "an RTF document", "pandoc"),
      ("PK\u{3}\u{4}\u{14}\0", "ZIP archive", "pandoc"), ("SQLite format 3\0", "SQLite", "Ingest"),
      ("GIF89a\0", "a GIF image", "Ingest"), ("\u{7F}ELF\0", "a program", "Ingest"),
    ])
  func binaryKinds(start: String, name: String, remedy: String) throws {
    let error = try failure(try file("paper.md", start.utf8))
    #expect(error.code == .unsupported)
    #expect(error.message.contains(name), "\(error.message)")
    #expect(error.remedy?.contains(remedy) == true)
  }

  @Test("An image is known by its first bytes, and a text that begins like one is a text")
  func binaryBytes() throws {
    let image = try failure(try file("a.md", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
    #expect(image.message.contains("a PNG image"))
    for text in ["BZh is a mark", "ID3 tags of songs", "GIF8 and more"] {
      #expect(try TextFile(file("b.md", text.utf8)).text == text)
    }
  }

  @Test("A zero byte far down in a text is kept as it is")
  func lateZero() throws {
    let text = String(repeating: "a", count: 9000) + "\0b"
    #expect(try TextFile(file("late.txt", text.utf8)).text == text)
  }

  @Test("A file over the limit is refused with its size and the limit")
  func tooLarge() throws {
    let url = try file("large.txt", [UInt8](repeating: 0x61, count: 101))
    let error = try failure(url, maximumBytes: 100)
    #expect(error.code == .invalidArgument)
    #expect(error.message.contains("101") && error.message.contains("100"))
    #expect(try TextFile(url, maximumBytes: 101).text.count == 101)
  }

  @Test("Folders, devices and missing files are refused")
  func noFile() throws {
    #expect(try failure(folder.url).code == .invalidArgument)
    #expect(try failure(folder.file("missing.txt")).code == .notFound)
    #expect(try failure(URL(filePath: "/dev/zero")).code == .invalidArgument)
  }

  @Test("A link leads to the file's own address")
  func link() throws {
    let url = try file("a.txt", "x".utf8)
    let link = folder.file("link.txt")
    try FileManager.default.createSymbolicLink(at: link, withDestinationURL: url)
    #expect(try TextFile(link).uri == TextFile(url).uri)
  }
}
