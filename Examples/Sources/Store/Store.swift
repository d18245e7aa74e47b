import Foundation
import LociSQLite

/// Keeps records in one SQLite file and finds them by their words, without a model.
@main
struct Store {
  static func main() async throws {
    guard CommandLine.arguments.count == 2 else {
      print("usage: Store FILE")
      return
    }
    let file = URL(filePath: CommandLine.arguments[1])
    let database = try await SQLiteDatabase.open(at: file)
    let notes = try Namespace("notes")
    let record = try Record(
      id: RecordID("tea"), namespace: notes, text: "Alice prefers tea to coffee",
      createdAt: Date())
    try await database.records.apply([.upsert(record)], in: notes, actor: nil, at: Date())
    let found = try await database.records.search(
      words: "coffee or tea?", in: notes, limit: 5, where: Filter())
    for match in found { print("found:", match.id, match.score) }
  }
}
