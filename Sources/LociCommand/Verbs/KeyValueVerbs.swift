import Foundation
import Loci
import LociJSON
import LociWire

/// The verbs for JSON values by key.
enum KeyValueVerbs {
  static let all = [group, get, set, list, delete]

  private static let group = Verb(
    "kv", "keep JSON values by key, beside the memories of a namespace",
    details: """
        loci kv set mood '"calm"'
        loci kv set count 2 --expect 1
        loci kv get count
        loci kv list --json
      """)

  private static let key = Positional("KEY", .one, "The key.")

  private static let get = Verb(
    "kv get", GetKeyOperation.summary, positionals: [key], flags: [.namespace],
    action: { session in
      var get = GetKeyOperation()
      get.key = session.arguments.positionals[0]
      try session.console.print(try await session.run(get))
    })

  private static let set = Verb(
    "kv set", SetKeyOperation.summary,
    details: """
      A text stands in double quotes: '"calm"'. With --expect or --if-absent it is set only where
      the value is that one, so that of many who do so at once one succeeds.
      """,
    positionals: [
      key, Positional("JSON", .one, "The value; - reads it from the standard input."),
    ],
    flags: [.namespace] + Flag.of(SetKeyOperation.self, except: ["key", "value"]),
    action: { session in
      var set = SetKeyOperation()
      set.key = session.arguments.positionals[0]
      set.value = try session.text(session.arguments.positionals[1])
      try session.arguments.read(into: &set)
      try await session.run(set)
      try session.console.show(["key": .string(set.key)], Printable.message(set.key))
    })

  private static let list = Verb(
    "kv list", ListKeysOperation.summary,
    flags: [.namespace] + Flag.of(ListKeysOperation.self),
    action: { session in
      var list = ListKeysOperation()
      try session.arguments.read(into: &list)
      let values = try await session.run(list)
      for value in values {
        try session.console.showItem(
          value.json, "\(Printable.message(value.name.key))  \(Printable.message(value.value))")
      }
      if values.isEmpty { session.console.note("There are no keys.") }
      if values.count == list.limit, let last = values.last {
        session.console.note("There may be more: --after \(Printable.name(last.name.key))")
      }
    })

  private static let delete = Verb(
    "kv delete", DeleteKeyOperation.summary, positionals: [key],
    flags: [.namespace] + Flag.of(DeleteKeyOperation.self, except: ["key"]),
    action: { session in
      var delete = DeleteKeyOperation()
      delete.key = session.arguments.positionals[0]
      try session.arguments.read(into: &delete)
      let wasThere = try await session.run(delete)
      try session.console.show(
        ["deleted": .bool(wasThere)], wasThere ? "Deleted." : "There was no such key.")
    })
}
