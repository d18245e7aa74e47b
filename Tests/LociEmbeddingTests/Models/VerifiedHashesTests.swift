import Foundation
import LociCore
import LociEmbedding
import LociTestKit
import Testing

/// Hashes that are remembered only while they are true.
@Suite("Verified hashes")
struct VerifiedHashesTests {
  private let folder: TemporaryFolder
  private let file: URL

  init() async throws {
    folder = try TemporaryFolder()
    file = folder.file("weights")
    try Data("one".utf8).write(to: file)
    try await Self.settle()
  }

  /// Longer than a file's last change has to be past for its hash to be remembered.
  private static func settle() async throws { try await Task.sleep(for: .milliseconds(120)) }

  private func hashes() -> VerifiedHashes { VerifiedHashes(folder: folder.file("data")) }

  private var stamps: URL { folder.file("data/verified-files.json") }

  private func expected(_ text: String) -> String { Hexadecimal.text(SHA256.digest(text.utf8)) }

  @Test("A file is hashed once, also across processes")
  func remembers() async throws {
    let first = hashes()
    #expect(try await first.hash(of: file) == expected("one"))
    #expect(try await first.hash(of: file) == expected("one"))
    #expect(await first.hashedCount == 1)
    let second = hashes()
    #expect(try await second.hash(of: file) == expected("one"))
    #expect(await second.hashedCount == 0)
  }

  @Test("A change that keeps path, length and modification time is noticed")
  func noticesChanges() async throws {
    let hashes = hashes()
    _ = try await hashes.hash(of: file)
    let date = try #require(
      try FileManager.default.attributesOfItem(atPath: file.path)[.modificationDate] as? Date)
    let handle = try FileHandle(forWritingTo: file)
    try handle.write(contentsOf: Data("two".utf8))
    try handle.close()
    try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: file.path)
    #expect(try await hashes.hash(of: file) == expected("two"))
  }

  @Test("A replaced file is hashed anew")
  func noticesReplacement() async throws {
    let hashes = hashes()
    _ = try await hashes.hash(of: file)
    try Data("three".utf8).write(to: file, options: .atomic)
    #expect(try await hashes.hash(of: file) == expected("three"))
  }

  @Test("A file that has just changed is not remembered, because it may change in the same tick")
  func distrustsFreshFiles() async throws {
    let hashes = hashes()
    try Data("new".utf8).write(to: file)
    _ = try await hashes.hash(of: file)
    _ = try await hashes.hash(of: file)
    #expect(await hashes.hashedCount == 2)
  }

  @Test("Damaged stamps are ignored and replaced", arguments: ["", "{", "[]", #"{"version": 9}"#])
  func toleratesDamage(text: String) async throws {
    _ = try await hashes().hash(of: file)
    try Data(text.utf8).write(to: stamps)
    let second = hashes()
    #expect(try await second.hash(of: file) == expected("one"))
    #expect(await second.hashedCount == 1)
    let third = hashes()
    _ = try await third.hash(of: file)
    #expect(await third.hashedCount == 0)
  }

  @Test("A folder that can't be written costs time only")
  func toleratesReadOnlyFolders() async throws {
    let hashes = VerifiedHashes(folder: URL(filePath: "/sys/loci-test"))
    #expect(try await hashes.hash(of: file) == expected("one"))
  }

  @Test("The stamps stay few")
  func staysBounded() async throws {
    let files = (0..<80).map { folder.file("file-\($0)") }
    for (index, file) in files.enumerated() { try Data("\(index)".utf8).write(to: file) }
    try await Self.settle()
    let hashes = hashes()
    for file in files { _ = try await hashes.hash(of: file) }
    #expect(try Data(contentsOf: stamps).count < 64 * 600)
    _ = try await hashes.hash(of: files[79])
    #expect(await hashes.hashedCount == 80)
    _ = try await hashes.hash(of: files[0])
    #expect(await hashes.hashedCount == 81)
  }

  @Test("A missing file is an error that names it")
  func reportsMissingFiles() async throws {
    let error = try await #require(throws: LociError.self) {
      try await hashes().hash(of: folder.file("nothing"))
    }
    #expect(error.code == .io)
    #expect(error.message.contains("nothing"))
  }
}
