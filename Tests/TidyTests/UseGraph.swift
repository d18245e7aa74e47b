/// Which folders or files of one target use each other's types, by their names: a rule of thumb
/// that needs no compiler. The files beside the folders are one more group.
struct UseGraph {
  /// For each group the groups whose types it names, each with an example.
  private var uses: [String: [String: String]] = [:]

  /// Reads the Swift files of one target.
  ///
  /// - Parameter group: What a file belongs to; by default its folder.
  init(of files: [SourceFile], by group: (SourceFile) -> String = \.folder) {
    var owners: [String: Set<String>] = [:]
    for file in files {
      for name in Self.declared(in: file) { owners[name, default: []].insert(group(file)) }
    }
    for file in files {
      for name in Self.named(in: file) {
        guard let groups = owners[name], groups.count == 1, let owner = groups.first,
          owner != group(file)
        else { continue }
        uses[group(file), default: [:]][owner] = "\(file.name) names \(name)"
      }
    }
  }

  /// The uses that lead back to where they come from, a sentence each.
  var circles: [String] {
    uses.keys.sorted().flatMap { folder in
      (uses[folder] ?? [:]).sorted { $0.key < $1.key }
        .filter { reachable(from: $0.key).contains(folder) }
        .map { "\(folder) and \($0.key) use each other: \($0.value)" }
    }
  }

  /// The groups that use each other, those of each circle sorted.
  var groupsInCircles: [[String]] {
    let circles = uses.keys.map { group in
      reachable(from: group).filter { reachable(from: $0).contains(group) }
    }
    return Set(circles).filter { $0.count > 1 }.map { $0.sorted() }.sorted { $0[0] < $1[0] }
  }

  private func reachable(from folder: String) -> Set<String> {
    var (found, waiting) = (Set<String>(), [folder])
    while let next = waiting.popLast() {
      for other in (uses[next] ?? [:]).keys where found.insert(other).inserted {
        waiting.append(other)
      }
    }
    return found
  }

  private static let kinds = ["struct", "enum", "class", "actor", "protocol", "typealias"]
  private static let modifiers: Set<Substring> = ["public", "package", "final", "indirect"]

  /// Types at the top of a file that other files may name.
  private static func declared(in file: SourceFile) -> [String] {
    file.lines.compactMap { line in
      let words = line.split(separator: " ").drop { modifiers.contains($0) }
      guard line.first != " ", let kind = words.first, kinds.contains(String(kind)) else {
        return nil
      }
      return words.dropFirst().first.map { String($0.prefix { $0.isLetter || $0.isNumber }) }
    }
  }

  private static func named(in file: SourceFile) -> Set<String> {
    Set(
      file.lines.flatMap { line in
        let code = line.firstRange(of: "//").map { line[..<$0.lowerBound] } ?? line
        return code.replacing(#/"(?:\\.|[^"\\])*"/#, with: "").matches(
          of: #/(?:^|[^\w.])([A-Z]\w*)/#
        )
        .map { String($0.1) }
      })
  }
}

extension SourceFile {
  /// `Sources/LociIndex/Codes/…` gives `Codes`; a file beside the folders the target's name.
  fileprivate var folder: String {
    let parts = path.split(separator: "/")
    return String(parts.count > 3 ? parts[2] : parts[1])
  }
}
