/// The rules; each returns what breaks it, as `path:line: what to do`.
enum Rules {
  static let maximumColumns = 100
  static let maximumLines = 500

  /// What code in Sources must not say, and what to say instead.
  static let banned = [
    ("try!", "throw the error on, or catch it"),
    ("as!", "use as? and throw a LociError"),
    ("fatalError(", "throw a LociError"),
    ("preconditionFailure(", "throw a LociError"),
    ("@testable", "use package access"),
    ("nonisolated(unsafe)", "use a Mutex from Synchronization"),
    (".unsafelyUnwrapped", "unwrap it, and say what happens without"),
  ]

  /// What came to Apple's systems after macOS 15 and iOS 18, as the library's interface says, and
  /// can be named by accident.
  private static let tooNew = [
    "UTF8Span", "utf8Span", ".span", ".mutableSpan", "InlineArray", "ValidationError",
    "String(copying:", "Observations", "Task.immediate", "addImmediateTask",
    "addImmediateTaskUnlessCancelled", "escalatePriority", "withTaskPriorityEscalationHandler",
    "isIsolatingCurrentContext", "isMainExecutor",
  ]

  /// The package's oldest systems have all that is called.
  static func newerThanThePlatforms(_ file: SourceFile) -> [String] {
    guard file.path != "Sources/LociCore/Collections/Spans.swift" else { return [] }
    return numbered(file).flatMap { line in
      tooNew.filter { saysCode(line.line, $0) }.map {
        "\(file.path):\(line.number): \($0) is newer than macOS 15; see LociCore's Spans.swift"
      }
    }
  }

  /// Whether a file does on one system what it does not on another, beyond importing its library.
  static func tellsSystemsApart(_ file: SourceFile) -> Bool {
    var conditions: [Bool] = []
    for line in file.lines.map({ $0.drop { $0 == " " } }) {
      if line.hasPrefix("#if") {
        conditions.append(line.contains(#/canImport\((Glibc|Musl|Darwin)\)|os\(/#))
      } else if line.hasPrefix("#endif") {
        _ = conditions.popLast()
      } else if conditions.contains(true), !line.hasPrefix("#"), !line.isEmpty,
        imports(SourceFile(path: "", text: String(line))).isEmpty
      {
        return true
      }
    }
    return false
  }

  /// What reads a clock or chance, or waits, by itself.
  private static let surroundings = [
    "Date()", "Date.now", " .now", "(.now", "ContinuousClock.now", "ContinuousClock()",
    "SuspendingClock", "clock_gettime(", "UUID()", "SystemRandomNumberGenerator", "Task.sleep",
  ]

  /// Where that is right: where surroundings are made, and where something that no test can make
  /// wait any faster, another process or a server, is waited for.
  private static let surroundingsMayBeRead = [
    "Sources/LociCommand/", "Sources/LociCore/Surroundings/",
    "Sources/LociCore/Folders/PrivateFiles.swift", "Sources/LociEmbedding/Models/Hub/",
    "Sources/LociLance/Worker/WorkerConnection.swift",
    "Sources/LociPostgres/Connection/Wire.swift",
  ]

  /// Time, waiting and chance come as `Surroundings`.
  static func ownSurroundings(_ file: SourceFile) -> [String] {
    guard !surroundingsMayBeRead.contains(where: file.path.hasPrefix) else { return [] }
    return numbered(file).flatMap { line in
      surroundings.filter { saysCode(line.line, $0) }
        .map { "\(file.path):\(line.number): \($0) is not read here: take Surroundings" }
    }
  }

  static func columns(_ file: SourceFile) -> [String] {
    numbered(file).filter { $0.line.count > maximumColumns }
      .map { "\(file.path):\($0.number): break the line at \(maximumColumns) columns" }
  }

  static func length(_ file: SourceFile) -> [String] {
    file.lines.count <= maximumLines + 1 || file.isGenerated
      ? [] : ["\(file.path): cut the file by meaning; \(maximumLines) lines are the limit"]
  }

  static func bannedCalls(_ file: SourceFile) -> [String] {
    let printing =
      file.target == "LociCommand"
      ? [] : [("print(", "return text; only the command prints")]
    return numbered(file).flatMap { line in
      (banned + printing).filter { saysCode(line.line, $0.0) }
        .map { "\(file.path):\(line.number): \($0.0) is not used here: \($0.1)" }
    }
  }

  /// An `@unchecked Sendable` is explained in a comment beside it or above it.
  static func uncheckedSendable(_ file: SourceFile) -> [String] {
    let lines = file.lines.map { $0.drop { $0 == " " } }
    return numbered(file).filter { saysCode($0.line, "@unchecked Sendable") }
      .filter { line in
        let above = lines[..<(line.number - 1)].last { !$0.hasPrefix("@") }
        return above?.hasPrefix("//") != true && !line.line.contains("//")
      }
      .map { "\(file.path):\($0.number): say above which mechanism protects it" }
  }

  private static let folders = ["home", "root", "Users", "work"]

  /// A path that only one machine has; the home of ada stands for anybody's.
  static func absolutePaths(_ file: SourceFile) -> [String] {
    guard folders.contains(where: { file.text.contains("/\($0)/") }) else { return [] }
    return numbered(file).filter {
      $0.line.contains(#/(^|[^\w.>~\}])/(home\/(?!ada\b)|root\/|Users\/|work\/)\w/#)
    }
    .map { "\(file.path):\($0.number): no path of one machine" }
  }

  /// The modules that a file imports.
  static func imports(_ file: SourceFile) -> [String] {
    file.lines.filter { $0.contains("import ") }.compactMap { line in
      line.firstMatch(of: #/^\s*(?:(?:public|package|internal|private|@\w+)\s+)*import\s+(\w+)/#)
        .map { String($0.1) }
    }
  }

  /// Paths in Markdown links that lead to no file; web addresses and anchors are left alone.
  static func deadLinks(_ file: SourceFile, exists: (String) -> Bool) -> [String] {
    let folder = file.path.split(separator: "/").dropLast().joined(separator: "/")
    return numbered(file).flatMap { line in
      line.line.matches(of: #/\]\(([^)\s]+)\)/#).map { String($0.1) }
        .filter { !$0.contains("://") && !$0.hasPrefix("#") && !$0.hasPrefix("mailto:") }
        .filter { link in
          let path = String(link.prefix { $0 != "#" })
          return !exists(folder.isEmpty ? path : folder + "/" + path)
        }
        .map { "\(file.path):\(line.number): \($0) leads nowhere" }
    }
  }

  /// Whether a line has these words in its code, not in its comment nor as a part of a longer word.
  static func saysCode(_ line: Substring, _ words: String) -> Bool {
    let code = line.firstRange(of: "//").map { line[..<$0.lowerBound] } ?? line
    return code.ranges(of: words).contains { range in
      func isPart(_ letter: Character?) -> Bool {
        letter.map { $0.isLetter || $0.isNumber || $0 == "_" } ?? false
      }
      let (before, after) = (code[..<range.lowerBound].last, code[range.upperBound...].first)
      return !(words.first?.isLetter == true && (isPart(before) || before == "."))
        && !(isPart(words.last) && isPart(after))
    }
  }

  private static func numbered(_ file: SourceFile) -> [(number: Int, line: Substring)] {
    file.lines.enumerated().map { ($0.offset + 1, $0.element) }
  }
}
