package import LociAgents
package import LociCore
package import LociJSON
package import LociMemory
package import LociRetrieval

/// What a recall found.
package struct RecallAnswer: Sendable {
  /// The answer.
  package let recall: Recall
  /// Whether how it was found is told, too.
  package let isExplained: Bool
  /// Why nothing was found, where that is known.
  package let hint: String?
  /// Who asked, where that decides what is seen.
  package var reader: Bot?

  /// The answer as JSON.
  package var json: JSON {
    recall.json(isExplained: isExplained, hint: hint) { [reader] record in
      reader?.visibility(of: record).rawValue
    }
  }
}

/// What was packed for a prompt.
package struct ContextAnswer: Sendable {
  /// The packed text, and what is in it.
  package let packed: PackedContext
  /// What was found.
  package let recall: Recall
  /// What its size counts.
  package let unit: ContextBudget.Unit
  /// Why nothing was found, where that is known.
  package let hint: String?

  /// The answer as JSON.
  package var json: JSON {
    [
      "text": .string(packed.text), "size": .integer(packed.size), "unit": .string(unit.rawValue),
      "passages": .array(packed.passages.map(\.json)),
      "excerpted": .array(packed.excerpted.map { .string($0.text) }),
      "left_out": .array(packed.leftOut.map { .string($0.text) }),
      "likely": JSON(recall.isLikelyAnswered, JSON.bool),
      "mode_used": .string(recall.modeUsed.rawValue),
      "fallback_reason": JSON(recall.fallbackReason, JSON.string),
      "warning": JSON(recall.warning, JSON.string), "hint": JSON(hint, JSON.string),
    ]
  }
}

extension PackedContext.Passage {
  fileprivate var json: JSON {
    [
      "number": .integer(number), "namespace": .string(namespace.name),
      "whole": JSON(whole?.text, JSON.string),
      "records": .array(records.map { .string($0.text) }),
      "source": JSON(sourceURI, JSON.string), "time": .string(WireFormat.time(time)),
    ]
  }
}

/// A page of records.
package struct ListAnswer: Sendable {
  /// The records.
  package let records: [Record]
  /// The last id of a full page, after which there may be more.
  package let next: RecordID?
  /// Why there are none, where that is known.
  package let hint: String?

  /// Takes a page that was to have so many records.
  init(_ records: [Record], limit: Int, hint: String? = nil) {
    (self.records, self.hint) = (records, hint)
    next = records.count == limit ? records.last?.id : nil
  }

  /// The page as JSON.
  package var json: JSON {
    [
      "records": .array(records.map(\.json)), "next": JSON(next?.text, JSON.string),
      "hint": JSON(hint, JSON.string),
    ]
  }
}

/// What was erased.
package struct ForgetAnswer: Sendable {
  /// The records that were erased.
  package var recordCount = 0
  /// The ids or sources of which nothing was remembered.
  package var unknownCount = 0
  /// The sources whose records were erased; nil where it went by ids or a filter.
  package var sourceCount: Int?
  /// The copies that a bot had shared, where no byte is to be left.
  package var sharedCount: Int?
  /// Where no byte is left; nil where that was not asked for.
  package var scrubbed: ScrubReport?

  /// What was erased as JSON.
  package var json: JSON {
    let counts: [(key: String, value: JSON)] = [
      ("forgotten", .integer(recordCount)), ("unknown", .integer(unknownCount)),
    ]
    return .object(
      (sourceCount.map { [("sources", .integer($0)), ("chunks", .integer(recordCount))] } ?? [])
        + counts + erasure)
  }

  private var erasure: [(key: String, value: JSON)] {
    guard let scrubbed else { return [] }
    return [
      ("shared_copies", .integer(sharedCount ?? 0)),
      ("clean", .array(scrubbed.places.map(JSON.string))),
      ("remains", .array(scrubbed.remains.map(JSON.string))),
    ]
  }
}

/// What an ingestion did with a path.
package struct IngestAnswer: Sendable {
  /// The path as it was given.
  package let path: String
  /// What was done.
  package let report: IngestReport

  /// The report as JSON.
  package var json: JSON { report.json(path: path) }
}
