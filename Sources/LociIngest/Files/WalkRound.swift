import LociCore

/// One walk through a folder, as far as it has come.
struct WalkRound {
  /// A folder that is being walked.
  private struct Place {
    let folder: OpenedFile
    /// The names from the walked folder.
    let names: [[UInt8]]
    /// The path from the top of the ignore files.
    let ignorePath: [UInt8]
    var rules: IgnoreRules
    /// Why this would be left out, had an inclusion not opened it for what is below.
    let reason: LeftOut.Reason?
  }

  /// An entry of a folder.
  private struct Entry {
    let name: [UInt8]
    let text: String
    let names: [[UInt8]]
    let ignorePath: [UInt8]
    let stamp: OpenedFile.Stamp
    var isFolder: Bool { stamp.kind == .folder }
  }

  private let walk: FolderWalk
  private(set) var findings: FolderWalk.Findings
  private static let slash = UInt8(ascii: "/")

  init(of walk: FolderWalk, _ findings: FolderWalk.Findings) {
    self.walk = walk
    self.findings = findings
  }

  /// Walks the whole folder.
  mutating func walkRoot() throws(LociError) {
    let (path, rules) = walk.selection.followsIgnoreFiles ? rulesAbove() : ([], IgnoreRules())
    try visit(
      Place(folder: findings.root, names: [], ignorePath: path, rules: rules, reason: nil))
  }

  // MARK: Ignore files

  /// The rules of the repository that the folder lies in, from its root down to the folder above,
  /// and the folder's path from that root.
  private mutating func rulesAbove() -> (path: [UInt8], rules: IgnoreRules) {
    var rules = IgnoreRules()
    let names = walk.folder.utf8.split(separator: Self.slash).map { Array($0) }
    for depth in stride(from: names.count, through: 0, by: -1) {
      guard let top = try? OpenedFile.at("/" + Self.joined(names[..<depth])),
        (try? top.stamp(of: Array(".git".utf8))) != nil
      else { continue }
      let inner = names[depth...]
      readRepositoryRules(of: top, into: &rules)
      for count in 0..<inner.count {
        let path = Self.joined(inner.prefix(count))
        guard let place = try? top.descendant(path) else { continue }
        readRules(in: place, base: Array(path.utf8), into: &rules)
      }
      return (Array(Self.joined(inner).utf8), rules)
    }
    return ([], rules)
  }

  private static func joined(_ names: some Sequence<[UInt8]>) -> String {
    String(decoding: Array(names.joined(separator: [slash])), as: UTF8.self)
  }

  private mutating func readRepositoryRules(of folder: OpenedFile, into rules: inout IgnoreRules) {
    guard (try? folder.stamp(of: Array(".git".utf8)).kind) == .folder,
      let file = try? folder.descendant(".git/info/exclude"),
      let bytes = try? file.bytes(maximum: IgnoreFile.maximumBytes)
    else { return }
    rules.add(IgnoreFile(bytes, path: file.path, base: []), isOfLoci: false)
  }

  private mutating func readRules(
    in folder: OpenedFile, base: [UInt8], into rules: inout IgnoreRules
  ) {
    for name in [IgnoreRules.names.git, IgnoreRules.names.loci] {
      let bytes = Array(name.utf8)
      guard (try? folder.stamp(of: bytes).kind) == .file else { continue }
      do throws(LociError) {
        let file = try folder.child(bytes)
        rules.add(
          IgnoreFile(
            try file.bytes(maximum: IgnoreFile.maximumBytes), path: file.path, base: base),
          isOfLoci: name == IgnoreRules.names.loci)
      } catch {
        findings.skipped.append(.init(path: path(folder.path, name), reason: error))
      }
    }
  }

  // MARK: Folders and files

  private mutating func visit(_ place: Place) throws(LociError) {
    let names = try place.folder.names()
    findings.folders.append(Self.joined(place.names[...]))
    if names.isEmpty { findings.emptyFolders.append(place.folder.path) }
    var place = place
    if walk.selection.followsIgnoreFiles {
      readRules(in: place.folder, base: place.ignorePath, into: &place.rules)
    }
    for name in names where findings.files.count <= walk.limits.files && !Task.isCancelled {
      guard let text = String(validating: name, as: UTF8.self) else {
        let shown = path(place.folder.path, String(decoding: name, as: UTF8.self))
        findings.skipped.append(
          .init(
            path: shown,
            reason: LociError(
              .unsupported, "The name of \(shown) is not valid UTF-8.", remedy: "Rename it.")))
        continue
      }
      do throws(LociError) {
        try visit(name, text, in: place)
      } catch {
        findings.skipped.append(.init(path: path(place.folder.path, text), reason: error))
      }
    }
  }

