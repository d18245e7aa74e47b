package import Foundation
import LociCore

/// Where a memory is: its vectors, where they are moving to, and whether its records are here at
/// all. It is noted beside the records, so that every process that shares them knows.
package struct Placement: Hashable, Sendable {
  /// Where searches go.
  package var serving: VectorSide
  /// Where vectors are being moved to; writes go there as well.
  package var target: VectorSide?
  /// Where they were before; kept for the way back.
  package var previous: VectorSide?
  /// The store that held the records before, where they moved after the vectors last did.
  package var previousStore: String?
  /// Whether writes may have missed the serving side while it took over.
  package var isUnchecked = false
  /// Who moves them.
  package var mover: Mover?
  /// Why the store takes no changes; nil where it does.
  package var seal: Seal?

  /// A memory of which only the serving side is to be said.
  package init(serving: VectorSide) { self.serving = serving }

  /// A process that moves vectors. It renews its lease as long as it lives.
  package struct Mover: Hashable, Sendable, Codable {
    package var id: String
    package var host: String
    package var process: Int32
    package var renewedAt: Date
  }

  /// Why a store takes no changes.
  package struct Seal: Hashable, Sendable {
    /// What becomes of the store's records.
    package enum State: Sendable {
      /// They are in the other store.
      case left
      /// They are on their way to the other store.
      case moving
      /// They are copies, not yet all, of those of the other store.
      case filling
    }

    /// The other store's name.
    package let store: String
    package let state: State

    package init(_ store: String, _ state: State = .left) {
      self.store = store
      self.state = state
    }
  }
}

/// How a placement is written down: as two notes, since a store looks at the seal alone within the
/// transaction of every change. Nothing else reads or writes them.
extension Placement: Codable {
  /// The seal has a note of its own.
  private enum CodingKeys: CodingKey {
    case serving, target, previous, previousStore, isUnchecked, mover
  }

  /// Reads a store's notes.
  ///
  /// - Parameter initial: The side of a memory that was never moved.
  init(_ notes: StoreNotes, initial: VectorSide) throws {
    self = try notes[.placement].map(Self.decode) ?? Placement(serving: initial)
    seal = notes[.seal].map(Seal.init(note:))
  }

  /// Writes what this placement changes of another one into a store's notes.
  func write(into notes: inout StoreNotes, over old: Placement) throws {
    if seal != old.seal { notes[.seal] = seal?.note }
    var (new, old) = (self, old)
    (new.seal, old.seal) = (nil, nil)
    if new != old { notes[.placement] = try encoded }
  }

  private static func decode(_ text: String) throws -> Placement {
    do {
      return try JSONDecoder().decode(Placement.self, from: Data(text.utf8))
    } catch {
      throw LociError(
        .corrupt, "The store's note of where its vectors are is not what was written.",
        remedy: "Update Loci, or restore the store from a backup.", underlying: error)
    }
  }

  private var encoded: String {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = .sortedKeys
      return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
  }
}

extension Placement.Seal {
  /// What follows the store's name, longest first.
  private static let endings: [(State, String)] = [
    (.filling, " (filling)"), (.moving, " (moving)"), (.left, ""),
  ]

  fileprivate init(note: String) {
    let ending = Self.endings.first { note.hasSuffix($0.1) }
    self.init(String(note.dropLast(ending?.1.count ?? 0)), ending?.0 ?? .left)
  }

  fileprivate var note: String { store + (Self.endings.first { $0.0 == state }?.1 ?? "") }
}
