package import Foundation
package import Loci

extension Flag {
  static let namespace = Flag.value(
    "namespace", "NAME", "The namespace; else LOCI_NAMESPACE, else the configured one.")
  static let collection = Flag.value(
    "collection", "NAME", "The collection; by default `memories`.")
  static let category = Flag.value(
    "category", "NAME", "What kind of statement it is: fact, preference, decision, ...")
  static let importance = Flag.value("importance", "1-5", "How much it matters.")
  static let confidence = Flag.value("confidence", "0-1", "How sure it is.")
  static let metadata = Flag.list(
    "metadata", "KEY=VALUE",
    "A number, true, false, or text; \"quoted\" is always text. May be given more than once.")
  static let author = Flag.value("author", "NAME", "Who says so.")

  /// The options that say which records may be seen.
  static let filters: [Flag] = [
    .list("collection", "NAME", "Only this collection; may be given more than once."),
    .list("category", "NAME", "Only this category; may be given more than once."),
    .list(
      "status", "STATUS",
      "Only this status: active (the default), superseded, invalidated, forgotten, archived, "
        + "or all; may be given more than once."),
    .list(
      "where", "CONDITION",
      "Only where the metadata fit: 'key=value', with = != < <= > >=; may be given more than "
        + "once."),
    .value("source", "URI", "Only what came from this file."),
    .value("since", "DATE", "Only from this day or time on (ISO 8601, UTC unless it says else)."),
    .value("until", "DATE", "Only up to and with this day, or before this time."),
  ]
}

extension Arguments {
  /// The filter that the options of ``Flag/filters`` ask for.
  package func filter(in namespace: Namespace) throws -> Filter {
    var filter = Filter(namespace: namespace)
    if has("collection") {
      filter.collections = Set(try values("collection") { try Record.Collection($0) })
    }
    if has("category") {
      filter.categories = Set(try values("category") { try Record.Category($0) })
    }
    if has("status") { filter.statuses = try statuses() }
    filter.metadata = try values("where").map(Self.condition)
    filter.sourceURI = value("source")
    filter.createdFrom = try value("since").map { try Self.time($0, flag: "since").start }
    filter.createdBefore = try value("until").map { try Self.time($0, flag: "until").end }
    return filter
  }

  private func statuses() throws -> Set<Record.Status>? {
    if values("status").contains("all") { return nil }
    return Set(try values("status").map { try Self.status($0) })
  }

  /// A status by its name.
  package static func status(_ text: String) throws -> Record.Status {
    guard let status = Record.Status(rawValue: text) else {
      let names = Record.Status.allCases.map(\.rawValue)
      throw UsageError(
        "--status does not know that value.",
        remedy: UsageError.intended(by: text, among: names).map { "Did you mean \($0)?" }
          ?? "Give \(names.joined(separator: ", ")).")
    }
    return status
  }

  /// The metadata of `--metadata KEY=VALUE`.
  package func metadata() throws -> Metadata {
    var metadata: Metadata = [:]
    for text in values("metadata") {
      let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, !parts[0].isEmpty else {
        throw UsageError("--metadata needs a key and a value.", remedy: "Give KEY=VALUE.")
      }
      metadata[String(parts[0])] = Self.metadataValue(parts[1])
    }
    return metadata
  }

  /// A value as somebody would type it: `true`, `4.5`, `blue`; in quotes it is text in any case.
  package static func metadataValue(_ text: some StringProtocol) -> MetadataValue {
    if text.count >= 2, text.hasPrefix("\""), text.hasSuffix("\"") {
      return .string(String(text.dropFirst().dropLast()))
    }
    if text == "true" || text == "false" { return .bool(text == "true") }
    let isNumeral = text.allSatisfy { "0123456789+-.eE".contains($0) }
    if isNumeral, let number = Double(text), number.isFinite { return .number(number) }
    return .string(String(text))
  }

  /// A condition such as `year>=2020`.
  package static func condition(_ text: String) throws -> MetadataCondition {
    let key = text.prefix { !"=!<>".contains($0) }
    let rest = text.dropFirst(key.count)
    let comparisons = MetadataCondition.Comparison.allCases
      .sorted { $0.rawValue.count > $1.rawValue.count }
    guard let comparison = comparisons.first(where: { rest.hasPrefix($0.rawValue) }),
      !key.allSatisfy(\.isWhitespace)
    else {
      throw UsageError(
        "--where needs a key, a comparison and a value.",
        remedy: "Give for example 'year>=2020' or 'colour=blue'.")
    }
    let value = rest.dropFirst(comparison.rawValue.count).trimmingCharacters(in: .whitespaces)
    return MetadataCondition(
      key.trimmingCharacters(in: .whitespaces), comparison, metadataValue(value))
  }

  /// The span of time that a day or a moment in ISO 8601 names; a moment has no length.
  package static func time(_ text: String, flag: String) throws -> (start: Date, end: Date) {
    let day = Date.ISO8601FormatStyle().year().month().day()
    if text.count == 10, let start = try? day.parse(text) {
      return (start, start.addingTimeInterval(86_400))
    }
    for style in [
      Date.ISO8601FormatStyle(), Date.ISO8601FormatStyle(includingFractionalSeconds: true),
    ] {
      for candidate in [text, text + "Z"] {
        if let moment = try? style.parse(candidate) { return (moment, moment) }
      }
    }
    throw UsageError(
      "--\(flag) needs a day or a time.",
      remedy: "Give for example 2026-11-20 or 2026-11-20T15:30:00Z.")
  }
}
