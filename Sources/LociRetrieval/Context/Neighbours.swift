import LociCore

/// Reads records by where they stand in their wholes.
struct Neighbours: Sendable {
  let records: any RecordStore
  let query: RecallQuery

  /// More records than this do not stand in a range of one place and its neighbours.
  private static let maximumPerPlace = 32

  /// The records that stand at most so many places from these, those at the places themselves
  /// among them, of those that pass the query's filter; in no particular order, each once.
  ///
  /// One read for each stretch of a whole, all at once.
  func around(_ places: [Place], by distance: Int) async throws -> [Record] {
    let stretches = Self.stretches(places, by: distance)
    return try await withThrowingTaskGroup(of: [Record].self) { group in
      for stretch in stretches {
        guard let filter = filter(for: stretch) else { continue }
        group.addTask {
          try await records.list(
            in: query.namespace, where: filter, after: nil,
            limit: Self.maximumPerPlace * stretch.positions.count)
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
  }

  struct Stretch: Hashable {
    let whole: RecordID
    var positions: ClosedRange<Int>
  }

  /// The places and those around them, without overlaps, in the order of wholes and positions.
  static func stretches(_ places: [Place], by distance: Int) -> [Stretch] {
    let sorted = Set(places).sorted {
      $0.whole != $1.whole ? $0.whole < $1.whole : $0.position < $1.position
    }
    return sorted.reduce(into: []) { stretches, place in
      let first = place.moved(by: -distance)?.position ?? .min
      let last = place.moved(by: distance)?.position ?? .max
      if let open = stretches.last, open.whole == place.whole, open.positions.upperBound >= first {
        stretches[stretches.count - 1].positions = open.positions.lowerBound...last
      } else {
        stretches.append(Stretch(whole: place.whole, positions: first...last))
      }
    }
  }

  /// The query's filter, for a stretch; nil where it lets nothing of that pass.
  private func filter(for stretch: Stretch) -> Filter? {
    var filter = query.filter
    let wanted = filter.positions ?? stretch.positions
    guard filter.whole ?? stretch.whole == stretch.whole, wanted.overlaps(stretch.positions)
    else { return nil }
    filter.whole = stretch.whole
    filter.positions = stretch.positions.clamped(to: wanted)
    return filter
  }
}
