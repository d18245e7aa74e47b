package import Foundation
package import LociCore
package import LociJSON
package import LociRetrieval

/// A type of values that a parameter can have. Reading may rely on what ``kind`` has checked, and
/// adds the rules of the type's own.
package protocol ParameterValue: Sendable {
  /// The kind where a parameter says nothing else.
  static var kind: ParameterKind { get }
  /// Reads a value that is of its kind.
  init(_ json: JSON) throws(Misfit)
  /// The value as ``init(_:)`` reads it.
  var json: JSON { get }
}

/// A type whose values are named by texts.
package protocol NamedValue: ParameterValue {
  /// The value of a name, or the broken rule.
  init(named name: String) throws(LociError)
  /// Its name.
  var name: String { get }
}

extension NamedValue {
  package static var kind: ParameterKind { .text("NAME") }
  package init(_ json: JSON) throws(Misfit) {
    let name = try String(json)
    do throws(LociError) { self = try Self(named: name) } catch { throw Misfit(error) }
  }
  package var json: JSON { .string(name) }
}

extension Record.Collection: NamedValue {
  package init(named name: String) throws(LociError) { try self.init(name) }
}

extension Record.Category: NamedValue {
  package init(named name: String) throws(LociError) { try self.init(name) }
}

extension Namespace: NamedValue {
  package init(named name: String) throws(LociError) { try self.init(name) }
}

extension RecordID: NamedValue {
  package static var kind: ParameterKind { .text("ID") }
  package init(named name: String) throws(LociError) { try self.init(name) }
  package var name: String { text }
}

extension String: ParameterValue {
  package static var kind: ParameterKind { .text("TEXT") }
  package init(_ json: JSON) throws(Misfit) {
    guard case .string(let text) = json else { throw Misfit(needs: "a text", remedy: nil) }
    self = text
  }
  package var json: JSON { .string(self) }
}

extension Bool: ParameterValue {
  package static var kind: ParameterKind { .boolean }
  package init(_ json: JSON) throws(Misfit) {
    guard case .bool(let value) = json else { throw Misfit(needs: "true or false", remedy: nil) }
    self = value
  }
  package var json: JSON { .bool(self) }
}

extension Int: ParameterValue {
  package static var kind: ParameterKind { .integer(0...Int.max) }
  package init(_ json: JSON) throws(Misfit) {
    guard case .integer(let value) = json else {
      throw Misfit(needs: "a whole number", remedy: nil)
    }
    self = value
  }
  package var json: JSON { .integer(self) }
}

extension Double: ParameterValue {
  package static var kind: ParameterKind {
    .number(-Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude)
  }
  package init(_ json: JSON) throws(Misfit) {
    guard let value = json.double else { throw Misfit(needs: "a number", remedy: nil) }
    self = value
  }
  package var json: JSON { .number(self) }
}

extension Date: ParameterValue {
  package static var kind: ParameterKind { .time }
  /// A day stands for its beginning.
  package init(_ json: JSON) throws(Misfit) { self = try CalendarTime(json).start }
  package var json: JSON { .string(WireFormat.time(self)) }
}

extension Array: ParameterValue where Element: ParameterValue {
  package static var kind: ParameterKind { .list(Element.kind) }
  package init(_ json: JSON) throws(Misfit) {
    guard case .array(let values) = json else { throw Misfit(needs: "a list", remedy: nil) }
    self = []
    for value in values { append(try Element(value)) }
  }
  package var json: JSON { .array(map(\.json)) }
}

/// Values of an enumeration, by their raw texts.
package protocol ChoiceValue: ParameterValue, CaseIterable, RawRepresentable<String> {}

extension ChoiceValue {
  package static var kind: ParameterKind { .choice(allCases.map(\.rawValue)) }
  package init(_ json: JSON) throws(Misfit) {
    let name = try String(json)
    guard let value = Self(rawValue: name) else {
      throw Misfit(name, among: Self.allCases.map(\.rawValue))
    }
    self = value
  }
  package var json: JSON { .string(rawValue) }
}

extension Record.Audience: ChoiceValue {}
extension Record.Status: ChoiceValue {}
extension RecordPatch.OptionalField: ChoiceValue {}
extension RecallMode: ChoiceValue {}
extension RecallEffort: ChoiceValue {}
extension RecallUnit: ChoiceValue {}
extension PolicyPreset: ChoiceValue {}
extension Attribute: ChoiceValue {}
