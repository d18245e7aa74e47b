import Foundation
import Loci
import LociTestKit
import Synchronization
import Testing

/// How often another thread swapped, and whether it is to stop.
private final class Swaps: Sendable {
  private let value = Atomic(false)
  private let number = Atomic(0)

  var isOver: Bool { value.load(ordering: .relaxed) }
  var count: Int { number.load(ordering: .relaxed) }

  func end() { value.store(true, ordering: .relaxed) }
  func add() { number.add(1, ordering: .relaxed) }
}

@Suite("Links that are swapped in while a folder is ingested")
struct SwappedLinkTests {
  private let temporary: TemporaryFolder
  private let docs: URL
  private let outside: URL

  init() throws {
    temporary = try TemporaryFolder()
    docs = temporary.file("docs")
    outside = temporary.file("outside")
    for (folder, text) in [(docs, "harmless words"), (outside, "the secret password")] {
      for path in ["zz.md", "sub/deep/a.md", "sub/deep/b.md"] {
        let file = folder.appending(path: path)
        try FileManager.default.createDirectory(
          at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data("\(text) in \(path)".utf8).write(to: file)
      }
    }
  }

  /// Puts a link to the outside in the place of a file and of two folders, and back, until told to
  /// stop.
  private func swap(_ swaps: Swaps) async {
    let (docs, outside) = (docs.path, outside.path)
    await withCheckedContinuation { continuation in
      Thread.detachNewThread {
        while !swaps.isOver {
          for path in ["zz.md", "sub", "sub/deep", "sub/deep/a.md"] {
            let place = "\(docs)/\(path)"
            let aside = "\(docs)/.aside"
            guard unsafe rename(place, aside) == 0 else { continue }
            _ = unsafe symlink("\(outside)/\(path)", place)
            sched_yield()
            _ = unsafe unlink(place)
            _ = unsafe rename(aside, place)
            swaps.add()
          }
        }
        continuation.resume()
      }
    }
  }

  /// Walks the folder and reads what is found, until the swaps were many and in the way; on a
  /// thread of its own, since beside hundreds of tests each suspension waits for its turn.
  private func readWhileSwapping(_ swaps: Swaps) async throws {
    try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread { continuation.resume(with: Result { try read(swaps) }) }
    }
  }

  private func read(_ swaps: Swaps) throws {
    var (taken, missed) = (0, 0)
    // Files that were never in the way of each other would try nothing.
    while swaps.count < 4000 || taken < 20 || missed < 20 {
      let findings = try FolderWalk(docs).findings()
      missed += findings.skipped.count + 3 - findings.files.count
      for file in findings.files {
        guard let text = try? findings.text(of: file).text else {
          missed += 1
          continue
        }
        #expect(text.hasPrefix("harmless"))
        taken += 1
      }
    }
  }

  @Test("Thousands of swaps lead to no text from outside", .timeLimit(.minutes(5)))
  func swaps() async throws {
    let fixture = try await Fixture()
    let swaps = Swaps()
    async let swapping: Void = swap(swaps)
    defer { swaps.end() }
    try await readWhileSwapping(swaps)
    for _ in 1...20 {
      _ = try await fixture.bot.ingest(docs)
      let texts = try await fixture.bot.list(limit: 1000).map(\.text)
      #expect(!texts.contains { $0.contains("secret") })
    }
    swaps.end()
    await swapping
  }

  @Test("What was found is read from the folder that was walked, whatever stands in its place now")
  func replacedFolder() throws {
    let findings = try FolderWalk(docs).findings()
    #expect(findings.files.count == 3)
    let manager = FileManager.default
    try manager.moveItem(at: docs, to: temporary.file("moved"))
    try manager.createSymbolicLink(at: docs, withDestinationURL: outside)
    for file in findings.files {
      #expect(try findings.text(of: file).text.hasPrefix("harmless"))
    }
    let sub = temporary.file("moved/sub")
    try manager.removeItem(at: sub)
    try manager.createSymbolicLink(
      at: sub, withDestinationURL: outside.appending(path: "sub"))
    for file in findings.files where file.relativePath.hasPrefix("sub") {
      #expect(throws: LociError.self) { try findings.text(of: file) }
    }
  }

  @Test("A pipe that takes a file's place is refused, and nothing waits", .timeLimit(.minutes(5)))
  func pipe() throws {
    let findings = try FolderWalk(docs).findings()
    let file = docs.appending(path: "zz.md")
    try FileManager.default.removeItem(at: file)
    #expect(unsafe mkfifo(file.path, 0o600) == 0)
    let found = try #require(findings.files.last)
    #expect(found.relativePath == "zz.md")
    #expect(throws: LociError.self) { try findings.text(of: found) }
    #expect(throws: LociError.self) { try TextFile(file) }
  }
}
