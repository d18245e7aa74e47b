import Foundation
import LociCore

/// Which candidates are not so any more, and which of them another candidate has replaced.
///
/// A record names what it replaces by `supersedes` in its metadata, an id or a list of ids, or is
/// itself named by `superseded_by`. Neither a status nor two similar texts say which record it was
/// that took another's place.
struct Supersession {
  /// For each candidate that was replaced, the candidates that replaced it.
  private var successors: [Int: [Int]] = [:]

  /// Complexity: O(n).
  init(_ candidates: [Candidate]) {
    var links: [(old: RecordID, new: RecordID)] = []
    for candidate in candidates where !candidate.record.metadata.isEmpty {
      let record = candidate.record
      links += Self.ids(record, "supersedes").map { ($0, record.id) }
      links += Self.ids(record, "superseded_by").map { (record.id, $0) }
    }
    guard !links.isEmpty else { return }
    var places: [RecordID: Int] = [:]
    for (index, candidate) in candidates.enumerated() { places[candidate.record.id] = index }
    for link in links {
      guard let old = places[link.old], let new = places[link.new], old != new else { continue }
      successors[old, default: []].append(new)
    }
  }

  private static func ids(_ record: Record, _ key: String) -> [RecordID] {
    let values: [MetadataValue] =
      switch record.metadata[key] {
      case .list(let values): values
      case let value?: [value]
      case nil: []
      }
    return values.prefix(64).compactMap { value in
      if case .string(let text) = value { try? RecordID(text) } else { nil }
    }
  }

  /// How much each score has to give way, so that what was replaced stands behind what replaced it;
  /// nothing where records replace each other in a circle. Complexity: O(n).
  func deductions(from scores: [Double]) -> [Int: Double] {
    var (bounds, open): ([Int: Double], Set<Int>) = ([:], [])
    // The highest that a candidate may score: below the lowest of what replaced it.
    func bounded(_ index: Int) -> Double? {
      if let bound = bounds[index] { return bound }
      guard open.insert(index).inserted, open.count <= Self.longestChain else { return nil }
      let above = (successors[index] ?? []).compactMap(bounded)
      let bound = min(scores[index], (above.min() ?? .infinity) - Self.step)
      bounds[index] = bound
      return bound
    }
    return successors.keys.sorted().reduce(into: [:]) { deductions, index in
      open.removeAll()
      guard let bound = bounded(index), scores[index] > bound else { return }
      deductions[index] = scores[index] - bound
    }
  }

  /// Longer chains than this are not followed to their end.
  private static let longestChain = 256
  /// What parts a record from the one that replaced it.
  static let step = 1e-6

  /// Whether a record is not so any more: by the times that it names, and by its status where it
  /// names none, since a search as of a time looks at times only.
  static func isOver(_ record: Record, at time: Date) -> Bool {
    let ends = [record.validUntil, record.knownUntil].compactMap(\.self)
    guard ends.isEmpty else { return ends.contains { $0 <= time } }
    return record.status == .superseded || record.status == .invalidated
  }
}
