import Foundation
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
    "true, false, a number if it is printed with the same digits, else text; \"quoted\" is always "
      + "text. May be given more than once.")
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
      "Only where the metadata fit: 'key=value', with = != < <= > >=; a key or a value in double "
        + "quotes is taken as it is. May be given more than once."),
    .value("source", "URI", "Only what came from this file."),
    .value("since", "DATE", "Only from this day or time on (ISO 8601, UTC unless it says else)."),
    .value("until", "DATE", "Only up to and with this day, or before this time."),
  ]
}

extension Arguments {
  /// The filter that the options of ``Flag/filters`` ask for.
  package func filter() throws -> Filter {
    var filter = Filter()
    if has("collection") {
      filter.collections = Set(try values("collection") { try Record.Collection($0) })
    }
    if has("category") {
      filter.categories = Set(try values("category") { try Record.Category($0) })
    }
    if has("status") { filter.statuses = try statuses() }
    filter.metadata = try values("where").map(Self.condition)
    filter.sourceURI = value("source").map(Self.source)
    filter.createdFrom = try value("since").map { try Self.time($0, flag: "since").start }
    filter.createdBefore = try value("until").map { try Self.time($0, flag: "until").end }
    if let from = filter.createdFrom, let before = filter.createdBefore, from >= before {
      throw UsageError(
        "--until is before --since, so nothing lies between.", remedy: "Exchange the two.")
    }
    return filter
  }

  /// A file that is there by the address that its chunks have; else what an app calls a source.
  private static func source(_ text: String) -> String {
    FileManager.default.fileExists(atPath: text)
      ? TextFile.canonicalPath(of: URL(filePath: text)) : text
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
}
