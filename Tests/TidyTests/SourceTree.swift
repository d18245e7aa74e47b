import Foundation

/// A text file of the project.
struct SourceFile {
  /// The path from the project's root.
  let path: String
  let text: String

  var name: String { path.split(separator: "/").last.map(String.init) ?? path }
  var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }

  /// Tables made by a program say so at their top, and may be long.
  var isGenerated: Bool { text.hasPrefix("// Written by Scripts/") }

  /// `Sources/LociIndex/…` gives `LociIndex`.
  var target: String? {
    let parts = path.split(separator: "/")
    return parts.count > 2 ? String(parts[1]) : nil
  }

  func has(_ extensions: String...) -> Bool { extensions.contains { name.hasSuffix("." + $0) } }
}

/// The project's files as they lie on the disk.
struct SourceTree {
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  let files: [SourceFile]

  /// Reads the tree that this test was compiled from.
  init() throws {
    var found: [SourceFile] = []
    for entry in try FileManager.default.contentsOfDirectory(atPath: Self.root.path)
    where !entry.hasPrefix(".") {
      try Self.read(entry, into: &found)
    }
    files = found.sorted { $0.path < $1.path }
  }

  func files(under folder: String) -> [SourceFile] {
    files.filter { $0.path.hasPrefix(folder + "/") }
  }

  private static func read(_ path: String, into found: inout [SourceFile]) throws {
    let url = root.appending(path: path)
    if try url.resourceValues(forKeys: [.isDirectoryKey]).isDirectory == true {
      for entry in try FileManager.default.contentsOfDirectory(atPath: url.path)
      where !entry.hasPrefix(".") && entry != "results" && entry != "__pycache__" {
        try read(path + "/" + entry, into: &found)
      }
    } else if let text = String(data: try Data(contentsOf: url), encoding: .utf8) {
      found.append(SourceFile(path: path, text: text))
    }
  }
}
