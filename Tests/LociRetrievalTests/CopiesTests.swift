import LociCore
import LociRetrieval
import LociTestKit
import Testing

/// Hits that say the same take one place.
@Suite("Copies") struct CopiesTests {
  private let searched: SearchedRecords

  init() throws { searched = try SearchedRecords() }

  @Test("Copies fold into the best of them, which names them; others come in their places")
  func folded() async throws {
    for number in 0..<30 { try await searched.remember("c\(number)", "Green tea, every morning.") }
    for number in 0..<12 { try await searched.remember("o\(number)", "tea of field \(number)") }
    let hits = try await searched.recall("green tea in the morning", limit: 10).hits
    #expect(hits.count == 10)
    #expect(hits.first?.copyCount == 29)
    #expect(hits.first?.copies.count == 20)
    #expect(hits.dropFirst().allSatisfy { $0.record.id.text.hasPrefix("o") && $0.copyCount == 0 })
    let all = try await searched.recall("green tea in the morning", limit: 42) {
      $0.keepsCopies = true
    }
    #expect(all.hits.count == 42)
    #expect(all.hits.allSatisfy { $0.copies.isEmpty })
    let bare = try await searched.recall("green tea in the morning", limit: 42) {
      $0.policy = .rankFusion
    }
    #expect(bare.hits.count == 42)
  }

  @Test("A thousand copies are one hit, after two rounds")
  func manyCopies() async throws {
    for number in 0..<1000 { try await searched.remember("c\(number)", "green tea") }
    let recall = try await searched.recall("green tea", limit: 10)
    #expect(recall.hits.count == 1)
    #expect(recall.stages.filter { $0.name == "read" }.count == 2)
  }

  @Test("Wholes do not fold by what one of their pieces says")
  func wholes() async throws {
    for whole in ["a", "b"] {
      try await searched.remember("\(whole)0", "good morning", in: whole, at: 0)
      try await searched.remember("\(whole)1", "\(whole) thing", in: whole, at: 1)
    }
    #expect(try await searched.recall("good morning", unit: .whole).hits.count == 2)
    #expect(try await searched.recall("good morning").hits.first?.copies.count == 1)
  }

  @Test(
    "The same words are the same, whatever their case, signs and articles are",
    arguments: [
      ("Alice likes tea.", "alice LIKES the tea!"), ("Café crème", "cafe creme"),
      ("Don’t forget the key", "don't forget the key"), ("東京", "東京"),
    ])
  func same(left: String, right: String) throws {
    let (left, right) = (try #require(ComparableText(left)), try #require(ComparableText(right)))
    #expect(left.isNearlySame(as: right) && right.isNearlySame(as: left))
  }

  private static let long = """
    On Monday we met in the harbour and talked for an hour about the boat, its sails and what they
    would cost, and who of us would pay for the paint that it still needs before the summer comes
    """

  @Test("Long texts may differ in a few words")
  func nearlySame() throws {
    let text =
      Self.long + " and goes, and comes again as it always does, year after year after year"
    let one = try #require(ComparableText(text))
    let other = try #require(ComparableText(text.replacing("talked", with: "spoke")))
    #expect(one.isNearlySame(as: other))
  }

  @Test(
    "A number, a name, a negation, an order or a short text's word makes another text",
    arguments: [
      ("Anna likes mushrooms", "Anna does not like mushrooms"),
      ("Anna likes mushrooms", "Anna doesn't like mushrooms"),
      ("The flat costs 900", "The flat costs 950"), ("Alice calls Bob", "Bob calls Alice"),
      ("I like tea", "I love tea"), (long, long.replacing("Monday", with: "Friday")),
      (long + " or not", long + " or so"), (long + " 7", long + " 8"),
    ])
  func different(left: String, right: String) throws {
    let (left, right) = (try #require(ComparableText(left)), try #require(ComparableText(right)))
    #expect(!left.isNearlySame(as: right) && !right.isNearlySame(as: left))
  }

  @Test("What has no words, or too many, is compared with nothing")
  func notComparable() {
    #expect(ComparableText("") == nil)
    #expect(ComparableText("😀 …!") == nil)
    #expect(ComparableText(String(repeating: "word ", count: 20_000)) == nil)
  }
}
