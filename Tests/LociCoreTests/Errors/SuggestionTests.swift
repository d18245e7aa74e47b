import LociCore
import Testing

@Suite("Suggestions for misspelt words")
struct SuggestionTests {
  @Test(
    "The nearest word is found, whatever the case",
    arguments: [
      ("limti", "limit"), ("LIMIT", "limit"), ("modle", "mode"), ("namspace", "namespace"),
      ("recal.limit", "recall.limit"),
    ])
  func nearest(word: String, expected: String) {
    let words = ["mode", "limit", "namespace", "recall.limit"]
    #expect(Suggestion.nearest(to: word, among: words) == expected)
  }

  @Test("A word that is near to nothing gets no suggestion")
  func nothingNear() {
    #expect(Suggestion.nearest(to: "elephant", among: ["mode", "limit"]) == nil)
    #expect(Suggestion.nearest(to: "limit", among: []) == nil)
    #expect(Suggestion.question(for: "xyz", among: ["mode"]) == nil)
  }

  @Test(
    "Distances count insertions, removals, replacements and swaps of neighbours",
    arguments: [
      ("", "", 0), ("abc", "", 3), ("", "abc", 3), ("kitten", "sitting", 3), ("ab", "ba", 1),
      ("größe", "grösse", 2),
    ])
  func distance(left: String, right: String, expected: Int) {
    #expect(Suggestion.distance(from: left, to: right) == expected)
    #expect(Suggestion.distance(from: right, to: left) == expected)
  }
}
