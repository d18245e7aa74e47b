package import LociCore
package import LociJSON

/// Something with declared parameters, which come as JSON or from a command line.
package protocol Parameterized: Sendable {
  /// The name by which it is asked for, such as `recall`.
  static var name: String { get }
  /// What it does, in a few words.
  static var summary: String { get }
  /// Its parameters, in the order in which they are shown.
  static var parameters: [Parameter<Self>] { get }
  /// All parameters as they are where nothing is given.
  init()
  /// Throws ``LociError/Code/invalidArgument`` where the parameters don't go together.
  func check() throws(LociError)
}

extension Parameterized {
  package func check() throws(LociError) {}

  /// Reads parameters; null stands for one that is not given.
  ///
  /// - Throws: ``LociError/Code/invalidArgument`` that names the parameter: an unknown or a missing
  ///   one, a value of another kind or beyond its bounds, and what ``check()`` throws.
  package init(_ json: JSON) throws(LociError) {
    guard case .object(let members) = json else {
      throw LociError(
        .invalidArgument, "\(Self.name) needs an object of parameters.", remedy: Self.listed)
    }
    self.init()
    for (key, value) in members {
      guard let parameter = Self.parameters.first(where: { $0.name == key }) else {
        throw Self.unknown(key)
      }
      if case .null = value { continue }
      do throws(Misfit) {
        try parameter.read(value, into: &self)
      } catch {
        throw LociError(
          .invalidArgument, "\(Self.name): the parameter \(parameter.name)\(error.problem)",
          remedy: error.remedy)
      }
    }
    for parameter in Self.parameters where parameter.isRequired {
      if case .null = json[parameter.name] ?? .null {
        throw LociError(
          .invalidArgument, "\(Self.name) needs the parameter \(parameter.name).",
          remedy: parameter.summary)
      }
    }
    try check()
  }

  /// The parameters that have a value, as they are read.
  package var json: JSON {
    .object(
      Self.parameters.compactMap { parameter in
        parameter.value(in: self).map { (key: parameter.name, value: $0) }
      })
  }

  /// The parameters as a JSON Schema (2020-12), as a tool of MCP or OpenAPI declares them.
  package static var schema: JSON {
    let usual = Self()
    let properties = parameters.map { parameter in
      var members = parameter.kind.schema
      let description = [parameter.summary, parameter.kind.note].compactMap(\.self)
      members.append(("description", .string(description.joined(separator: " "))))
      if !parameter.isRequired, let value = parameter.value(in: usual) {
        members.append(("default", value))
      }
      return (key: parameter.name, value: JSON.object(members))
    }
    return [
      "type": "object", "properties": .object(properties),
      "required": .array(parameters.filter(\.isRequired).map { .string($0.name) }),
      "additionalProperties": .bool(false),
    ]
  }

  private static var listed: String {
    "The parameters are \(parameters.map(\.name).joined(separator: ", "))."
  }

  /// What was given is shown where it looks like a parameter's name, and so is nobody's text.
  private static func unknown(_ key: String) -> LociError {
    let isName = key.wholeMatch(of: #/[a-z_]{1,32}/#) != nil
    return LociError(
      .invalidArgument,
      isName ? "\(name) has no parameter \(key)." : "\(name) lacks a parameter that was given.",
      remedy: Suggestion.question(for: key, among: parameters.map(\.name)) ?? listed)
  }
}
