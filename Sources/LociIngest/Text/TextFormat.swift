/// How a document's structure is read.
public enum TextFormat: String, Hashable, Sendable, Codable, CaseIterable {
  /// CommonMark with tables, footnotes and front matter; paragraphs alone in a build without the
  /// package's trait `Documents`.
  case markdown
  /// An HTML page: the text that a reader sees, under its headings.
  case html
  /// A Jupyter notebook: the texts and the code of its cells, without what running them gave.
  case notebook
  /// Paragraphs, parted by blank lines and cut between sentences. reStructuredText, AsciiDoc, Org
  /// and LaTeX are read so, too.
  case plain
  /// Source code and data, cut at blank lines and by indentation.
  case lines
}

extension TextFormat {
  /// The kinds of file that are taken from a folder, by the ending of their names.
  public static let fileNameEndings: [TextFormat: [String]] = [
    .html: ["htm", "html", "xhtml"],
    .markdown: ["markdown", "md", "mdown", "mdx", "mkd", "qmd", "rmd"],
    .notebook: ["ipynb"],
    .plain: ["adoc", "asciidoc", "org", "rst", "tex", "text", "txt"],
    .lines: [
      "bash", "c", "cc", "cpp", "cs", "css", "cxx", "dart", "ex", "exs", "fish", "go", "h", "hh",
      "hpp", "hs", "java", "jl", "js", "jsx", "kt", "lua", "m", "mjs", "ml", "mm", "php",
      "pl", "py", "r", "rb", "rs", "scala", "sh", "sql", "swift", "toml", "ts", "tsx", "yaml",
      "yml", "zig", "zsh",
    ],
  ]

  /// Names without an ending that are texts, too.
  public static let plainFileNames: Set<String> = [
    "authors", "changelog", "contributing", "copying", "license", "news", "notice", "readme",
    "todo",
  ]

  private static let byEnding = Dictionary(
    uniqueKeysWithValues: fileNameEndings.flatMap { format, endings in
      endings.map { ($0, format) }
    })

  /// The format of a file by its name, or nil where the name does not promise text.
  public init?(fileName: String) {
    let name = fileName.lowercased()
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    if parts.count == 1, Self.plainFileNames.contains(name) {
      self = .plain
    } else if parts.count > 1, let format = parts.last.flatMap({ Self.byEnding[String($0)] }) {
      self = format
    } else {
      return nil
    }
  }
}
