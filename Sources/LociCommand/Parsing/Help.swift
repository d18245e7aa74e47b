/// Help texts, made from the declarations of verbs. Pure.
package enum Help {
  /// How a verb is called.
  package static func usage(of verb: Verb) -> String {
    (["loci", verb.name] + verb.positionals.map(\.usage) + ["[options]"]).joined(separator: " ")
  }

  /// What somebody sees who types the command's name alone.
  package static func introduction(width: Int = 80) -> String {
    let page = Page(width: width)
    return page.text([
      page.filled("loci: a semantic memory that stays on this machine"),
      page.table(
        "Begin with",
        [
          ("loci remember \"Alice prefers tea\"", "remember a text"),
          ("loci ingest docs/", "take in a folder of documents"),
          ("loci recall \"what does Alice drink?\"", "find what is relevant"),
          ("loci status", "show what the memory holds"),
        ], leftWidth: 40),
      page.filled("`loci help` lists every verb, and `loci help VERB` tells more about one."),
    ])
  }

  /// Help on one verb.
  ///
  /// - Parameter width: The columns of a line; what can't be broken may be longer.
  package static func text(on verb: Verb, among verbs: [Verb], width: Int = 80) -> String {
    let page = Page(width: width)
    let parts = verbs.filter { $0.isPart(of: verb) }
    return page.text([
      page.filled("loci \(verb.name): \(verb.summary)"),
      verb.action == nil ? "" : page.filled("Usage: \(usage(of: verb))"),
      page.paragraphs(verb.details),
      page.table("Verbs", parts.map { ($0.name, $0.summary) }),
      page.table("Arguments", verb.positionals.map { ($0.name, $0.summary) }),
      page.table("Options", verb.flags.map { ($0.usage, $0.summary) }),
      page.table("Options of every verb", Flag.global.map { ($0.usage, $0.summary) }),
    ])
  }

  /// Help on the whole command.
  package static func text(on groups: [VerbGroup], width: Int = 80) -> String {
    let page = Page(width: width)
    let widest = groups.flatMap(\.verbs).filter { $0.path.count == 1 }.map(\.name.count).max()
    return page.text(
      [
        page.filled("loci: a semantic memory that stays on this machine"),
        page.filled("Usage: loci VERB [arguments] [options]"),
      ]
        + groups.map { group in
          let top = group.verbs.filter { $0.path.count == 1 }
          return page.table(group.title, top.map { ($0.name, $0.summary) }, leftWidth: widest)
        } + [
          page.table("Options of every verb", Flag.global.map { ($0.usage, $0.summary) }),
          page.filled(
            "`loci help VERB` tells more. Exit status: 0 done, 1 failed, 2 not understood, 3 done, "
              + "but something was skipped."),
        ])
  }

  /// Help on a command whose verbs are in no groups.
  package static func text(on verbs: [Verb], width: Int = 80) -> String {
    text(on: [VerbGroup("Verbs", verbs)], width: width)
  }
}

/// A page of help of a certain width.
private struct Page {
  let width: Int

  init(width: Int) { self.width = max(8, width) }

  func text(_ sections: [String]) -> String {
    sections.filter { !$0.isEmpty }.joined(separator: "\n\n")
  }

  func filled(_ text: String) -> String {
    Wrap.lines(of: text, width: width, breaksWords: false).joined(separator: "\n")
  }

  /// Paragraphs are filled; examples, which are indented, keep their lines.
  func paragraphs(_ text: String) -> String {
    text.split(separator: "\n\n").map { part in
      part.hasPrefix(" ") ? String(part) : filled(String(part))
    }.joined(separator: "\n\n")
  }

  /// Two columns; a long left side gets a line of its own, so that the right side keeps its room,
  /// and on a narrow page each does.
  func table(
    _ title: String, _ rows: [(left: String, right: String)], leftWidth: Int? = nil
  ) -> String {
    guard !rows.isEmpty else { return "" }
    let widest = leftWidth ?? min(24, rows.map(\.left.count).max() ?? 0)
    let left = width - widest - 4 < 24 ? 0 : widest
    let padding = String(repeating: " ", count: left + 4)
    let lines = rows.flatMap { row in
      let right = Wrap.lines(of: row.right, width: width - left - 4, breaksWords: false)
      guard row.left.count <= left, let first = right.first else {
        return ["  " + row.left] + right.map { padding + $0 }
      }
      let gap = String(repeating: " ", count: left + 2 - row.left.count)
      return ["  " + row.left + gap + first] + right.dropFirst().map { padding + $0 }
    }
    return ([filled(title)] + lines).joined(separator: "\n")
  }
}
