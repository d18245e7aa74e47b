import Foundation
import LociEmbedding
import LociTestKit
import Testing

@Suite("Cores that may be used")
struct UsableCoresTests {
  private func quota(_ group: String, _ quotas: [String: String]) throws -> Int? {
    let folder = try TemporaryFolder()
    try Data(group.utf8).write(to: folder.file("self"))
    for (path, text) in quotas {
      let file = folder.file("root/\(path)cpu.max")
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    return UsableCores.quota(
      group: folder.file("self").path, root: folder.file("root").path)
  }

  @Test("The least quota of a group and those above it counts, rounded up")
  func least() throws {
    #expect(try quota("0::/\n", ["": "150000 100000\n"]) == 2)
    #expect(try quota("0::/a/b\n", ["a/b/": "max 100000\n", "a/": "300000 100000\n"]) == 3)
    #expect(try quota("1:cpu:/x\n0::/a\n", ["": "50000 100000\n", "a/": "400000 100000\n"]) == 1)
  }

  @Test("Without a quota, or where nothing is understood, there is none")
  func none() throws {
    #expect(try quota("0::/a\n", ["a/": "max 100000\n"]) == nil)
    #expect(try quota("0::/a\n", [:]) == nil)
    #expect(try quota("nothing", ["": "100000 100000\n"]) == nil)
    #expect(try quota("0::/", ["": "-5 100000"]) == nil)
    #expect(try quota("0::/", ["": "100000 0"]) == nil)
    #expect(UsableCores.count >= 1)
  }
}
