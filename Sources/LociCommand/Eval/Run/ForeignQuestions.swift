import Loci

/// Questions of other collections, about the people of this one: they sound as if they belonged
/// here, and nothing here answers them.
struct ForeignQuestions {
  private struct Source {
    let name: String
    let speakers: [String]
    let questions: [JudgedCollection.Question]
  }

  private let sources: [Source]

  /// Reads all questions.
  init(_ data: JudgedData) throws {
    var sources: [Source] = []
    while let collection = try data.next() {
      sources.append(
        Source(
          name: collection.name, speakers: collection.speakers, questions: collection.questions))
    }
    self.sources = sources
  }

  /// The questions of all others, with the speakers' names exchanged for those of the one that is
  /// asked, in the order in which they begin to speak.
  ///
  /// Of more than 20, and more than five times its own, as many are asked, evenly spread.
  func questions(for collection: JudgedCollection) -> [JudgedCollection.Question] {
    let speakers = collection.speakers
    let all = sources.filter { $0.name != collection.name }.flatMap { source in
      let exchange = NameExchange(source.speakers, for: speakers)
      return source.questions.map { question in
        var question = question
        question.text = exchange.applied(to: question.text)
        return question
      }
    }
    let count = min(all.count, max(20, 5 * collection.questions.count))
    return (0..<count).map { all[$0 * all.count / count] }
  }
}

/// Exchanges whole words: names.
package struct NameExchange {
  private let names: [String: String]

  /// The first for the first, the second for the second, and so on; all at once.
  package init(_ names: [String], for others: [String]) {
    self.names = Dictionary(zip(names, others)) { first, _ in first }
  }

  /// The text with the names exchanged.
  package func applied(to text: String) -> String {
    var result = ""
    var word = ""
    for letter in text {
      if letter.isLetter || letter.isNumber {
        word.append(letter)
      } else {
        result += names[word] ?? word
        result.append(letter)
        word = ""
      }
    }
    return result + (names[word] ?? word)
  }
}
