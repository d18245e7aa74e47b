public import Foundation

/// One thing that is remembered. The log of records is the truth; vectors are made from it.
public struct Record: Identifiable, Hashable, Sendable {
  /// A typed set of records in a namespace: memories, chunks, and whatever an app adds.
  public struct Collection: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The name.
    public let name: String

    /// Makes a collection, or throws ``LociError/Code/invalidArgument``.
    public init(_ name: String) throws(LociError) {
      self.name = try Name.validate(name, as: "collection")
    }

    private init(unchecked name: String) { self.name = name }

    /// What was remembered one by one.
    public static let memories = Collection(unchecked: "memories")
    /// Pieces of ingested files.
    public static let chunks = Collection(unchecked: "chunks")
    /// What an author shares with others.
    public static let shared = Collection(unchecked: "shared")
    /// What happened from beginning to end, and what was said in it.
    public static let episodes = Collection(unchecked: "episodes")

    /// The name.
    public var description: String { name }

    /// Compares UTF-8 bytes.
    public static func == (left: Collection, right: Collection) -> Bool {
      Name.areEqual(left.name, right.name)
    }

    /// Orders by UTF-8 bytes.
    public static func < (left: Collection, right: Collection) -> Bool {
      left.name.utf8.lexicographicallyPrecedes(right.name.utf8)
    }
  }

  /// Where a record is in its life.
  public enum Status: String, Hashable, Sendable, Codable, CaseIterable {
    /// Recalled by default.
    case active
    /// Replaced by another record.
    case superseded
    /// Found to be wrong.
    case invalidated
    /// Hidden on request; the text stays until it is erased.
    case forgotten
    /// Put away by age.
    case archived
  }

  /// What kind of statement a memory is. Any short name; the usual ones have constants.
  public struct Category: Hashable, Sendable, CustomStringConvertible {
    /// The name.
    public let name: String

    /// Makes a category, or throws ``LociError/Code/invalidArgument``.
    public init(_ name: String) throws(LociError) {
      self.name = try Name.validate(name, as: "category")
    }

    private init(unchecked name: String) { self.name = name }

    /// Compares UTF-8 bytes.
    public static func == (left: Category, right: Category) -> Bool {
      Name.areEqual(left.name, right.name)
    }

    /// Something that is so.
    public static let fact = Category(unchecked: "fact")
    /// Something somebody likes or wants.
    public static let preference = Category(unchecked: "preference")
    /// Something that was decided.
    public static let decision = Category(unchecked: "decision")
    /// Circumstances.
    public static let context = Category(unchecked: "context")
    /// Something that puts an earlier statement right.
    public static let correction = Category(unchecked: "correction")
    /// Something that happened, from beginning to end.
    public static let episode = Category(unchecked: "episode")

    /// The name.
    public var description: String { name }
  }

  /// Whom a record is for; see ``Filter/reader``.
  public enum Audience: String, Hashable, Sendable, Codable, CaseIterable {
    /// Its author alone.
    case author
    /// Those who trust its author, and the author.
    case trusting
    /// Everyone who can read the namespace.
    case everyone
  }

  /// Where a piece of text came from.
  public struct Source: Hashable, Sendable {
    /// The file's path or another address.
    public var uri: String
    /// The headings above the piece, outermost first, joined by ` › `.
    public var heading: String?
    /// The lines of the piece in its file, from 1.
    public var lines: ClosedRange<Int>?

    /// Makes a source.
    ///
    /// ```swift
    /// let source = Record.Source(uri: "https://example.org/tea", heading: "Green tea")
    /// try await ada.remember("Green tea is steamed.", source: source)
    /// ```
    public init(uri: String, heading: String? = nil, lines: ClosedRange<Int>? = nil) {
      self.uri = uri
      self.heading = heading
      self.lines = lines
    }

    /// What stands between the titles of ``heading``.
    package static let separator = " › "

    /// The most UTF-8 bytes of headings that are embedded with a text: about a quarter of what the
    /// default model reads.
    private static let longestEmbeddedHeading = 200

    /// The innermost titles of a heading path, as many as are embedded with a text.
    package static func embeddedPart(ofHeading heading: String) -> String {
      var part = heading[...]
      while part.utf8.count > longestEmbeddedHeading,
        let separator = part.firstRange(of: separator)
      {
        part = part[separator.upperBound...]
      }
      return String(String.UnicodeScalarView(part.unicodeScalars.prefix(longestEmbeddedHeading)))
    }
  }

  /// What is embedded: the text under the headings that it stands under. A text without headings
  /// is embedded as it is.
  ///
  /// Parts of a file often leave out what their headings say.
  public var passage: String { Self.passage(of: text, from: source) }

  /// What is embedded of a text from a source; see ``passage``.
  package static func passage(of text: String, from source: Source?) -> String {
    guard let heading = source?.heading, !heading.isEmpty else { return text }
    return Source.embeddedPart(ofHeading: heading) + "\n\n" + text
  }

  /// The record's name, unique in its namespace.
  public let id: RecordID
  /// The isolation unit that it belongs to.
  public let namespace: Namespace
  /// The typed set that it belongs to.
  public var collection: Collection
  /// The text itself.
  public var text: String {
    didSet { contentHash = ContentHash(of: text) }
  }
  /// The SHA-256 of `text`.
  public private(set) var contentHash: ContentHash
  /// What kind of statement it is.
  public var category: Category?
  /// What the app says about it.
  public var metadata: Metadata
  /// Who said it: a name or an id that filters compare byte by byte.
  public var author: String?
  /// What people call the author.
  public var authorName: String?
  /// Whom it is for.
  public var audience: Audience
  /// Where it came from.
  public var source: Source?
  /// The whole that it is a part of, such as a file or an episode.
  public var whole: RecordID?
  /// Its place among the parts of its whole.
  public var position: Int?
  /// When that happened which it tells of.
  public var occurredAt: Date? { didSet { occurredAt = occurredAt?.wholeMilliseconds } }
  /// Since when it has been so; nil means always.
  public var validFrom: Date? { didSet { validFrom = validFrom?.wholeMilliseconds } }
  /// From when on it is not so any more; nil means never.
  public var validUntil: Date? { didSet { validUntil = validUntil?.wholeMilliseconds } }
  /// Since when it has been known; nil means since ``createdAt``.
  public var knownFrom: Date? { didSet { knownFrom = knownFrom?.wholeMilliseconds } }
  /// From when on it is not taken for known any more; nil means never.
  public var knownUntil: Date? { didSet { knownUntil = knownUntil?.wholeMilliseconds } }
  /// Where it is in its life.
  public var status: Status
  /// How much it matters, 1…5.
  public var importance: Int
  /// How sure it is, 0…1.
  public var confidence: Double
  /// When it was first stored, in whole milliseconds.
  public internal(set) var createdAt: Date
  /// When it last changed, in whole milliseconds.
  public var updatedAt: Date
  /// When it was last recalled.
  public var lastAccessedAt: Date?
  /// How often it was recalled.
  public var accessCount: Int

  /// Makes a record.
  ///
  /// - Throws: ``LociError/Code/invalidArgument`` for a blank text, an importance outside 1…5, a
  ///   confidence outside 0…1, a metadata number that is not finite, a list in a list, or a time
  ///   until which something holds that is not after the one from which it does.
  public init(
    id: RecordID, namespace: Namespace, collection: Collection = .memories, text: String,
    category: Category? = nil, metadata: Metadata = [:], author: String? = nil,
    authorName: String? = nil, audience: Audience = .everyone, source: Source? = nil,
    whole: RecordID? = nil, position: Int? = nil, occurredAt: Date? = nil,
    validFrom: Date? = nil, validUntil: Date? = nil, knownFrom: Date? = nil,
    knownUntil: Date? = nil, status: Status = .active, importance: Int = 3, confidence: Double = 1,
    createdAt: Date, updatedAt: Date? = nil, lastAccessedAt: Date? = nil, accessCount: Int = 0
  ) throws(LociError) {
    self.id = id
    self.namespace = namespace
    self.collection = collection
    self.text = text
    contentHash = ContentHash(of: text)
    self.category = category
    self.metadata = metadata
    self.author = author
    self.authorName = authorName
    self.audience = audience
    self.source = source
    self.whole = whole
    self.position = position
    self.occurredAt = occurredAt?.wholeMilliseconds
    self.validFrom = validFrom?.wholeMilliseconds
    self.validUntil = validUntil?.wholeMilliseconds
    self.knownFrom = knownFrom?.wholeMilliseconds
    self.knownUntil = knownUntil?.wholeMilliseconds
    self.status = status
    self.importance = importance
    self.confidence = confidence
    self.createdAt = createdAt.wholeMilliseconds
    self.updatedAt = (updatedAt ?? createdAt).wholeMilliseconds
    self.lastAccessedAt = lastAccessedAt?.wholeMilliseconds
    self.accessCount = accessCount
    try validate()
  }

  /// Throws ``LociError/Code/invalidArgument`` where a field is outside its range.
  public func validate() throws(LociError) {
    guard text.unicodeScalars.contains(where: { !$0.properties.isWhitespace }) else {
      throw LociError(.invalidArgument, "The text is empty; there is nothing to remember.")
    }
    guard (1...5).contains(importance) else {
      throw LociError(.invalidArgument, "Importance is \(importance); it must be 1 to 5.")
    }
    guard (0...1).contains(confidence) else {
      throw LociError(.invalidArgument, "Confidence is \(confidence); it must be 0 to 1.")
    }
    for value in metadata.values { try value.validate() }
    try Self.requireOrder(validFrom, validUntil, "valid")
    try Self.requireOrder(knownFrom, knownUntil, "known")
  }

  private static func requireOrder(
    _ from: Date?, _ until: Date?, _ what: String
  ) throws(LociError) {
    guard let from, let until, from >= until else { return }
    throw LociError(
      .invalidArgument, "A record would be \(what) until a time that is not after the one from on.")
  }
}

extension Date {
  /// The same time in whole milliseconds since 1970, the precision that every store keeps.
  public var wholeMilliseconds: Date { Date(millisecondsSince1970: millisecondsSince1970) }

  /// Milliseconds since 1970, UTC, rounded; times beyond what 64 bits hold are clamped.
  public var millisecondsSince1970: Int64 {
    Int64(exactly: (timeIntervalSince1970 * 1000).rounded())
      ?? (timeIntervalSince1970 < 0 ? .min : .max)
  }

  /// A time from milliseconds since 1970, UTC.
  public init(millisecondsSince1970 milliseconds: Int64) {
    self.init(timeIntervalSince1970: Double(milliseconds) / 1000)
  }
}
