import Foundation
import Testing

/// The house rules that a compiler does not hold. Each rule is also shown to be able to fail.
@Suite("Tidy")
struct TidyTests {
  private let tree: SourceTree

  init() throws { tree = try SourceTree() }

  private var code: [SourceFile] {
    tree.files.filter { $0.has("swift", "c", "h", "cpp", "py") || $0.path.hasPrefix("Scripts/") }
  }

  private func expectNone(_ findings: [String]) {
    #expect(findings.isEmpty, "\(findings.joined(separator: "\n"))")
  }

  @Test("The tree that is checked is the project's")
  func treeIsFound() {
    #expect(tree.files.contains { $0.path == "Package.swift" })
    #expect(tree.files(under: "Sources").count > 20)
  }

  @Test("No line of code is longer than 100 columns")
  func columns() {
    expectNone(code.filter { !$0.isGenerated }.flatMap(Rules.columns))
    let long = SourceFile(path: "a.swift", text: "short\n" + String(repeating: "x", count: 101))
    #expect(Rules.columns(long) == ["a.swift:2: break the line at 100 columns"])
  }

  @Test("No file is longer than 500 lines, generated tables excepted")
  func lengths() {
    expectNone(code.flatMap(Rules.length))
    let lines = String(repeating: "x\n", count: 501)
    #expect(Rules.length(SourceFile(path: "a.swift", text: lines)).count == 1)
    #expect(
      Rules.length(SourceFile(path: "a.swift", text: "// Written by Scripts/x\n" + lines)).isEmpty)
  }

  @Test("Sources make no banned call")
  func bannedCalls() {
    expectNone(tree.files(under: "Sources").filter { $0.has("swift") }.flatMap(Rules.bannedCalls))
    let bad = "let a = try! b() // try!\n// fatalError()\nprint(a)\nfootprint(a)\n"
    #expect(Rules.bannedCalls(SourceFile(path: "Sources/Loci/a.swift", text: bad)).count == 2)
    #expect(
      Rules.bannedCalls(SourceFile(path: "Sources/LociCommand/a.swift", text: bad)).count == 1)
    let member = SourceFile(path: "Sources/Loci/a.swift", text: "a.unsafelyUnwrapped.b()\n")
    #expect(Rules.bannedCalls(member).count == 1)
  }

  @Test("Nothing reads a clock or chance by itself")
  func ownSurroundings() {
    expectNone(
      tree.files(under: "Sources").filter { $0.has("swift") }.flatMap(Rules.ownSurroundings))
    let bad = "let a = .now + wait\nlet b = Date()\nlet c = clock.now\nlet d = surroundings.now()\n"
    #expect(Rules.ownSurroundings(SourceFile(path: "Sources/Loci/a.swift", text: bad)).count == 2)
    #expect(
      Rules.ownSurroundings(SourceFile(path: "Sources/LociCommand/a.swift", text: bad)).isEmpty)
  }

  @Test("Sources need no system newer than the package declares")
  func platforms() {
    expectNone(
      tree.files(under: "Sources").filter { $0.has("swift") }.flatMap(Rules.newerThanThePlatforms))
    let bad = "let a = b.span\nlet c: InlineArray<2, Int>\nlet d = b.spans // b.span\n"
    #expect(
      Rules.newerThanThePlatforms(SourceFile(path: "Sources/Loci/a.swift", text: bad)).count == 2)
  }

  @Test("One file of a target tells the systems apart, at most")
  func systems() {
    let files = tree.files(under: "Sources").filter { $0.has("swift") }
    let telling = Dictionary(
      grouping: files.filter(Rules.tellsSystemsApart), by: { $0.target ?? "" })
    for (target, files) in telling {
      #expect(files.count == 1, "\(target): \(files.map(\.path))")
    }
    #expect(telling["LociIngest"]?.count == 1)
    let imports = "#if canImport(Glibc)\n  import Glibc\n#else\n  import Darwin\n#endif\n"
    #expect(!Rules.tellsSystemsApart(SourceFile(path: "a.swift", text: imports + "f()\n")))
    let call = "#if canImport(Glibc)\n  f()\n#endif\n"
    #expect(Rules.tellsSystemsApart(SourceFile(path: "a.swift", text: call)))
  }

  @Test("Every unchecked Sendable says what protects it")
  func uncheckedSendable() {
    expectNone(
      tree.files.filter { $0.has("swift") && !$0.path.hasPrefix("Tests/TidyTests/") }
        .flatMap(Rules.uncheckedSendable))
    let declaration = "final class A: @unchecked Sendable {}"
    #expect(Rules.uncheckedSendable(SourceFile(path: "a.swift", text: declaration)).count == 1)
    let explained = SourceFile(path: "a.swift", text: "// Its queue is serial.\n" + declaration)
    #expect(Rules.uncheckedSendable(explained).isEmpty)
  }

  /// A test may ask the library itself what is right.
  @Test("Each C library is imported by exactly one Swift target of Sources")
  func cLibraries() {
    let libraries = Set(
      tree.files(under: "Sources").compactMap(\.target).filter {
        $0.wholeMatch(of: #/C[A-Z]\w*/#) != nil
      })
    for library in libraries.sorted() {
      let importers = Set(
        tree.files(under: "Sources")
          .filter { $0.has("swift") && Rules.imports($0).contains(library) }
          .compactMap(\.target))
      #expect(importers.count == 1, "\(library) is imported by \(importers.sorted())")
    }
    #expect(libraries.contains("CSQLite"))
  }

  @Test("A target imports only what Package.swift allows, and that stands above it")
  func houseOrder() throws {
    let manifest = try #require(tree.files.first { $0.path == "Package.swift" })
    let house = House(manifest: manifest.text)
    expectNone(house.outOfOrder)
    expectNone(tree.files.filter { $0.has("swift") }.flatMap(house.forbiddenImports))

    let small = House(manifest: "targets: [\nroom(\"A\"), room(\"B\", over: [\"A\", \"D\"])]")
    #expect(small.rooms.map(\.name) == ["A", "B"])
    #expect(small.outOfOrder.count == 1)
    let upstairs = SourceFile(path: "Sources/A/a.swift", text: "public import B\n")
    #expect(small.forbiddenImports(upstairs).count == 1)
  }

  /// Rooms whose folders still go in a circle; none may be added.
  private static let circular: Set<String> = []

  private var rooms: [String: [SourceFile]] {
    Dictionary(
      grouping: tree.files(under: "Sources").filter { $0.has("swift") }, by: { $0.target ?? "" })
  }

  @Test("No folders of one room use each other in a circle")
  func folders() {
    for (room, files) in rooms where !Self.circular.contains(room) {
      expectNone(UseGraph(of: files).circles.map { "\(room): \($0)" })
    }

    let low = SourceFile(path: "Sources/A/Low/a.swift", text: "struct Low { let up: High? }\n")
    let high = SourceFile(path: "Sources/A/High/b.swift", text: "class High: Low {}\n")
    let quiet = SourceFile(path: "Sources/A/Low/a.swift", text: "struct Low {} // High, \"High\"\n")
    #expect(UseGraph(of: [low, high]).circles.count == 2)
    #expect(UseGraph(of: [quiet, high]).circles.isEmpty)
  }

  @Test("At most four files of one room use each other in a circle")
  func fileCircles() {
    for (room, files) in rooms {
      let circles = UseGraph(of: files, by: \.path).groupsInCircles.filter { $0.count > 4 }
      expectNone(circles.map { "\(room): \($0.count) files use each other: \($0)" })
    }
    for count in [4, 5] {
      let circle = (0..<count).map { number in
        SourceFile(
          path: "Sources/A/\(number).swift",
          text: "struct S\(number) { let next: S\((number + 1) % count)? }\n")
      }
      let apart = SourceFile(path: "Sources/A/b.swift", text: "struct Apart { let first: S0 }\n")
      let found = UseGraph(of: circle + [apart], by: \.path).groupsInCircles
      #expect(found == [circle.map(\.path)])
    }
  }

  @Test("No file names a folder of one machine")
  func absolutePaths() {
    expectNone(tree.files.filter { !$0.isGenerated }.flatMap(Rules.absolutePaths))
    let path = ["", "home", "eve"].joined(separator: "/")
    #expect(Rules.absolutePaths(SourceFile(path: "a", text: "see \(path)")).count == 1)
    #expect(Rules.absolutePaths(SourceFile(path: "a", text: "https://x.org\(path)")).isEmpty)
    #expect(Rules.absolutePaths(SourceFile(path: "a", text: "/home/ada/notes")).isEmpty)
  }

  @Test("No store names a record's field, but where its schema is laid down")
  func fields() {
    let stores = ["LociSQLite", "LociPostgres", "LociLance", "LociSimulation"]
    let files = stores.flatMap { tree.files(under: "Sources/\($0)") }
      .filter { !$0.path.contains("/Schema/") }
    for field in ["known_until", "knownUntil", "author_name", "authorName", "confidence"] {
      let named = files.filter { $0.text.contains(field) }.map(\.path)
      #expect(named.isEmpty, "\(field): list it in LociSQL, and loop over that: \(named)")
    }
  }

  @Test("Every link in the documentation leads to a file")
  func links() {
    let exists = { (path: String) in
      FileManager.default.fileExists(atPath: SourceTree.root.appending(path: path).path)
    }
    expectNone(
      tree.files.filter { $0.has("md") }.flatMap { Rules.deadLinks($0, exists: exists) })
    let page = SourceFile(path: "docs/a.md", text: "[b](b.md#c) [w](https://x.org) [d](#e)")
    #expect(Rules.deadLinks(page) { $0 == "docs/b.md" }.isEmpty)
    #expect(Rules.deadLinks(page) { _ in false } == ["docs/a.md:1: b.md#c leads nowhere"])
  }
}
