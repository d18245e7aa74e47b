import Foundation
import LociEmbedding
import LociTestKit
import Testing

@Suite("Git's names for blobs")
struct GitBlobHashTests {
  @Test("Git's own published answers come out")
  func knownAnswers() {
    #expect(GitBlobHash.of([]) == "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391")
    #expect(
      GitBlobHash.of(Array("hello world\n".utf8)) == "3b18e512dba79e4c8300dd08aeb37f8e728b8dad")
    #expect(
      GitBlobHash.of(Array("what is up, doc?".utf8)) == "bd9dbf5aae1a3862dd1526723246b20206e5fc37")
  }
}
