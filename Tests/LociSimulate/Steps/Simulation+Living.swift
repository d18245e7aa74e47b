import LociAgents
import LociCore
import LociSimulation

extension Simulation {
  /// One thing that becomes of a record in its life, and what must be so afterwards: it is as the
  /// caller was told, and no other record changed.
  mutating func live() async throws {
    let namespace = namespaces[Int.random(in: 0..<2, using: &generator)]
    var target = memory[namespace]
    target.allowsPending = true
    let before = try await everything()
    let known = before.values.filter { $0.namespace == namespace && $0.collection == .memories }
    guard let id = known.map(\.id).sorted().randomElement(using: &generator) else { return }
    let suffix = String(UInt32.random(in: 0 ... .max, using: &generator), radix: 16)
    let successor = try RecordID("s\(suffix)")
    let text = Vocabulary.text(2...7, using: &generator)
    var expected: (status: Record.Status?, names: [RecordID])?
    do {
      switch Int.random(in: 0..<10, using: &generator) {
      case 0..<3:
        journal.note("supersede \(namespace)/\(id) by \(successor)")
        try await target.supersede(id, by: NewMemory(text, id: successor))
        expected = (.superseded, [successor])
      case 3:
        journal.note("invalidate \(namespace)/\(id)")
        try await target.invalidate(id)
        expected = (.invalidated, [])
      case 4..<6:
        journal.note("hide \(namespace)/\(id)")
        try await target.hide([id])
        expected = (.forgotten, [])
      case 6..<8:
        journal.note("unforget \(namespace)/\(id)")
        try await target.unforget(id)
      default:
        journal.note("erase \(namespace)/\(id)")
        try await target.erase([id])
        expected = (nil, [])
      }
      journal.note("  ok")
    } catch let error as LociError {
      journal.note("  \(error.code)")
      guard !scenario.isCalm || [.conflict, .notFound].contains(error.code) else {
        throw Violation("a record's life failed without a fault: \(error)")
      }
    }
    let after = try await everything()
    let name = Name(namespace: namespace, id: id)
    if let expected {
      guard after[name]?.status == expected.status else {
        throw Violation("\(name) is \(after[name]?.status.rawValue ?? "not there")")
      }
      for other in expected.names {
        let new = after[Name(namespace: namespace, id: other)]
        guard new?.supersededIDs == [id], after[name]?.successorIDs == [other] else {
          throw Violation("\(name) and \(other) do not name each other")
        }
      }
    }
    try await take(before, after, within: [name, Name(namespace: namespace, id: successor)])
  }

  /// Takes what became of records for what they are; no other may have changed.
  private mutating func take(
    _ before: [Name: Record], _ after: [Name: Record], within names: [Name]
  ) async throws {
    for name in Set(before.keys).union(after.keys).sorted() where before[name] != after[name] {
      // What a bot shared of an erased record goes with it.
      let isCopy = before[name]?.isShared == true && after[name] == nil
      guard names.contains(name) || isCopy else {
        throw Violation("\(name) changed with another record")
      }
      let facts = try await calmly {
        try await self.facts(of: [after[name]].compactMap(\.self), in: name.namespace)
      }
      model.set(name, to: facts[name])
      model.embedded.remove(name)
    }
  }

  /// A value by key, set, compared and taken away; and every other one is as it was.
  mutating func keepValue() async throws {
    let namespace = try drawNamespace()
    let key = try KeyName("k\(Int.random(in: 0..<3, using: &generator))", in: namespace)
    let old = model.values[key]
    let new = generator.happens(0.2) ? nil : "\(Int.random(in: 0..<9, using: &generator))"
    let expected: KeyExpectation
    switch Int.random(in: 0..<3, using: &generator) {
    case 0: expected = .absent
    case 1: expected = old.map { .value($0) } ?? .anything
    default: expected = .anything
    }
    journal.note("set \(key) to \(new ?? "nothing"), expecting \(expected)")
    let values = memory[namespace].keyValues
    do {
      if let new {
        try await values.setJSON(key.key, to: new, expecting: expected)
      } else {
        try await values.delete(key.key)
      }
      journal.note("  ok")
      guard new == nil || expected != .absent || old == nil else {
        throw Violation("\(key) was there, and was set as if it were not")
      }
      model.values[key] = new
    } catch let error as LociError {
      journal.note("  \(error.code)")
      guard !scenario.isCalm || error.code == .conflict else {
        throw Violation("a value failed without a fault: \(error)")
      }
      let actual = try await calmly { try await records().keyValue(key)?.value }
      guard actual == old || actual == new && error.code != .conflict else {
        throw Violation("\(key) is \(actual ?? "nothing"), and was \(old ?? "nothing")")
      }
      model.values[key] = actual
    }
    for (name, value) in model.values {
      let actual = try await calmly { try await records().keyValue(name)?.value }
      guard actual == value else {
        throw Violation("\(name) is \(actual ?? "nothing") instead of \(value)")
      }
    }
  }
}
