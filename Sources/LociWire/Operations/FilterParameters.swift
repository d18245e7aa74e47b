package import LociCore
package import LociJSON

/// Which records an operation may see.
package struct FilterParameters: Sendable {
  /// Only these collections; none means all.
  package var collections: [Record.Collection] = []
  /// Only these categories; none means all.
  package var categories: [Record.Category] = []
  /// Only these statuses.
  package var statuses = Statuses()
  /// Tests of metadata; all must hold.
  package var conditions: [WireCondition] = []
  /// Only what came from this address.
  package var source: String?
  /// Stored from then on.
  package var since: CalendarTime?
  /// Stored up to and with that day, or before that time.
  package var until: CalendarTime?
  /// What happened from then on.
  package var occurredSince: CalendarTime?
  /// What happened up to and with that day, or before that time.
  package var occurredUntil: CalendarTime?
  /// What was so and known at that time.
  package var asOf: CalendarTime?
  /// Said by one of these; none means anybody.
  package var authors: [String] = []
  /// For one of these; none means all.
  package var audiences: [Record.Audience] = []
  /// Who reads, and so sees only what is for them.
  package var reader: String?
  /// Whom the reader trusts.
  package var trusted: [String] = []
  /// Only the parts of this whole.
  package var whole: RecordID?
  /// At least this important.
  package var minimumImportance: Int?
  /// At least this sure.
  package var minimumConfidence: Double?

  /// Sees the active records of every collection.
  package init() {}

  /// As a part of an operation's own.
  ///
  /// - Parameter path: Where the operation keeps them.
  package static func parameters<Operation>(
    at path: any WritableKeyPath<Operation, FilterParameters> & Sendable
  ) -> [Parameter<Operation>] { all.map { $0.lifted(to: path) } }

  private static let all: [Parameter<Self>] = [
    Parameter("collection", \.collections, "Only this collection."),
    Parameter("category", \.categories, "Only this category."),
    Parameter(
      "status", \.statuses,
      "Only this status: active (the default), superseded, invalidated, forgotten, archived, or "
        + "all."),
    Parameter("where", \.conditions, "Only where the metadata fit."),
    Parameter("source", \.source, "Only what came from this file.", kind: .text("URI")),
    Parameter("since", \.since, "Only what was stored from this day or time on."),
    Parameter(
      "until", \.until, "Only what was stored up to and with this day, or before this time."),
    Parameter("occurred_since", \.occurredSince, "Only what happened from this day or time on."),
    Parameter(
      "occurred_until", \.occurredUntil,
      "Only what happened up to and with this day, or before this time."),
    Parameter(
      "as_of", \.asOf,
      "What was so then, as it was known then, whatever its status is now; a day counts as over."),
    Parameter("author", \.authors, "Only what this author said.", kind: .list(.text("NAME"))),
    Parameter("audience", \.audiences, "Only what is for these."),
    Parameter(
      "reader", \.reader,
      "Only what this author may see: their own, what is for everyone, and what is for those who "
        + "trust an author whom they trust.", kind: .text("NAME")),
    Parameter("trusts", \.trusted, "An author whom the reader trusts.", kind: .list(.text("NAME"))),
    Parameter("whole", \.whole, "Only the parts of this whole."),
    Parameter(
      "min_importance", \.minimumImportance, "Only what matters as much.", kind: .integer(1...5)),
    Parameter(
      "min_confidence", \.minimumConfidence, "Only what is as sure.", kind: .number(0...1)),
  ]

  /// Throws where nothing could pass, or where a parameter needs another one.
  func check() throws(LociError) {
    try Self.check(since, until, "since", "until")
    try Self.check(occurredSince, occurredUntil, "occurred_since", "occurred_until")
    guard asOf == nil || statuses == Statuses() else {
      throw LociError(
        .invalidArgument, "as_of looks at times and takes no status.",
        remedy: "Leave one of them out.")
    }
    guard reader != nil || trusted.isEmpty else {
      throw LociError(
        .invalidArgument, "trusts is said of a reader, and there is none.", remedy: "Give reader.")
    }
  }

  private static func check(
    _ from: CalendarTime?, _ until: CalendarTime?, _ first: String, _ last: String
  ) throws(LociError) {
    guard let from, let until, from.start >= until.end else { return }
    throw LociError(
      .invalidArgument, "\(last) is before \(first), so nothing lies between.",
      remedy: "Exchange the two.")
  }

  /// Whether nothing narrows what is seen; all statuses are more than the active ones.
  var isEmpty: Bool {
    var narrowed = self
    if statuses.wanted == nil { narrowed.statuses = Statuses() }
    return Self.all.allSatisfy { narrowed.isUsual($0) }
  }

  private func isUsual(_ parameter: Parameter<Self>) -> Bool {
    parameter.value(in: self)?.line == parameter.value(in: Self())?.line
  }

  /// The filter that they ask for.
  package var wanted: Filter {
    var filter = Filter()
    filter.collections = collections.isEmpty ? nil : Set(collections)
    filter.categories = categories.isEmpty ? nil : Set(categories)
    filter.statuses = statuses.wanted
    filter.metadata = conditions.map(\.condition)
    filter.sourceURI = source
    (filter.createdFrom, filter.createdBefore) = (since?.start, until?.end)
    if occurredSince != nil || occurredUntil != nil {
      filter.times = [
        TimeCondition(.occurred, from: occurredSince?.start, before: occurredUntil?.end)
      ]
    }
    filter.authors = authors.isEmpty ? nil : authors
    filter.audiences = audiences.isEmpty ? nil : Set(audiences)
    filter.reader = reader.map { Filter.Reader($0, trusting: trusted) }
    filter.whole = whole
    filter.importance = minimumImportance.map { $0...5 }
    filter.confidence = minimumConfidence.map { $0...1 }
    return asOf.map { filter.asOf($0.last) } ?? filter
  }

  /// Statuses, or all of them.
  package struct Statuses: Hashable, ParameterValue {
    /// Those that may be seen; nil means all.
    package var wanted: Set<Record.Status>?

    /// Takes statuses; the active ones, if nothing is said.
    package init(_ wanted: Set<Record.Status>? = [.active]) { self.wanted = wanted }

    package static let kind = ParameterKind.list(
      .choice(Record.Status.allCases.map(\.rawValue) + ["all"]))

    package init(_ json: JSON) throws(Misfit) {
      let names = try [String](json)
      guard !names.contains("all") else { return }
      var wanted: Set<Record.Status> = []
      for name in names { wanted.insert(try Record.Status(.string(name))) }
      self.wanted = wanted
    }

    package var json: JSON {
      guard let wanted else { return ["all"] }
      return .array(Record.Status.allCases.filter(wanted.contains).map { .string($0.rawValue) })
    }
  }
}
