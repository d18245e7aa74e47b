import LociCore
import LociJSON
import LociWire
import Testing

/// What a request may hold, in JSON. The command's options are made from the same declarations.
@Suite("Parameters of operations")
struct OperationTests {
  private func read<Operation: Parameterized>(
    _ text: String, as operation: Operation.Type
  ) throws -> Operation {
    try Operation(JSON(reading: Array(text.utf8), maximumBytes: 1 << 20))
  }

  private func message(_ text: String, _ operation: any Parameterized.Type) -> String {
    do {
      _ = try read(text, as: operation)
      return "read"
    } catch let error as LociError {
      return [error.message, error.remedy].compactMap(\.self).joined(separator: " ")
    } catch {
      return "\(error)"
    }
  }

  /// A value of every kind, as it is written back.
  private func sample(_ kind: ParameterKind) -> JSON {
    switch kind {
    case .text: "a text"
    case .integer(let range): .integer(min(range.upperBound, range.lowerBound + 2))
    case .number(let range): .number(range.lowerBound == 0 ? 0.5 : 0.25)
    case .numberOrNone: "none"
    case .boolean: .bool(true)
    case .time: "2026-11-20T15:30:00.250Z"
    case .choice(let words): .string(words[0])
    case .metadata: ["a": .bool(true), "b": ["x", .integer(2)], "c": .number(1.5)]
    case .condition: ["key": "a", "comparison": ">=", "value": .integer(2020)]
    case .list(let kind): [sample(kind)]
    }
  }

  @Test(
    "Whatever is given comes back as it was: JSON, value, JSON",
    arguments: Operations.all.indices)
  func roundTrip(index: Int) throws {
    try roundTrip(Operations.all[index])
  }

  private func roundTrip<Operation: Parameterized>(_ operation: Operation.Type) throws {
    // One at a time: all of them need not go together.
    let required = operation.parameters.filter(\.isRequired)
    for parameter in operation.parameters {
      var given = required.filter { $0.name != parameter.name }
      given.insert(parameter, at: 0)
      if ["trusts"].contains(parameter.name) {
        given += operation.parameters.filter { $0.name == "reader" }
      }
      if parameter.name == "duplicate_above" {
        given += operation.parameters.filter { $0.name == "unless_duplicate" }
      }
      if parameter.name == "soft" { given += operation.parameters.filter { $0.name == "ids" } }
      if operation.name == "update" {
        given += operation.parameters.filter { $0.name == "text" && parameter.name != "text" }
      }
      if operation.name == "forget" {
        let alone = ["actor", "erase", "status", "reader", "trusts"]
        given += operation.parameters.filter {
          $0.name == "category" && alone.contains(parameter.name)
        }
      }
      let json = JSON.object(given.map { (key: $0.name, value: sample($0.kind)) })
      let value = try Operation(json)
      #expect(value.json[parameter.name]?.line == sample(parameter.kind).line, "\(parameter.name)")
      #expect(try Operation(value.json).json.line == value.json.line)
    }
  }

  @Test("All operations are tried above, under names of their own")
  func names() {
    #expect(Operations.all.count >= 13)
    #expect(Set(Operations.all.map { $0.name }).count == Operations.all.count)
  }

  @Test("A day stays a day, and null is not given")
  func days() throws {
    let list = try read(#"{"since": "2026-11-20", "until": null}"#, as: ListOperation.self)
    #expect(list.json["since"]?.line == #""2026-11-20""#)
    #expect(list.json["until"] == nil)
    let recall = try read(#"{"query": "x", "min_similarity": 0.25}"#, as: RecallOperation.self)
    #expect(recall.minimum.similarity?.value == 0.25)
  }

  @Test(
    "What is wrong is told with the parameter's name and what would be right",
    arguments: [
      (#"[]"#, "object of parameters"), ("{}", "needs the parameter query"),
      (#"{"query": null}"#, "needs the parameter query"),
      (#"{"query": "x", "limt": 3}"#, #"no parameter limt. Did you mean "limit"?"#),
      (#"{"query": "x", "limit": 0}"#, "limit needs a whole number. Give 1 to 10000."),
      (#"{"query": "x", "limit": 2.5}"#, "limit needs a whole number"),
      (#"{"query": "x", "limit": "3"}"#, "limit needs a whole number"),
      (#"{"query": 3}"#, "query needs a text"),
      (#"{"query": "x", "mode": "lexicl"}"#, "mode does not know that value. Did you mean lexical"),
      (#"{"query": "x", "explain": 1}"#, "explain needs true or false"),
      (#"{"query": "x", "category": "fact"}"#, "category needs a list"),
      (#"{"query": "x", "category": [""]}"#, "category: A category must not be empty"),
      (#"{"query": "x", "since": "yesterday"}"#, "since needs a day or a time"),
      (#"{"query": "x", "since": "2026-02-30"}"#, "since names a day or a time that does not"),
      (#"{"query": "x", "since": "2026-02-02", "until": "2026-02-01"}"#, "Exchange"),
      (#"{"query": "x", "where": [{"key": "a"}]}"#, "where needs conditions"),
      (#"{"query": "x", "where": [{"key": "a", "value": 1, "x": 1}]}"#, "where needs conditions"),
      (#"{"query": "x", "where": [{"key": "a", "value": {}}]}"#, "where holds a value"),
      (#"{"query": "x", "min_similarity": 2}"#, "min_similarity needs a number, or none"),
    ])
  func badRecall(text: String, told: String) {
    let message = message(text, RecallOperation.self)
    #expect(message.contains(told), "\(message)")
  }

  @Test("Nothing is forgotten by no filter at all, nor by one that widens")
  func forgetting() {
    for text in ["{}", #"{"status": ["all"]}"#, #"{"actor": "eve"}"#, #"{"ids": []}"#] {
      #expect(message(text, ForgetOperation.self).contains("Nothing says what to forget"))
    }
    for text in [#"{"status": ["archived"]}"#, #"{"status": ["all"], "whole": "talk"}"#] {
      #expect(message(text, ForgetOperation.self) == "read")
    }
    let both = #"{"ids": ["a"], "author": ["eve"]}"#
    #expect(message(both, ForgetOperation.self).contains("together"))
  }

  @Test("Nothing that was given is shown, but for what looks like a name")
  func privacy() {
    for text in [
      #"{"My Secret": 1}"#, #"{"text": "x", "id": "Secret\u0007"}"#, #"{"text": ["Secret"]}"#,
    ] {
      #expect(!message(text, RememberOperation.self).contains("Secret"))
    }
    let large = #"{"text": "x", "metadata": {"n": 9007199254740993}}"#
    #expect(message(large, RememberOperation.self).contains("would be rounded"))
  }

  @Test("A schema says kinds, bounds, defaults and what has to be given")
  func schema() throws {
    let schema = RecallOperation.schema
    #expect(schema["required"]?.line == #"["query"]"#)
    #expect(schema["additionalProperties"]?.line == "false")
    let properties = try #require(schema["properties"])
    #expect(
      properties["limit"]?.line == """
        {"type":"integer","minimum":1,"maximum":10000,\
        "description":"The most records; 10, if not configured otherwise.","default":10}
        """)
    #expect(properties["query"]?["default"] == nil)
    #expect(properties["category"]?["items"]?["type"]?.line == #""string""#)
    #expect(properties["since"]?["description"]?.line.contains("ISO 8601") == true)
    #expect(StatusOperation.schema["properties"]?.line == "{}")
  }
}
