public import Foundation
public import LociCore

/// What the user has looked at and said yes to: project files, by path and contents, and the places
/// and models that stores may name.
///
/// A project's `loci.toml` and a store can come from anybody. What they say of places, servers,
/// models and engines counts once it stands here. The list is a file in Loci's data folder.
public struct TrustList: Sendable {
  /// What was said yes to.
  public struct Contents: Hashable, Sendable, Codable {
    /// The SHA-256 of each trusted project file, by its real path.
    public internal(set) var files: [String: String] = [:]
    /// What each store may name, by the store's place.
    public internal(set) var stores: [String: Set<String>] = [:]
  }

  /// The file.
  public let file: URL

  /// The list in a data folder; nothing is read yet.
  public init(_ folders: Folders = Folders()) { file = folders.data.appending(path: "trust.json") }

  /// The list as it is now; empty where there is none, or where it is not what was written: then
  /// everything is asked again.
  public var contents: Contents {
    guard let data = try? Data(contentsOf: file),
      let contents = try? JSONDecoder().decode(Contents.self, from: data)
    else { return Contents() }
    return contents
  }

  /// Trusts the places and models that a store names; returns those that were not trusted before.
  func trust(_ names: [String], of store: String) throws(LociError) -> [String] {
    let known = contents.stores[store] ?? []
    let new = names.filter { !known.contains($0) }
    if !new.isEmpty { try change { $0.stores[store, default: []].formUnion(new) } }
    return new
  }

  /// Takes back what was said of a project file or a store; returns whether anything was.
  public func withdraw(_ path: String) throws(LociError) -> Bool {
    let real = TextFile.canonicalPath(of: URL(filePath: path))
    let before = contents
    guard [path, real].contains(where: { before.files[$0] != nil || before.stores[$0] != nil })
    else { return false }
    try change { contents in
      for path in [path, real] {
        contents.files[path] = nil
        contents.stores[path] = nil
      }
    }
    return true
  }

  func trusts(_ project: ProjectFile) -> Bool { contents.files[project.path] == project.hash }

  func change(_ body: (inout Contents) -> Void) throws(LociError) {
    var contents = contents
    body(&contents)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(contents) else { return }
    try PrivateFiles.replace(file.path, with: data)
  }
}
