/// Finds the slot of a label: an open-addressing hash table of slots with linear probing.
///
/// It holds 4 bytes an entry (at a load of at most one half) and no labels: those are in the array
/// that the caller passes to every call. Complexity: O(1) expected for everything.
struct LabelTable {
  private static let empty = UInt32.max
  private var slots: [UInt32] = []

  private var mask: Int { slots.count - 1 }

  /// Makes room for `capacity` labels in all.
  mutating func reserve(_ capacity: Int, labels: [Int64]) {
    guard capacity * 2 > slots.count else { return }
    var size = 16
    while size < capacity * 2 { size *= 2 }
    slots = [UInt32](repeating: Self.empty, count: size)
    for (slot, label) in labels.enumerated() {
      slots[vacancy(for: label)] = UInt32(truncatingIfNeeded: slot)
    }
  }

  /// The slot of a label.
  func slot(of label: Int64, labels: [Int64]) -> Int? {
    place(of: label, labels: labels).map { Int(slots[$0]) }
  }

  /// Adds a label that is not in the table, at the end of `labels`, which holds it already.
  mutating func append(_ label: Int64, labels: [Int64]) {
    if labels.count * 2 > slots.count {
      reserve(labels.count * 2, labels: labels)
    } else {
      slots[vacancy(for: label)] = UInt32(truncatingIfNeeded: labels.count - 1)
    }
  }

  /// Changes the slot of a label in the table.
  mutating func move(_ label: Int64, to slot: Int, labels: [Int64]) {
    if let place = place(of: label, labels: labels) {
      slots[place] = UInt32(truncatingIfNeeded: slot)
    }
  }

  /// Removes a label and closes the gap (Knuth, volume 3, algorithm 6.4R).
  mutating func remove(_ label: Int64, labels: [Int64]) {
    guard var gap = place(of: label, labels: labels) else { return }
    var next = (gap + 1) & mask
    while slots[next] != Self.empty {
      let home = home(of: labels[Int(slots[next])])
      // The entry may move back to the gap unless its home lies after the gap.
      if (next - home) & mask >= (next - gap) & mask {
        slots[gap] = slots[next]
        gap = next
      }
      next = (next + 1) & mask
    }
    slots[gap] = Self.empty
  }

  /// Fibonacci hashing (Knuth, volume 3, section 6.4): the high bits of label × 2⁶⁴/φ.
  private func home(of label: Int64) -> Int {
    let product = UInt64(bitPattern: label) &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: product >> UInt64(slots.count.leadingZeroBitCount + 1))
  }

  private func vacancy(for label: Int64) -> Int {
    var place = home(of: label)
    while slots[place] != Self.empty { place = (place + 1) & mask }
    return place
  }

  private func place(of label: Int64, labels: [Int64]) -> Int? {
    guard !slots.isEmpty else { return nil }
    var place = home(of: label)
    while slots[place] != Self.empty {
      if labels[Int(slots[place])] == label { return place }
      place = (place + 1) & mask
    }
    return nil
  }
}
