/// Package.swift read as a map: which target may import which.
struct House {
  /// A target and what it depends on, in the order of Package.swift.
  struct Room: Equatable {
    let name: String
    let dependencies: [String]
  }

  let rooms: [Room]

  /// Reads the manifest's text: `room("A", over: ["B"])`, `tests(…)` and `.target(name: "A", …)`.
  init(manifest: String) {
    let targets = manifest.firstRange(of: "targets: [\n").map { manifest[$0.upperBound...] } ?? ""
    let call = #/(?:room|tests|\.target|\.executableTarget|\.systemLibrary)\(\s*(?:name: )?"(\w+)"/#
    let starts = targets.matches(of: call)
    rooms = starts.enumerated().map { index, start in
      let end = index + 1 < starts.count ? starts[index + 1].range.lowerBound : targets.endIndex
      let rest = targets[start.range.upperBound..<end]
      let list = rest.firstMatch(of: #/(?:over|dependencies): \[([^\]]*)\]/#)?.1 ?? ""
      return Room(
        name: String(start.1), dependencies: list.matches(of: #/"(\w+)"/#).map { String($0.1) })
    }
  }

  /// Dependencies that are not listed above the target that has them.
  var outOfOrder: [String] {
    rooms.enumerated().flatMap { index, room in
      room.dependencies.filter { name in !rooms[..<index].contains { $0.name == name } }
        .map { "\(room.name) depends on \($0), which is not listed above it" }
    }
  }

  /// A target's dependencies and theirs.
  private func reachable(from room: Room) -> Set<String> {
    room.dependencies.reduce(into: Set(room.dependencies)) { all, name in
      if let next = rooms.first(where: { $0.name == name }) { all.formUnion(reachable(from: next)) }
    }
  }

  /// What a file imports of the house without its target being allowed to. A test may look at all
  /// that lies below what it tests.
  func forbiddenImports(_ file: SourceFile) -> [String] {
    guard let room = rooms.first(where: { $0.name == file.target }) else { return [] }
    let allowed =
      file.path.hasPrefix("Tests/") ? reachable(from: room) : Set(room.dependencies)
    return Rules.imports(file)
      .filter { module in rooms.contains { $0.name == module } && module != room.name }
      .filter { !allowed.contains($0) }
      .map { "\(file.path): \(room.name) must not import \($0); see Package.swift" }
  }
}
