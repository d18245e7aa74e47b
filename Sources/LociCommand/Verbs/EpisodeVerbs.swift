import Loci
import LociJSON
import LociWire

/// The verbs for what happens from beginning to end, and what is said in it.
enum EpisodeVerbs {
  static let all = [group, begin, add, ingest, show, list, close, reopen, forget]

  private static let group = Verb(
    "episode", "keep what happens from beginning to end: conversations, tasks, meetings",
    details: """
        loci episode begin "Planning the journey to Porto"
        loci episode add ID "Shall we take the train?" --speaker alice
        loci episode close ID --outcome "They take the train."
        loci episode ingest chat.jsonl --description "Planning the journey"
        loci recall "which train?" --unit whole

      What is said is in segments: a new one begins after a pause of episodes.pause_minutes, or
      where it is less similar than episodes.least_similarity to what was said before.
      """)

  private static let id = Positional("ID", .one, "The episode's id.")

  private static let begin = Verb(
    "episode begin", BeginEpisodeOperation.summary, details: "Prints the episode's id.",
    positionals: [
      Positional("TEXT", .one, "What it is about; - reads it from the standard input.")
    ],
    flags: [.namespace] + Flag.of(BeginEpisodeOperation.self, except: ["text"]),
    action: { session in
      var begin = BeginEpisodeOperation()
      begin.text = try session.text(session.arguments.positionals[0])
      try session.arguments.read(into: &begin)
      let answer = try await session.run(begin)
      try session.console.show(answer.json, answer.episode.id.text)
    })

  private static let add = Verb(
    "episode add", AddTurnOperation.summary, details: "Prints the id of what was added.",
    positionals: [
      id, Positional("TEXT", .one, "What was said; - reads it from the standard input."),
    ],
    flags: [.namespace] + Flag.of(AddTurnOperation.self, except: ["id", "text"]),
    action: { session in
      let configuration = try session.configuration()
      var add = AddTurnOperation()
      add.id = try session.recordID()
      add.line.text = try session.text(session.arguments.positionals[1])
      add.rules = configuration.episodeRules
      try session.arguments.read(into: &add)
      let added = try await session.run(add, configuration)
      let text = added.added.turns.first?.id.text ?? "It was there already."
      try session.console.show(added.json, text)
    })

  private static let show = Verb(
    "episode show", ShowEpisodeOperation.summary, positionals: [id],
    flags: [.namespace] + Flag.of(ShowEpisodeOperation.self, except: ["id"]),
    action: { session in
      var show = ShowEpisodeOperation()
      show.id = try session.recordID()
      try session.arguments.read(into: &show)
      let answer = try await session.run(show)
      try session.console.show(answer.json, answer.text(on: session.console))
      if let next = answer.next { session.console.note("There may be more: --after \(next)") }
    })

  private static let list = Verb(
    "episode list", ListEpisodesOperation.summary,
    flags: [.namespace] + Flag.of(ListEpisodesOperation.self),
    action: { session in
      var list = ListEpisodesOperation()
      try session.arguments.read(into: &list)
      let answer = try await session.run(list)
      for episode in answer.episodes {
        try session.console.showItem(
          episode.json(at: answer.now), episode.line(on: session.console))
      }
      if answer.episodes.isEmpty { session.console.note("There are no such episodes.") }
      if let next = answer.next { session.console.note("There may be more: --after \(next.text)") }
    })

  private static let close = Verb(
    "episode close", CloseEpisodeOperation.summary, positionals: [id],
    flags: [.namespace] + Flag.of(CloseEpisodeOperation.self, except: ["id"]),
    action: { session in
      var close = CloseEpisodeOperation()
      close.id = try session.recordID()
      try session.arguments.read(into: &close)
      let answer = try await session.run(close)
      try session.console.show(answer.json, answer.episode.id.text)
    })

  private static let reopen = Verb(
    "episode reopen", ReopenEpisodeOperation.summary, positionals: [id], flags: [.namespace],
    action: { session in
      var reopen = ReopenEpisodeOperation()
      reopen.id = try session.recordID()
      let answer = try await session.run(reopen)
      try session.console.show(answer.json, answer.episode.id.text)
    })

  private static let forget = Verb(
    "episode forget", ForgetEpisodeOperation.summary,
    details: "`loci forget` erases its description alone.", positionals: [id],
    flags: [.namespace],
    action: { session in
      var forget = ForgetEpisodeOperation()
      forget.id = try session.recordID()
      let answer = try await session.run(forget)
      try session.console.show(
        answer.json, "Erased \(Count.of(answer.recordCount, "record")).")
    })

  private static let ingest = Verb(
    "episode ingest", IngestConversationOperation.summary,
    details: """
      Each line is what was said: {"speaker": "alice", "text": "...", "time":
      "2026-11-20T15:30:00+01:00"}. A time without a zone is in UTC. Lines that can't be used are
      named and left out, with exit status 3. Started again, a run that was cut off goes on, and a
      file that has grown is taken in from where it has.

        loci episode ingest chat.jsonl --namespace bot:ada
      """,
    positionals: [Positional("FILE", .one, "The file; - is the standard input.")],
    flags: [.namespace] + Flag.of(IngestConversationOperation.self, except: ["path"]),
    action: { session in
      let configuration = try session.configuration()
      var ingest = IngestConversationOperation()
      ingest.path = session.arguments.positionals[0]
      ingest.readsStandardInput = ingest.path == "-"
      ingest.rules = configuration.episodeRules
      try session.arguments.read(into: &ingest)
      let progress = Progress(session.console)
      defer { progress.end() }
      ingest.progress = { progress.show("Added \(Count.of($0.addedCount, "turn"))") }
      ingest.reject = ExchangeVerbs.rejections(session)
      let answer = try await session.run(ingest, configuration)
      progress.end()
      try session.console.show(answer.json, answer.text)
      if !answer.isComplete { throw PartlyDone() }
    })
}
