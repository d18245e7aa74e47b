public import LociCore

/// Packs hits into a budget: the best first, as long as there is room, and then in reading order.
///
/// A record that takes more than a quarter of a budget of some size is packed by its most telling
/// sentences, unless there is room for all of it when the others are in. What fits nowhere is
/// passed over, and what comes after it is tried. Where hits bring neighbours along, these fill
/// what room is left.
public struct ContextPacker: Sendable {
  private static let largestShare = 4
  /// What is never too much for one record.
  private static let smallSize: [ContextBudget.Unit: Int] = [.tokens: 100, .characters: 400]

  private let budget: ContextBudget

  /// Makes a packer, or throws ``LociError/Code/invalidArgument`` for a budget below 1.
  public init(_ budget: ContextBudget) throws(LociError) {
    try budget.validate()
    self.budget = budget
  }

  /// Packs the hits. Complexity: O(size of their texts), and O(n log n) for the order.
  ///
  /// - Parameters:
  ///   - hits: Best first.
  ///   - question: What decides which sentences of a long text are telling.
  public func pack(_ hits: [Recall.Hit], for question: String) -> PackedContext {
    var packing = Packing(budget, excerpts: Excerpt(for: question, within: budget))
    for hit in hits { packing.offer(hit.record) }
    packing.completeExcerpts()
    for hit in hits { hit.neighbours.forEach { packing.offer($0, isHit: false) } }
    return packing.packed
  }

  /// What is packed so far.
  private struct Packing {
    private let budget: ContextBudget
    private let excerpts: Excerpt
    private var left: Int
    private var blocks: [Key: ContextBlock] = [:]
    private var byCategory: [Record.Category: Int] = [:]
    private var seen: Set<Key> = []
    private var count = 0
    private var excerpted: [Record] = []
    private var leftOut: [RecordID] = []

    init(_ budget: ContextBudget, excerpts: Excerpt) {
      self.budget = budget
      self.excerpts = excerpts
      left = budget.size
    }

    mutating func offer(_ record: Record, isHit: Bool = true) {
      guard seen.insert(Key(of: record.id, beside: record)).inserted else { return }
      guard isWanted(record), pack(record) else {
        if isHit { leftOut.append(record.id) }
        return
      }
      count += 1
      if let category = record.category { byCategory[category, default: 0] += 1 }
    }

    /// Puts whole texts in the place of excerpts, the best first, where there is room.
    mutating func completeExcerpts() {
      excerpted.removeAll { record in
        let whole = ContextBlock.quoted(record, record.text)
        guard let quoted = blocks[record.block]?.quoted(record.id) else { return false }
        let more = budget.size(of: whole) - budget.size(of: quoted)
        guard more <= left else { return false }
        left -= more
        blocks[record.block]?.replace(record.id, by: whole)
        return true
      }
    }

    private func isWanted(_ record: Record) -> Bool {
      let isOfFew = record.category.flatMap { category in
        budget.maximumByCategory[category].map { byCategory[category, default: 0] >= $0 }
      }
      return record.confidence >= budget.leastConfidence && isOfFew != true
        && budget.maximumRecords.map { count < $0 } ?? true
    }

    private mutating func pack(_ record: Record) -> Bool {
      // The worst case: that its block is new, and that it stands apart from all else in it.
      let around = budget.size(
        of: ContextBlock.frame(of: record, isNew: blocks[record.block] == nil))
      let share = max(smallSize[budget.unit] ?? 1, budget.size / largestShare)
      let room = min(left, share) - around
      var quoted = ContextBlock.quoted(record, record.text)
      var size = budget.size(of: quoted)
      let isExcerpt = size > room
      if isExcerpt {
        guard let excerpt = excerpts.excerpt(of: record, within: room) else { return false }
        quoted = ContextBlock.quoted(record, excerpt)
        size = budget.size(of: quoted)
      }
      left -= around + size
      blocks[record.block, default: ContextBlock()].add(record, quoted)
      if isExcerpt { excerpted.append(record) }
      return true
    }

    var packed: PackedContext {
      let ordered = blocks.values.map(\.inReadingOrder).sorted(by: ContextBlock.comesBefore)
      let text = ordered.enumerated().map { $1.text(number: $0 + 1) }.joined(separator: "\n\n")
      return PackedContext(
        text: text, size: budget.size(of: text),
        passages: ordered.enumerated().compactMap { $1.passage(number: $0 + 1) },
        excerpted: excerpted.map(\.id), leftOut: leftOut)
    }
  }
}

/// An id, which is unique in its namespace only.
private struct Key: Hashable {
  let namespace: Namespace
  let id: RecordID

  init(of id: RecordID, beside record: Record) {
    (namespace, self.id) = (record.namespace, id)
  }
}

extension Record {
  /// The block that it is packed in.
  fileprivate var block: Key { Key(of: whole ?? id, beside: self) }
}
