import LociCore

/// What scrubbing a memory did.
public struct ScrubReport: Hashable, Sendable {
  /// Where nothing is left of what was deleted or replaced.
  public let places: [String]
  /// What may still hold it, and is not the memory's to change, a phrase each.
  public var remains: [String]
}

extension Memory {
  /// Leaves no byte of what was deleted or replaced, where this memory's records and vectors are
  /// and where its vectors were before: files and tables are written anew, with their indexes, and
  /// logs are emptied. Complexity: O(memory); it may take minutes.
  ///
  /// ```swift
  /// let report = try await memory.scrub()
  /// print("clean:", report.places, "not Loci's to clean:", report.remains)
  /// ```
  /// - Throws: ``LociError/Code/busy`` where somebody still reads an old state,
  ///   ``LociError/Code/diskFull`` where there is no room for a new file beside the old one, and
  ///   what else the stores throw. Scrubbing again goes on.
  @discardableResult
  public func scrub() async throws -> ScrubReport {
    let sides = try await sides.current()
    let store = try await stores?.current()
    var (places, remains): ([String], [String]) = ([], [])
    var done: Set<VectorSide.Place> = []
    if let store, let care = store.care {
      remains += try await care.scrub()
      places.append(care.location)
      done.insert(VectorSide.Place(backend: store.ownBackend, location: nil))
    } else {
      remains.append("the app's own store of records")
    }
    for side in sides.written where done.insert(side.side.place).inserted {
      remains += try await side.vectors().scrub()
      places.append(side.side.place.description)
    }
    if let previous = sides.previous, done.insert(previous.side.place).inserted {
      do {
        remains += try await previous.vectors().scrub()
        places.append(previous.side.place.description)
      } catch {
        remains.append("\(previous.side.place), where the vectors were before: \(error)")
      }
    }
    if let left = try await placementNote.read().previousStore {
      remains.append("the \(left) store, where the records were before")
    }
    return ScrubReport(places: places, remains: Set(remains).sorted())
  }
}
