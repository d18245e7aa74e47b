package import Foundation
package import Loci

/// Documents with questions that people judged: what goes into one namespace.
package struct JudgedCollection: Sendable {
  /// A text to find.
  package struct Document: Hashable, Sendable {
    /// Its id.
    package var id: RecordID
    /// Its text.
    package var text: String
    /// The whole that it is a part of, and its place in that.
    package var place: Place?
    /// Who said it.
    package var speaker: String?
    /// When it was said.
    package var time: Date?

    /// Makes a document.
    package init(
      id: RecordID, text: String, place: Place? = nil, speaker: String? = nil, time: Date? = nil
    ) {
      (self.id, self.text, self.place) = (id, text, place)
      (self.speaker, self.time) = (speaker, time)
    }
  }

  /// A question and what answers it.
  package struct Question: Hashable, Sendable {
    /// Its id.
    package var id: String
    /// What is asked.
    package var text: String
    /// Its category's name; nil where there are none.
    package var category: String?
    /// When it is asked; nil is now.
    package var time: Date?
    /// The grades of the documents that were judged; what is not above 0 does not answer.
    package var pieces: [RecordID: Int]
    /// The grades of the wholes.
    package var wholes: [RecordID: Int]
    /// Whether it was asked to see that nothing answers it.
    package var isUnanswerable = false

    /// Makes a question.
    package init(
      id: String, text: String, category: String? = nil, time: Date? = nil,
      pieces: [RecordID: Int], wholes: [RecordID: Int]
    ) {
      (self.id, self.text, self.category, self.time) = (id, text, category, time)
      (self.pieces, self.wholes) = (pieces, wholes)
    }

    /// The grades of what is looked for.
    package func grades(_ unit: RecallUnit) -> [RecordID: Int] {
      unit == .piece ? pieces : wholes
    }
  }

  /// Its name.
  package let name: String
  /// The documents that have a text.
  package var documents: [Document]
  /// How many have none.
  package let emptyCount: Int
  /// The questions, in the file's order.
  package var questions: [Question]

  /// Puts documents and questions together.
  ///
  /// - Parameter documents: Those that are blank are left out, and counted.
  package init(name: String, documents: [Document], questions: [Question]) {
    self.name = name
    self.documents = documents.filter { $0.text.contains { !$0.isWhitespace } }
    emptyCount = documents.count - self.documents.count
    self.questions = questions
  }

  /// Who speaks in it, in the order in which they begin.
  package var speakers: [String] {
    documents.reduce(into: []) { speakers, document in
      if let speaker = document.speaker, !speakers.contains(speaker) { speakers.append(speaker) }
    }
  }

  /// The same with each whole as one document: its pieces' texts, joined by line breaks. What is no
  /// part of a whole stays as it is.
  package var joined: JudgedCollection {
    var joined: [Document] = []
    var places: [RecordID: Int] = [:]
    for document in documents {
      guard let whole = document.place?.whole else {
        joined.append(document)
        continue
      }
      if let place = places[whole] {
        joined[place].text += "\n" + document.text
      } else {
        places[whole] = joined.count
        joined.append(Document(id: whole, text: document.text, time: document.time))
      }
    }
    return JudgedCollection(name: name, documents: joined, questions: questions)
  }
}

extension [RecordID: Int] {
  /// The grades of the wholes that documents are parts of: the best of each. A document that is no
  /// part of one stands for itself.
  func wholes(_ places: [RecordID: Place]) -> [RecordID: Int] {
    reduce(into: [:]) { wholes, judged in
      let whole = places[judged.key]?.whole ?? judged.key
      // `Swift.max` is not the dictionary's own.
      wholes[whole] = Swift.max(wholes[whole] ?? judged.value, judged.value)
    }
  }
}
