package import LociCore

/// A value that is bound to a statement; nothing is ever pasted into SQL.
package enum SQLValue: Hashable, Sendable {
  case null
  case integer(Int64)
  case real(Double)
  case text(String)
  case bytes([UInt8])

  package init(_ value: AttributeValue?) {
    switch value {
    case .text(let text): self = .text(text)
    case .integer(let number): self = .integer(number)
    case .real(let number): self = .real(number)
    case nil: self = .null
    }
  }

  package init(_ value: String?) { self = value.map(SQLValue.text) ?? .null }
  package init(_ value: Int64?) { self = value.map(SQLValue.integer) ?? .null }
  package init(_ value: Int?) { self = value.map { .integer(Int64($0)) } ?? .null }
}

/// A row of an answer. Columns count from 0; of a NULL, each accessor gives its kind's zero.
package protocol SQLRow {
  func isNull(_ column: Int) -> Bool
  func integer(_ column: Int) -> Int64
  func real(_ column: Int) -> Double
  func text(_ column: Int) -> String
  func bytes(_ column: Int) -> [UInt8]
}

extension SQLRow {
  package func optionalInteger(_ column: Int) -> Int64? {
    isNull(column) ? nil : integer(column)
  }

  package func optionalReal(_ column: Int) -> Double? { isNull(column) ? nil : real(column) }

  package func optionalText(_ column: Int) -> String? { isNull(column) ? nil : text(column) }
}
