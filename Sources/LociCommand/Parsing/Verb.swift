/// Something that the command can do. Parsing and help both follow from this declaration.
package struct Verb: Sendable {
  /// What a verb does once its arguments are understood.
  package typealias Action = @Sendable (Session) async throws -> Void

  /// The words that name it: `["recall"]`, `["eval", "sts"]`.
  package let path: [String]
  /// What it does, in a few words for the list of verbs.
  package let summary: String
  /// More about it: paragraphs, examples.
  package let details: String
  /// Its arguments by place. Only the last may be optional or repeated.
  package let positionals: [Positional]
  /// Its own options; every verb has ``Flag/global`` besides.
  package let flags: [Flag]
  /// What it does; nil where it only holds other verbs together.
  package let action: Action?

  /// Declares a verb.
  ///
  /// - Parameter name: One word, or two where the verb belongs to another.
  package init(
    _ name: String, _ summary: String, details: String = "", positionals: [Positional] = [],
    flags: [Flag] = [], action: Action? = nil
  ) {
    path = name.split(separator: " ").map(String.init)
    self.summary = summary
    self.details = details
    self.positionals = positionals
    self.flags = flags
    self.action = action
  }

  /// The words, joined.
  package var name: String { path.joined(separator: " ") }

  /// Whether this verb belongs to another one.
  package func isPart(of verb: Verb) -> Bool {
    path.count == verb.path.count + 1 && path.starts(with: verb.path)
  }
}

/// Verbs that help lists under one title.
package struct VerbGroup: Sendable {
  /// What they have in common.
  package let title: String
  /// The verbs, in the order of help.
  package let verbs: [Verb]

  /// Makes a group.
  package init(_ title: String, _ verbs: [Verb]) {
    self.title = title
    self.verbs = verbs
  }
}

extension Flag {
  /// The options that every verb understands, before or after its name.
  package static let global: [Flag] = [
    .value("store", "FILE", "The store's file."),
    .value("model", "NAME", "The embedding model: a name of `loci models`, a folder or a hub id."),
    .value("config", "FILE", "The configuration file, instead of the user's and the project's."),
    .toggle("json", "Print JSON: one document, or one line per item of a stream."),
    .toggle("quiet", "No progress and no notes on stderr; errors still show."),
    .toggle("help", "Show this help."),
  ]
}
