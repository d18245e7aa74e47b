package import LociJSON

/// A parameter of an operation: its name, what it is for, and how it is read and written.
///
/// The command's options, an MCP tool's schema and a server's requests are made of this, so all of
/// them spell it alike; an option has dashes where the name has underscores.
package struct Parameter<Owner: Sendable>: Sendable {
  /// The name.
  package let name: String
  /// What it is for, as a sentence.
  package let summary: String
  /// The values that it takes.
  package let kind: ParameterKind
  /// Whether it has to be given.
  package let isRequired: Bool
  private let set: @Sendable (JSON, inout Owner) throws(Misfit) -> Void
  private let get: @Sendable (Owner) -> JSON?

  private init(
    name: String, summary: String, kind: ParameterKind, isRequired: Bool,
    get: @escaping @Sendable (Owner) -> JSON?,
    set: @escaping @Sendable (JSON, inout Owner) throws(Misfit) -> Void
  ) {
    (self.name, self.summary, self.kind) = (name, summary, kind)
    (self.isRequired, self.set, self.get) = (isRequired, set, get)
  }

  /// Declares a parameter that always has a value.
  ///
  /// - Parameter kind: The values that it takes, where its type alone would allow others.
  package init<Value: ParameterValue>(
    _ name: String, _ path: any WritableKeyPath<Owner, Value> & Sendable, _ summary: String,
    isRequired: Bool = false, kind: ParameterKind = Value.kind
  ) {
    self.init(
      name: name, summary: summary, kind: kind, isRequired: isRequired,
      get: { $0[keyPath: path].json },
      set: { (json, owner) throws(Misfit) in owner[keyPath: path] = try Value(json) })
  }

  /// Declares a parameter that may have no value.
  ///
  /// - Parameter kind: As above.
  package init<Value: ParameterValue>(
    _ name: String, _ path: any WritableKeyPath<Owner, Value?> & Sendable, _ summary: String,
    isRequired: Bool = false, kind: ParameterKind = Value.kind
  ) {
    self.init(
      name: name, summary: summary, kind: kind, isRequired: isRequired,
      get: { $0[keyPath: path]?.json },
      set: { (json, owner) throws(Misfit) in owner[keyPath: path] = try Value(json) })
  }

  /// Declares who does it, for the audit log.
  package static func actor(_ path: any WritableKeyPath<Owner, String?> & Sendable) -> Parameter {
    Parameter("actor", path, "Who does it, for the audit log.", kind: .text("NAME"))
  }

  /// The same parameter of what holds the owner.
  package func lifted<Holder: Sendable>(
    to path: any WritableKeyPath<Holder, Owner> & Sendable
  ) -> Parameter<Holder> {
    Parameter<Holder>(
      name: name, summary: summary, kind: kind, isRequired: isRequired,
      get: { get($0[keyPath: path]) },
      set: { (json, holder) throws(Misfit) in try set(json, &holder[keyPath: path]) })
  }

  /// Sets the value, once it is seen to be one that may stand here.
  package func read(_ json: JSON, into owner: inout Owner) throws(Misfit) {
    try kind.check(json)
    try set(json, &owner)
  }

  /// The value as JSON; nil where there is none.
  package func value(in owner: Owner) -> JSON? { get(owner) }
}
