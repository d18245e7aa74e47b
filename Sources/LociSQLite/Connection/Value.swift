/// A value that is bound to a statement; nothing is ever pasted into SQL.
enum Value: Sendable, Hashable {
  case null
  case integer(Int64)
  case real(Double)
  case text(String)
  case blob([UInt8])

  init(_ value: String?) { self = value.map(Value.text) ?? .null }
  init(_ value: Int64?) { self = value.map(Value.integer) ?? .null }
  init(_ value: Int?) { self = value.map { .integer(Int64($0)) } ?? .null }
  init(_ value: Double) { self = .real(value) }
  init(_ value: [UInt8]) { self = .blob(value) }
}
