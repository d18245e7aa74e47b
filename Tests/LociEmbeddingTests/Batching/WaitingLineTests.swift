import LociCore
import LociEmbedding
import Testing

@Suite("The line before the model")
struct WaitingLineTests {
  @Test("Queries go first; within queries and within passages, who came first")
  func order() {
    var line = WaitingLine<String>(maximumCalls: 8)
    for (name, role) in [("a", EmbeddingRole.passage), ("b", .query), ("c", .passage)] {
      _ = line.append(name, for: role)
    }
    _ = line.append("d", for: .query)
    #expect((0..<5).map { _ in line.next()?.ticket } == ["b", "d", "a", "c", nil])
  }

  @Test("A ticket that was taken out is not served, and can be taken out once")
  func removal() {
    var line = WaitingLine<String>(maximumCalls: 8)
    _ = line.append("a", for: .passage)
    let second = line.append("b", for: .passage)
    #expect(line.remove(second) == "b")
    #expect(line.remove(second) == nil)
    #expect(line.next()?.ticket == "a")
    #expect(line.next()?.ticket == nil)
  }

  @Test("One call too many is refused, until another one leaves")
  func bound() throws {
    var line = WaitingLine<String>(maximumCalls: 2)
    try line.enter()
    try line.enter()
    let error = #expect(throws: LociError.self) { try line.enter() }
    #expect(error?.code == .overloaded)
    line.leave()
    try line.enter()
  }
}
