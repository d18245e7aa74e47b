/// Help texts, made from the declarations of verbs. Pure.
package enum Help {
  /// How a verb is called.
  package static func usage(of verb: Verb) -> String {
    (["loci", verb.name] + verb.positionals.map(\.usage) + ["[options]"]).joined(separator: " ")
  }

  /// Help on one verb.
  package static func text(on verb: Verb, among verbs: [Verb]) -> String {
    let parts = verbs.filter { $0.isPart(of: verb) }
    var sections = ["loci \(verb.name): \(verb.summary)"]
    if verb.action != nil { sections.append("Usage: \(usage(of: verb))") }
    if !verb.details.isEmpty { sections.append(verb.details) }
    sections.append(table("Verbs", parts.map { ("\($0.name)", $0.summary) }))
    sections.append(table("Arguments", verb.positionals.map { ($0.name, $0.summary) }))
    sections.append(table("Options", verb.flags.map { ($0.usage, $0.summary) }))
    sections.append(table("Options of every verb", Flag.global.map { ($0.usage, $0.summary) }))
    return sections.filter { !$0.isEmpty }.joined(separator: "\n\n")
  }

  /// Help on the whole command.
  package static func text(on verbs: [Verb]) -> String {
    let top = verbs.filter { $0.path.count == 1 }
    return [
      "loci: a semantic memory that stays on this machine",
      "Usage: loci VERB [arguments] [options]",
      table("Verbs", top.map { ($0.name, $0.summary) }),
      table("Options of every verb", Flag.global.map { ($0.usage, $0.summary) }),
      "`loci help VERB` tells more. Exit status: 0 done, 1 failed, 2 not understood, 3 done, but "
        + "something was skipped.",
    ].joined(separator: "\n\n")
  }

  // Long left sides get a line of their own, so that the right side keeps its room.
  private static func table(_ title: String, _ rows: [(left: String, right: String)]) -> String {
    guard !rows.isEmpty else { return "" }
    let width = min(24, rows.map(\.left.count).max() ?? 0)
    let lines = rows.flatMap { row in
      let right = Wrap.lines(of: row.right, width: 96 - width)
      let padding = String(repeating: " ", count: width + 4)
      let fits = row.left.count <= width
      let head = fits ? [] : ["  " + row.left]
      return head
        + right.enumerated().map { index, text in
          fits && index == 0
            ? "  " + row.left + String(repeating: " ", count: width + 2 - row.left.count) + text
            : padding + text
        }
    }
    return ([title] + lines).joined(separator: "\n")
  }
}
