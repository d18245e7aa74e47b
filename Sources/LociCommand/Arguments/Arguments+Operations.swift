import Foundation
import Loci
import LociJSON
package import LociWire

extension Flag {
  static let namespace = Flag.value(
    "namespace", "NAME", "The namespace; else LOCI_NAMESPACE, else the configured one.")

  /// The options of an operation's parameters.
  ///
  /// - Parameter excluded: Parameters that are given by their place, or not at all.
  package static func of<Operation: Parameterized>(
    _ operation: Operation.Type, except excluded: Set<String> = []
  ) -> [Flag] {
    operation.parameters.filter { !excluded.contains($0.name) }
      .map { Flag(name: Self.name(of: $0), kind: $0.kind, summary: $0.summary) }
  }

  /// As an option has dashes where JSON has underscores.
  fileprivate static func name<Operation>(of parameter: Parameter<Operation>) -> String {
    parameter.name.replacing("_", with: "-")
  }

  private init(name: String, kind: ParameterKind, summary: String) {
    let isList = if case .list = kind { true } else { kind == .metadata }
    let choices: [String] = if case .choice(let words) = kind { words } else { [] }
    self.init(
      name: name, placeholder: Self.placeholder(kind), choices: choices, isRepeatable: isList,
      summary: ([summary] + Self.notes(kind) + (isList ? ["May be given more than once."] : []))
        .joined(separator: " "))
  }

  /// So many words stand in an option's place for its value; more of them, in its description.
  private static let few = 8

  private static func placeholder(_ kind: ParameterKind) -> String? {
    switch kind {
    case .text(let name): name
    case .integer(let range):
      range.upperBound < 10 ? "\(range.lowerBound)-\(range.upperBound)" : "N"
    case .number(0...1): "0-1"
    case .number: "X"
    case .numberOrNone: "X|none"
    case .boolean: nil
    case .time: "DATE"
    case .choice(let words): words.count > few ? "NAME" : words.joined(separator: "|")
    case .metadata: "KEY=VALUE"
    case .condition: "CONDITION"
    case .list(.choice): "NAME"
    case .list(let kind): placeholder(kind)
    }
  }

  /// How a value is written on a command line, where that needs to be said.
  private static func notes(_ kind: ParameterKind) -> [String] {
    switch kind {
    case .choice(let words) where words.count > few: ["One of: \(words.joined(separator: ", "))."]
    case .metadata:
      [
        "A value is true, false, a number if it is printed with the same digits, a list in JSON, "
          + "else text; \"quoted\" is always text."
      ]
    case .list(.condition):
      [
        "'key=value', with = != < <= > >=; a list in JSON stands for any of its elements; a key or "
          + "a value in double quotes is taken as it is."
      ]
    default: []
    }
  }
}

extension Arguments {
  /// Reads the options that are an operation's parameters, and sees that they go together.
  ///
  /// - Parameter excluded: Parameters that the verb has set by itself.
  package func read<Operation: Parameterized>(
    into operation: inout Operation, except excluded: Set<String> = []
  ) throws {
    for parameter in Operation.parameters where !excluded.contains(parameter.name) {
      let name = Flag.name(of: parameter)
      guard has(name) else { continue }
      do throws(Misfit) {
        try parameter.read(json(of: parameter.kind, values(name)), into: &operation)
      } catch {
        throw UsageError(
          "--\(name)\(error.problem)", remedy: error.remedy ?? "See `loci help`.")
      }
    }
    do throws(LociError) {
      try operation.check()
    } catch {
      throw UsageError(error.message, remedy: error.remedy ?? "See `loci help`.")
    }
  }

  private func json(of kind: ParameterKind, _ texts: [String]) throws(Misfit) -> JSON {
    switch kind {
    case .metadata: return WireMetadata(try Self.metadata(texts)).json
    case .list(.condition):
      var conditions: [JSON] = []
      for text in texts { conditions.append(WireCondition(try Self.condition(text)).json) }
      return .array(conditions)
    default: return try kind.json(texts: texts)
    }
  }

  /// A file that is there by the address that its chunks have; else what an app calls a source.
  static func source(_ text: String) -> String {
    FileManager.default.fileExists(atPath: text)
      ? TextFile.canonicalPath(of: URL(filePath: text)) : text
  }
}
