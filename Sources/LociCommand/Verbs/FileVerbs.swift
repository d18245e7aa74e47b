import Foundation
import Loci
import LociJSON
import LociWire

/// The verbs for ingested files and their versions.
enum FileVerbs {
  static let all = [list, versions, show, forget]

  private static let file = Positional("PATH", .one, "The file, which need not be there any more.")

  private static let list = Verb(
    "files", ListFilesOperation.summary,
    details: """
      Ingesting keeps what a file said: the text that it has now, and its earlier versions, as many
      as files.versions and files.mebibytes say. A file that is moved or renamed keeps them; one
      that is gone from its folder keeps them until it is forgotten.

        loci files
        loci files versions docs/guide.md
        loci files show docs/guide.md --version 2
        loci files forget docs/guide.md
      """,
    flags: [.namespace] + Flag.of(ListFilesOperation.self),
    action: { session in
      var list = ListFilesOperation()
      try session.arguments.read(into: &list)
      let answer = try await session.run(list)
      for file in answer.files { try session.console.showItem(file.json, file.text) }
      if answer.files.isEmpty { session.console.note("No files were ingested here.") }
      if let next = answer.next { session.console.note("There may be more: --after \(next)") }
    })

  private static let versions = Verb(
    "files versions", FileVersionsOperation.summary, positionals: [file], flags: [.namespace],
    action: { session in
      var versions = FileVersionsOperation()
      versions.path = session.arguments.positionals[0]
      let file = try await session.run(versions)
      try session.console.show(file.json, file.versionsText)
    })

  private static let show = Verb(
    "files show", ShowFileOperation.summary,
    details: """
      Every line ends with a line feed, whatever it ended with in the file. Characters that would
      steer a terminal are shown as escapes; --json has the text as it is.
      """,
    positionals: [file],
    flags: [.namespace] + Flag.of(ShowFileOperation.self, except: ["path"]),
    action: { session in
      var show = ShowFileOperation()
      show.path = session.arguments.positionals[0]
      try session.arguments.read(into: &show)
      let text = try await session.run(show)
      if session.console.isJSON {
        try session.console.print((["text": .string(text)] as JSON).document)
      } else {
        try session.console.write(text)
      }
    })

  private static let forget = Verb(
    "files forget", ForgetFilesOperation.summary,
    details: "Exit status 1 where nothing is kept of it.",
    positionals: [file],
    flags: [.namespace] + Flag.of(ForgetFilesOperation.self, except: ["path"]),
    action: { session in
      var forget = ForgetFilesOperation()
      forget.path = session.arguments.positionals[0]
      try session.arguments.read(into: &forget)
      let answer = try await session.run(forget)
      try session.console.show(
        answer.json,
        "Erased \(Count.of(answer.sourceCount ?? 0, "file")) with "
          + "\(Count.of(answer.recordCount, "chunk")) and every version.")
      if answer.sourceCount == 0 {
        throw LociError(
          .notFound, "No such file was ingested here.", remedy: "`loci files` lists them.")
      }
    })
}

extension IngestedFile {
  /// The file on one line.
  fileprivate var text: String {
    let last = versions.last.map { ", since \(Format.time($0.since))" } ?? ""
    let gone = vanishedAt.map { ", gone since \(Format.time($0))" } ?? ""
    return "\(Printable.line(uri))  \(Count.of(versions.count, "version"))\(last)\(gone)"
  }

  /// A line for each version.
  fileprivate var versionsText: String {
    versions.map {
      "\($0.number)  \(Format.time($0.since))  \(Count.of($0.byteCount, "byte"))"
        + ($0.isKept ? "" : "  text not kept")
    }.joined(separator: "\n")
  }
}
