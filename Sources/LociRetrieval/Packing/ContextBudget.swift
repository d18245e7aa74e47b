public import LociCore

/// How much of what was found is packed for a prompt.
public struct ContextBudget: Hashable, Sendable {
  /// What is counted.
  public enum Unit: String, Hashable, Sendable, Codable, CaseIterable {
    /// Tokens of a language model, estimated on the safe side; see ``ContextBudget/tokens(_:)``.
    case tokens
    /// Characters as people see them.
    case characters
  }

  /// What is counted.
  public var unit: Unit
  /// The most of it, headings and quotation marks included; at least 1.
  public var size: Int
  /// The most records; nil is as many as there is room for.
  public var maximumRecords: Int?
  /// The most records of a category.
  public var maximumByCategory: [Record.Category: Int]
  /// Records that are less sure are left out, 0…1.
  public var leastConfidence: Double

  /// Limits a packed context.
  public init(
    _ size: Int, _ unit: Unit, maximumRecords: Int? = nil,
    maximumByCategory: [Record.Category: Int] = [:], leastConfidence: Double = 0
  ) {
    self.unit = unit
    self.size = size
    self.maximumRecords = maximumRecords
    self.maximumByCategory = maximumByCategory
    self.leastConfidence = leastConfidence
  }

  /// So many tokens. Every model counts in its own way, so what is counted is an upper bound of
  /// what usual ones take: a token for every five letters of a word that is begun, for every three
  /// digits, for every sign and line, and for every character beyond Latin, Greek and Cyrillic.
  public static func tokens(_ count: Int) -> ContextBudget { ContextBudget(count, .tokens) }

  /// So many characters.
  public static func characters(_ count: Int) -> ContextBudget {
    ContextBudget(count, .characters)
  }

  /// What Fae packs: six records and 1,200 characters, at a confidence of 0.7 and more, of which
  /// three may be episodes.
  public static var fae: ContextBudget {
    ContextBudget(
      1200, .characters, maximumRecords: 6, maximumByCategory: [.episode: 3],
      leastConfidence: 0.7)
  }

  /// Throws ``LociError/Code/invalidArgument`` for a size below 1.
  func validate() throws(LociError) {
    guard size >= 1 else {
      throw LociError(
        .invalidArgument, "The budget is \(size) \(unit.rawValue); it must be at least 1.")
    }
  }

  /// How much a text takes. Complexity: O(n).
  func size(of text: String) -> Int {
    switch unit {
    case .tokens: TokenEstimate.count(of: text)
    case .characters: text.count
    }
  }
}
