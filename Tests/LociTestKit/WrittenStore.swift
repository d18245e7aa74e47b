package import Foundation

/// A store that an earlier Loci wrote; see `Stores/README.md`.
package struct WrittenStore: Sendable, CustomStringConvertible {
  /// What that Loci was asked, and what it answered.
  package struct Answer {
    /// The command's arguments, without `--json`.
    package let words: [String]
    /// Each JSON document that it printed.
    package let documents: [Any]
  }

  /// The schema that it has.
  package let schema: Int
  /// The entries of its two spaces, the fewer first.
  package let entryCounts: [Int]
  /// The entries of the one space of its `sqlite-vec.sqlite`.
  package let sqliteVecEntryCount: Int

  /// Every one, oldest first.
  package static let all = [
    WrittenStore(schema: 4, entryCounts: [14, 14], sqliteVecEntryCount: 16),
    WrittenStore(schema: 7, entryCounts: [15, 15], sqliteVecEntryCount: 15),
    WrittenStore(schema: 9, entryCounts: [13, 16], sqliteVecEntryCount: 15),
    WrittenStore(schema: 10, entryCounts: [13, 17], sqliteVecEntryCount: 15),
  ]

  package var description: String { "schema \(schema)" }

  private func resource(_ name: String) -> URL {
    Bundle.module.bundleURL.appending(path: "Stores/schema-\(schema)/\(name)")
  }

  /// Copies a file of it, to be opened there.
  package func copy(_ name: String = "memory.sqlite", to file: URL) throws {
    try FileManager.default.copyItem(at: resource(name), to: file)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
  }

  /// What was answered when it was written.
  package func answers() throws -> [Answer] {
    let data = try Data(contentsOf: resource("answers.json"))
    let asked = try JSONSerialization.jsonObject(with: data) as? [[String: Any]] ?? []
    return asked.map {
      Answer(
        words: $0["words"] as? [String] ?? [], documents: $0["answer"] as? [Any] ?? [])
    }
  }
}
