import LociCore
package import LociMemory

extension MemoryNamespace {
  /// The names that a hint lists at most.
  private static let listedNames = 8

  /// What to say of a namespace without records: a forgotten or misspelled name looks like one. Nil
  /// where it holds some.
  package var emptyHint: String? {
    get async throws {
      guard try await count(where: Filter(statuses: nil)) == 0 else { return nil }
      let others = try await memory.namespaces().map(\.name)
      guard !others.isEmpty else { return "Nothing is remembered yet; `loci remember` begins." }
      let nearest = Suggestion.nearest(to: namespace.name, among: others)
      let names = ([nearest].compactMap(\.self) + others.filter { $0 != nearest })
      let listed = names.prefix(Self.listedNames).joined(separator: ", ")
      let more = names.count > Self.listedNames ? " and \(names.count - Self.listedNames) more" : ""
      return "The namespace \(namespace.name) is empty; there are records in \(listed)\(more)."
    }
  }
}
