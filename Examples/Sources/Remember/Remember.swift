import Loci

/// Remembers a few things, recalls one by meaning, corrects it and forgets it.
///
/// The first argument is the store's file; without one it is the default store.
@main
enum Remember {
  static func main() async throws {
    var configuration = Configuration()
    if CommandLine.arguments.count > 1 { configuration.storePath = CommandLine.arguments[1] }
    let memory = try await Memory.open(configuration)
    let ada = try memory.namespace("bot:ada")

    try await ada.remember([
      NewMemory("Alice prefers tea to coffee", category: .preference, importance: 4),
      NewMemory("The train to Lisbon leaves at nine", metadata: ["city": "Lisbon"]),
      NewMemory("We decided to ship on Fridays", category: .decision),
    ])
    let answer = try await ada.recall("What does Alice like to drink?", limit: 1)
    guard let hit = answer.hits.first else { return print("Nothing relevant.") }
    print("recalled:", hit.record.text, "(\(hit.relevance))")

    var correction = RecordPatch()
    correction.text = "Alice prefers coffee to tea"
    try await ada.update(hit.record.id, with: correction)
    print("corrected:", try await ada.get(hit.record.id)?.text ?? "gone")

    try await ada.forget([hit.record.id])
    let again = try await ada.recall("What does Alice like to drink?")
    print("after forgetting:", again.hits.isEmpty ? "nothing relevant" : "still there")

    var lisbon = Filter()
    lisbon.metadata = [MetadataCondition("city", .equal, "Lisbon")]
    print("in Lisbon:", try await ada.list(where: lisbon).map(\.text))
  }
}
