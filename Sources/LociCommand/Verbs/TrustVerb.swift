import Foundation
import Loci
import LociWire

/// The verb that says yes to what came from elsewhere.
enum TrustVerb {
  static let verb = Verb(
    "trust", "trust a project's loci.toml, or what a store names",
    details: """
      A project's file comes with its folder, whoever made that. Untrusted, it sets how to find and
      to cut, and a namespace of that folder's own; trusted, it sets everything, until it changes.

        loci trust                 the loci.toml of this folder or repository
        loci trust PATH            that one
        loci trust --memory        what this memory's store names elsewhere
        loci trust --list          what is trusted
        loci trust --withdraw      take it back
      """,
    positionals: [
      Positional("PATH", .optional, "A project's loci.toml, its folder, or a store's file.")
    ],
    flags: [
      .toggle("memory", "Trust what the store itself names outside of its folder."),
      .toggle("list", "Show what is trusted."), .toggle("withdraw", "Trust it no longer."),
    ],
    action: run)

  private static func run(_ session: Session) async throws {
    let arguments = session.arguments
    let list = TrustList(session.folders)
    guard ["memory", "list", "withdraw"].filter(arguments.has).count <= 1 else {
      throw UsageError("--memory, --list and --withdraw stand alone.")
    }
    if arguments.has("list") { return try show(list.contents, on: session.console) }
    if arguments.has("memory") { return try await trustMemory(session) }
    let path = try path(arguments.positionals.first, in: session)
    if arguments.has("withdraw") { return try withdraw(path, from: list, session.console) }
    let trusted = try list.trust(projectFile: path)
    try session.console.show(
      TrustAnswer.file(
        path, settings: trusted.map { (key: $0.setting.key, value: $0.shown) }
      ).json,
      "Trusted, until it changes: " + Printable.message(path) + "\n"
        + Format.table(
          trusted.map { ("  " + $0.setting.key, $0.shown) }, on: session.console))
  }

  /// The project file that is meant: the one given, that of the folder given, or that of this one.
  private static func path(_ given: String?, in session: Session) throws -> String {
    let place = URL(filePath: given ?? ".")
    var isFolder: ObjCBool = false
    let exists = unsafe FileManager.default.fileExists(atPath: place.path, isDirectory: &isFolder)
    guard exists, isFolder.boolValue else { return TextFile.canonicalPath(of: place) }
    guard let path = Configuration.projectFile(for: place) else {
      throw LociError(
        .notFound, "There is no loci.toml in this folder, nor above it in its repository.",
        remedy: "Name one, or see `loci help trust`.")
    }
    return TextFile.canonicalPath(of: URL(filePath: path))
  }

  private static func trustMemory(_ session: Session) async throws {
    let memory = try await session.memory(session.configuration(), access: .reading)
    let names = try await memory.trustPlacement()
    try session.console.show(
      TrustAnswer.names(names).json,
      names.isEmpty
        ? "This memory names nothing that needs trust."
        : "Trusted: " + names.map { Printable.message($0) }.joined(separator: ", "))
  }

  private static func withdraw(_ path: String, from list: TrustList, _ console: Console) throws {
    guard try list.withdraw(path) else {
      throw LociError(.notFound, "\(path) was not trusted.", remedy: "See `loci trust --list`.")
    }
    try console.show(
      TrustAnswer.withdrawn(path).json, "No longer trusted: " + Printable.message(path))
  }

  private static func show(_ contents: TrustList.Contents, on console: Console) throws {
    let files = contents.files.keys.sorted()
    let stores = contents.stores.sorted { $0.key < $1.key }
    let rows =
      files.map { (name: "file", value: $0) }
      + stores.map {
        (name: "store", value: "\($0.key): \($0.value.sorted().joined(separator: ", "))")
      }
    try console.show(
      TrustAnswer.list(
        files: files, stores: stores.map { (key: $0.key, value: $0.value.sorted()) }
      ).json,
      rows.isEmpty ? "Nothing is trusted." : Format.table(rows, on: console))
  }
}

extension Configuration.Entry {
  fileprivate var shown: String { value?.description ?? "automatic" }
}
