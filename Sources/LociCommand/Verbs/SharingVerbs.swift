import Foundation
import Loci
import LociJSON
import LociWire

/// The verbs by which bots show memories to each other. The bot is the one whose namespace is
/// named.
enum SharingVerbs {
  static let all = [share, revoke, unshare, shared, trust, distrust, trusted]

  private static let id = Positional("ID", .one, "The memory's id, or the shared record's.")
  private static let author = Positional("NAME", .one, "The author's id.")

  private static let share = Verb(
    ShareOperation.name, ShareOperation.summary,
    details: """
      What is shared is a copy: text, category, importance, confidence, times and tags. Sharing it
      again changes the copy. `loci recall --shared` finds it. Prints the shared record's id.

        loci share ID --namespace bot:ada --with trusting
        loci trust author ada --namespace bot:bob
        loci recall "what does Alice drink?" --namespace bot:bob --shared
      """,
    positionals: [id], flags: [.namespace] + Flag.of(ShareOperation.self, except: ["id"]),
    action: { session in
      var share = ShareOperation()
      share.id = try session.recordID()
      try session.arguments.read(into: &share)
      let record = try await session.run(share)
      try session.console.show(record.json, record.id.text)
    })

  private static let revoke = Verb(
    RevokeOperation.name, RevokeOperation.summary, positionals: [id], flags: [.namespace],
    action: { session in
      var revoke = RevokeOperation()
      revoke.id = try session.recordID()
      let record = try await session.run(revoke)
      try session.console.show(record.json, record.id.text)
    })

  private static let unshare = Verb(
    UnshareOperation.name, UnshareOperation.summary, positionals: [id], flags: [.namespace],
    action: { session in
      var unshare = UnshareOperation()
      unshare.id = try session.recordID()
      let id = try await session.run(unshare)
      try session.console.show(["id": .string(id.text)], id.text)
    })

  private static let shared = Verb(
    SharedOperation.name, SharedOperation.summary,
    flags: [.namespace] + Flag.of(SharedOperation.self),
    action: { session in
      var shared = SharedOperation()
      try session.arguments.read(into: &shared)
      let answer = try await session.run(shared)
      for record in answer.records {
        try session.console.showItem(
          record.json, "\(record.audience.rawValue)  \(record.line(on: session.console))")
      }
      if answer.records.isEmpty { session.console.note("Nothing is shared.") }
      if let next = answer.next { session.console.note("There may be more: --after \(next.text)") }
    })

  private static let trust = Verb(
    "trust author", TrustAuthorOperation.summary,
    details: "It takes effect at once, and `loci distrust` takes it back.",
    positionals: [author], flags: [.namespace],
    action: { session in
      var trust = TrustAuthorOperation()
      trust.author = session.arguments.positionals[0]
      let isNew = try await session.run(trust)
      try session.console.show(
        ["author": .string(trust.author), "changed": .bool(isNew)],
        isNew ? "Trusted." : "Trusted already.")
    })

  private static let distrust = Verb(
    DistrustOperation.name, DistrustOperation.summary, positionals: [author],
    flags: [.namespace],
    action: { session in
      var distrust = DistrustOperation()
      distrust.author = session.arguments.positionals[0]
      let wasTrusted = try await session.run(distrust)
      try session.console.show(
        ["author": .string(distrust.author), "changed": .bool(wasTrusted)],
        wasTrusted ? "No longer trusted." : "Was not trusted.")
    })

  private static let trusted = Verb(
    TrustedOperation.name, TrustedOperation.summary, flags: [.namespace],
    action: { session in
      let authors = try await session.run(TrustedOperation())
      for author in authors {
        try session.console.showItem(.string(author), Printable.message(author))
      }
      if authors.isEmpty { session.console.note("Nobody is trusted.") }
    })
}
