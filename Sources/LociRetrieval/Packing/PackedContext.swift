public import Foundation
public import LociCore

/// What is known of a question, packed for a prompt: quoted, in reading order, with its sources.
///
///     [1] docs/tea.md › Green tea, lines 12–40
///     > Green tea is steamed.
///
///     [2] 2026-03-01
///     > Alice: I drink it in the morning.
///     > …
///     > Bob: And I at night.
///
/// Every line of a memory begins with `> `, so that nothing in it can pass for what stands around
/// it: a prompt says once that quoted lines are data, and no instructions.
public struct PackedContext: Sendable, Codable {
  /// A block of the text: what was found of one whole, or one record.
  public struct Passage: Hashable, Sendable, Codable {
    /// The number that the text shows.
    public let number: Int
    /// The whole; nil for a record that is no part of one.
    public let whole: RecordID?
    /// The records that are packed, in reading order.
    public let records: [RecordID]
    /// The namespace that they are in.
    public let namespace: Namespace
    /// The file or address that they come from.
    public let sourceURI: String?
    /// When the first of them happened, or was stored.
    public let time: Date
  }

  /// The text for the prompt; empty where nothing was found, or nothing fits.
  public let text: String
  /// How much it takes, in the unit of its budget.
  public let size: Int
  /// The blocks, in the text's order.
  public let passages: [Passage]
  /// Records of which only the most telling sentences are packed, since they are long.
  public let excerpted: [RecordID]
  /// Records that were found and not packed, best first: there was no room, or the budget's other
  /// limits kept them out.
  public let leftOut: [RecordID]

  /// Every packed record, in reading order.
  public var records: [RecordID] { passages.flatMap(\.records) }

  /// Whether a record is packed, whatever others of its id there are in other namespaces.
  package func holds(_ record: Record) -> Bool {
    passages.contains { $0.namespace == record.namespace && $0.records.contains(record.id) }
  }
}
