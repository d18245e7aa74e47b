import Foundation
import LociCore
import LociTestKit
import Testing

@Suite("The one name of a place")
struct CanonicalPathTests {
  private let folder: TemporaryFolder
  private let root: String

  init() throws {
    folder = try TemporaryFolder()
    root = CanonicalPath.of(folder.url.path)
    let files = FileManager.default
    try files.createDirectory(atPath: root + "/a/b", withIntermediateDirectories: true)
    try files.createSymbolicLink(atPath: root + "/there", withDestinationPath: root + "/a/b")
    try files.createSymbolicLink(atPath: root + "/a/up", withDestinationPath: "../a")
    try files.createSymbolicLink(atPath: root + "/later", withDestinationPath: "a/new")
    try files.createSymbolicLink(atPath: root + "/round", withDestinationPath: "round")
  }

  @Test(
    "Links, dots and slashes lead to the same name, whether or not the end is there",
    arguments: [
      ("there", "a/b"), ("there/..", "a"), ("a/up/up/b/", "a/b"), ("a//./b", "a/b"),
      ("later", "a/new"), ("later/file", "a/new/file"), ("none/../a", "a"), ("none/x", "none/x"),
    ])
  func names(path: String, name: String) {
    #expect(CanonicalPath.of(root + "/" + path) == root + "/" + name)
  }

  @Test("A link to itself keeps its name, and a relative path begins in the working folder")
  func edges() {
    #expect(CanonicalPath.of(root + "/round") == root + "/round")
    let working = FileManager.default.currentDirectoryPath
    #expect(CanonicalPath.of("x/../y") == CanonicalPath.of(working) + "/y")
    #expect(CanonicalPath.of("/") == "/")
    #expect(CanonicalPath.of("/../..") == "/")
  }
}
