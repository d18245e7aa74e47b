import LociMemory
import LociSimulation

/// A write through the memory's own calls.
struct Write: Sendable, CustomStringConvertible {
  enum Kind: Sendable {
    case remember([NewMemory])
    case update(RecordID, RecordPatch)
    case forget([RecordID])
  }

  /// What the caller was told.
  struct Answer: Sendable {
    var error: LociError?
    /// Whether the records are found by meaning.
    var isEmbedded: [RecordID: Bool] = [:]
  }

  let namespace: Namespace
  let kind: Kind

  /// What it does to each record. Of two texts for one id the last counts, and the other is kept.
  var effects: [Name: Effect] {
    var effects: [Name: Effect] = [:]
    switch kind {
    case .remember(let memories):
      for memory in memories {
        guard let id = memory.id else { continue }
        let name = Name(namespace: namespace, id: id)
        var facts = Facts(of: memory)
        if case .put(let before) = effects[name] {
          facts.earlierTexts = before.earlierTexts + [before.text]
        }
        effects[name] = .put(facts)
      }
    case .update(let id, let patch): effects[Name(namespace: namespace, id: id)] = .patch(patch)
    case .forget(let ids):
      for id in ids { effects[Name(namespace: namespace, id: id)] = .erase }
    }
    return effects
  }

  func perform(in memory: Memory) async throws -> Answer {
    var answer = Answer()
    var target = memory[namespace]
    target.allowsPending = true
    do {
      switch kind {
      case .remember(let memories):
        for remembered in try await target.remember(memories) {
          answer.isEmbedded[remembered.record.id] = remembered.isEmbedded
        }
      case .update(let id, let patch):
        let remembered = try await target.update(id, with: patch)
        answer.isEmbedded[id] = remembered.isEmbedded
      case .forget(let ids): try await memory[namespace].forget(ids)
      }
    } catch let error as LociError {
      answer.error = error
    } catch {
      throw Violation("\(self) threw \(error), which is no LociError")
    }
    return answer
  }

  var description: String {
    switch kind {
    case .remember(let memories):
      "remember in \(namespace): "
        + memories.map { "\($0.id?.text ?? "?") = \($0.text)" }.joined(separator: "; ")
    case .update(let id, let patch):
      "update \(namespace)/\(id): text \(patch.text ?? "-"), "
        + "status \(patch.status?.rawValue ?? "-"), metadata \(patch.metadata.keys.sorted())"
    case .forget(let ids):
      "forget in \(namespace): " + ids.map(\.text).joined(separator: ", ")
    }
  }
}

extension Remembered {
  fileprivate var isEmbedded: Bool {
    switch projection {
    case .embedded, .unchanged: true
    case .pending, .unreadable: false
    }
  }
}

extension Facts {
  fileprivate init(of memory: NewMemory) {
    collection = memory.collection
    text = memory.text
    category = memory.category
    status = .active
    metadata = memory.metadata
    source = memory.source
  }
}
