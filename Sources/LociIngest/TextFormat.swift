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
