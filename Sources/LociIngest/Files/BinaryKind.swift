/// Kinds of files that hold no text of their own, known by their first bytes, and what to do with
/// them.
struct BinaryKind: Sendable {
  let name: String
  let remedy: String
  /// Whether nothing else begins so. Few of the other marks can begin a text, and such a text does
  /// not stay one.
  let isCertain: Bool

  /// The kind of a file, or nil where its first bytes tell none.
  init?(_ bytes: [UInt8]) {
    guard let known = Self.known.first(where: { bytes.dropFirst($0.offset).starts(with: $0.mark) })
    else { return nil }
    name = known.name
    remedy = known.remedy ?? "Ingest text, Markdown or HTML files."
    isCertain = known.isCertain
  }

  private struct Known: Sendable {
    let name: String
    let mark: [UInt8]
    var offset = 0
    var remedy: String?
    var isCertain = false

    init(
      _ name: String, _ mark: String, at offset: Int = 0, isCertain: Bool = false,
      remedy: String? = nil
    ) {
      self.init(name, Array(mark.utf8), at: offset, remedy: remedy)
      self.isCertain = isCertain
    }

    init(_ name: String, _ mark: [UInt8], at offset: Int = 0, remedy: String? = nil) {
      (self.name, self.mark, self.offset, self.remedy) = (name, mark, offset, remedy)
    }
  }

  private static let known = [
    Known(
      "a PDF", "%PDF-", isCertain: true,
      remedy: "Take its text out first: pdftotext FILE.pdf FILE.txt."),
    Known(
      "an RTF document", "{\\rtf", isCertain: true,
      remedy: "Convert it first: pandoc FILE.rtf -o FILE.md."),
    Known(
      "an Office document, an e-book or another ZIP archive", [0x50, 0x4B, 3, 4],
      remedy: "Convert it first, for example: pandoc FILE.docx -o FILE.md."),
    Known(
      "an old Office document", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1],
      remedy: "Convert it first: soffice --convert-to html FILE."),
    Known("a PNG image", [0x89, 0x50, 0x4E, 0x47]),
    Known("a JPEG image", [0xFF, 0xD8, 0xFF]),
    Known("a GIF image", "GIF8"),
    Known("a WebP image", "WEBP", at: 8),
    Known("a TIFF image", [0x49, 0x49, 0x2A, 0]),
    Known("a gzip archive", [0x1F, 0x8B], remedy: "Unpack it first."),
    Known("a bzip2 archive", "BZh", remedy: "Unpack it first."),
    Known("an xz archive", [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], remedy: "Unpack it first."),
    Known("a Zstandard archive", [0x28, 0xB5, 0x2F, 0xFD], remedy: "Unpack it first."),
    Known("a 7z archive", [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], remedy: "Unpack it first."),
    Known("a tar archive", "ustar", at: 257, remedy: "Unpack it first."),
    Known("an SQLite database", "SQLite format 3\0"),
    Known("a program", [0x7F, 0x45, 0x4C, 0x46]),
    Known("a program", [0xCF, 0xFA, 0xED, 0xFE]),
    Known("a WebAssembly module", [0, 0x61, 0x73, 0x6D]),
    Known("an MP3 recording", "ID3"),
    Known("an Ogg recording", "OggS"),
    Known("an MP4 film", "ftyp", at: 4),
  ]
}