  private mutating func visit(_ name: [UInt8], _ text: String, in place: Place) throws(LociError) {
    let stamp = try place.folder.stamp(of: name)
    let kind = stamp.kind
    let entry = Entry(
      name: name, text: text, names: place.names + [name],
      ignorePath: place.ignorePath.isEmpty ? name : place.ignorePath + [Self.slash] + name,
      stamp: stamp)
    let reach = walk.selection.reach(entry.names, isFolder: entry.isFolder)
    let reason = reason(for: entry, reach, in: place)
    if reason == nil, entry.isFolder || kind == .file, isWanted(entry, reach) {
      try FileName.check(name: text, at: path(place.folder.path, text))
    }
    switch kind {
    case .folder where reason == nil || (reason != .excluded && reach == .below):
      try descend(into: entry, from: place, reason: reason)
    case .file where reason == nil: take(entry, isIncluded: reach == .whole, in: place)
    case .link where reason != .excluded: leave(entry, in: place, .symbolicLink)
    case .other where reason == nil: leave(entry, in: place, .noPlainFile)
    default: if let reason { leave(entry, in: place, reason) }
    }
  }

  /// Why an entry is left out; nil where it is taken as far as its name goes.
  private func reason(
    for entry: Entry, _ reach: PathPattern.Reach, in place: Place
  ) -> LeftOut.Reason? {
    if walk.selection.excludes(entry.names, isFolder: entry.isFolder) { return .excluded }
    if reach == .whole { return nil }
    if let reason = place.reason { return reason }
    if entry.name.first == UInt8(ascii: ".") { return .hidden }
    let verdict = place.rules.verdict(on: entry.ignorePath, isFolder: entry.isFolder)
    if case .leavesOut(let file) = verdict { return .ignored(by: file) }
    guard entry.isFolder, FolderWalk.ignoredFolders.contains(entry.text.lowercased()) else {
      return nil
    }
    if case .takes = place.rules.ownVerdict(on: entry.ignorePath, isFolder: true) { return nil }
    return .madeByTools
  }

  private mutating func descend(
    into entry: Entry, from place: Place, reason: LeftOut.Reason?
  ) throws(LociError) {
    guard entry.names.count < walk.limits.depth else {
      throw LociError(
        .invalidArgument,
        "\(path(place.folder.path, entry.text)) is more than \(walk.limits.depth) folders deep.",
        remedy: "Ingest it by itself.")
    }
    try visit(
      Place(
        folder: place.folder.child(entry.name), names: entry.names, ignorePath: entry.ignorePath,
        rules: place.rules, reason: reason))
  }

  /// Whether a folder is opened, or a file taken, as far as its name goes.
  private func isWanted(_ entry: Entry, _ reach: PathPattern.Reach) -> Bool {
    entry.isFolder || reach == .whole || TextFormat(fileName: entry.text) != nil
  }

  private mutating func take(_ entry: Entry, isIncluded: Bool, in place: Place) {
    let format = TextFormat(fileName: entry.text)
    guard format != nil || isIncluded else {
      findings.otherEndings[Self.ending(of: entry.name), default: 0] += 1
      return
    }
    findings.files.append(
      .init(
        uri: path(place.folder.path, entry.text),
        relativePath: Self.joined(entry.names),
        format: format ?? .plain, promisesText: format != nil, stamp: entry.stamp))
  }

  private mutating func leave(_ entry: Entry, in place: Place, _ reason: LeftOut.Reason) {
    findings.leftOut.append(
      LeftOut(
        path: path(place.folder.path, entry.text), isFolder: entry.isFolder, reason: reason))
  }

  private static func ending(of name: [UInt8]) -> String {
    guard let dot = name.lastIndex(of: UInt8(ascii: ".")) else { return "" }
    return String(decoding: name[(dot + 1)...], as: UTF8.self).lowercased()
  }

  private func path(_ folder: String, _ name: String) -> String {
    folder == "/" ? "/" + name : folder + "/" + name
  }
}
