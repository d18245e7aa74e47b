import Foundation
import LociCore

/// Where a memory's vectors are, and where they are moving to: a note beside the records, so that
/// every process that shares them knows.
struct Placement: Hashable, Sendable, Codable {
  /// Where searches go.
  var serving: VectorSide
  /// Where vectors are being moved to; writes go there as well.
  var target: VectorSide?
  /// Where they were before; kept for the way back.
  var previous: VectorSide?
  /// The store that held the records before, where they moved after the vectors last did.
  var previousStore: String?
  /// Whether writes may have missed the serving side while it took over.
  var isUnchecked = false
  /// Who moves them.
  var mover: Mover?

  /// A process that moves vectors. It renews its lease as long as it lives.
  struct Mover: Hashable, Sendable, Codable {
    var id: String
    var host: String
    var process: Int32
    var renewedAt: Date
  }
}

/// Reads and writes the placement of a record store.
struct PlacementNote: Sendable {
  let records: any RecordStore
  let surroundings: Surroundings

  /// The placement and its text; nil where the memory was never moved.
  func read() async throws -> (text: String?, placement: Placement?) {
    guard let text = try await records.note(.placement) else { return (nil, nil) }
    return (text, try Self.decode(text))
  }

  /// Changes the placement, whoever else does so meanwhile; returns it.
  ///
  /// - Parameters:
  ///   - initial: The side of a memory that was never moved.
  ///   - change: Called again where somebody else was faster; what it throws ends the attempt.
  @discardableResult
  func update(
    initial: VectorSide, _ change: @Sendable (inout Placement) throws -> Void
  ) async throws -> Placement {
    while true {
      try Task.checkCancellation()
      let (text, stored) = try await read()
      var placement = stored ?? Placement(serving: initial)
      let before = placement
      try change(&placement)
      if placement == before { return placement }
      do {
        try await records.setNote(
          .placement, to: Self.encode(placement), replacing: text)
        return placement
      } catch let error as LociError where error.code == .conflict {
        continue
      }
    }
  }

  static func decode(_ text: String) throws -> Placement {
    do {
      return try JSONDecoder().decode(Placement.self, from: Data(text.utf8))
    } catch {
      throw LociError(
        .corrupt, "The store's note of where its vectors are is not what was written.",
        remedy: "Update Loci, or restore the store from a backup.", underlying: error)
    }
  }

  static func encode(_ placement: Placement) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return String(decoding: try encoder.encode(placement), as: UTF8.self)
  }
}
