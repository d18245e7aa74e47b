import LociMemory
import LociSimulation

extension Simulation {
  /// One write, and what it must have done.
  mutating func write() async throws {
    let write = try drawWrite()
    journal.note("\(write)")
    let answer = try await write.perform(in: memory)
    if let error = answer.error, scenario.rules.isEmpty, error.code != .notFound {
      throw Violation("\(write) failed without a fault: \(error)")
    }
    try await settle([(write, answer)])
  }

  /// Writes and questions at the same time, now and then with a crash among them.
  mutating func writeAtOnce() async throws {
    let namespace = namespaces.randomElement(using: &generator)
    let writes = try (0..<Int.random(in: 2...4, using: &generator)).map { _ in
      try drawWrite(in: namespace)
    }
    let question = try drawQuestion(in: namespace)
    let crash: Int64? = generator.happens(0.15) ? .random(in: 0...120, using: &generator) : nil
    journal.note(
      "at once: \(writes.map(\.description).joined(separator: " | ")) | \(question)"
        + (crash.map { " | crash after \($0) ms" } ?? ""))
    let attempts = writes.flatMap(\.effects).reduce(into: [Name: [Attempt]]()) {
      $0[$1.key, default: []].append(Attempt(effect: $1.value, isAcknowledged: false))
    }
    let (answers, recall) = try await run(writes, question, crash: crash)
    if let recall { try check(recall, to: question, amid: attempts) }
    try await settle(Array(zip(writes, answers)))
  }

  private func run(
    _ writes: [Write], _ question: Question, crash: Int64?
  ) async throws -> ([Write.Answer], Recall?) {
    async let recall = question.ask(memory)
    let answers = try await withThrowingTaskGroup { group in
      for (index, write) in writes.enumerated() {
        group.addTask { [memory] in (index, try await write.perform(in: memory)) }
      }
      if let crash {
        await clock.sleep(milliseconds: crash)
        disk.crash()
      }
      return try await group.reduce(into: [Int: Write.Answer]()) { $0[$1.0] = $1.1 }
    }
    return (writes.indices.compactMap { answers[$0] }, try await recall)
  }

  /// Holds what is stored after writes that ran at the same time against what they can have done.
  private mutating func settle(_ done: [(write: Write, answer: Write.Answer)]) async throws {
    var attempts: [Name: [Attempt]] = [:]
    for (write, answer) in done {
      journal.note(answer.error.map { "  \($0.code)" } ?? "  ok")
      for (name, effect) in write.effects {
        attempts[name, default: []]
          .append(Attempt(effect: effect, isAcknowledged: answer.error == nil))
      }
    }
    let actual = try await calmly { try await stored(attempts.keys.sorted()) }
    for (name, attempts) in attempts.sorted(by: { $0.key < $1.key }) {
      let start = model.records[name]
      guard attempts.possibleEnds(from: start).contains(actual[name]) else {
        throw Violation(
          "\(name) is \(actual[name].debug) after \(attempts), and was \(start.debug)")
      }
      model.set(name, to: actual[name])
      model.embedded.remove(name)
    }
    for (write, answer) in done where answer.error == nil {
      for (id, isEmbedded) in answer.isEmbedded where isEmbedded {
        let name = Name(namespace: write.namespace, id: id)
        if isEmbeddedForSure(attempts[name] ?? []) { model.embedded.insert(name) }
      }
    }
  }

  /// Whether a record is found by meaning after one of these attempts said so: certainly where it
  /// was the only one. Where another one forgot it, or failed, its vector may have gone with that.
  private func isEmbeddedForSure(_ attempts: [Attempt]) -> Bool {
    guard attempts.count > 1 else { return true }
    guard scenario.isCalm else { return false }
    return attempts.allSatisfy { if case .erase = $0.effect { false } else { $0.isAcknowledged } }
  }

  private func stored(_ names: [Name]) async throws -> [Name: Facts] {
    var found: [Name: Facts] = [:]
    for (namespace, names) in Dictionary(grouping: names, by: \.namespace) {
      found.merge(
        try await facts(of: records().get(names.map(\.id), namespace: namespace), in: namespace)
      ) { $1 }
    }
    return found
  }

  /// What is stored of records, with their earlier texts.
  func facts(of found: [Record], in namespace: Namespace) async throws -> [Name: Facts] {
    let versions = Dictionary(
      grouping: try await records().versions(of: found.map(\.id), in: namespace), by: \.id)
    return Dictionary(
      found.map { record in
        var facts = Facts(of: record)
        facts.earlierTexts = (versions[record.id] ?? []).map(\.text)
        return (Name(namespace: namespace, id: record.id), facts)
      }, uniquingKeysWith: { $1 })
  }

  private mutating func drawWrite(in namespace: Namespace? = nil) throws -> Write {
    let namespace = try namespace ?? drawNamespace()
    switch Int.random(in: 0..<10, using: &generator) {
    case 0..<5:
      let count = generator.happens(0.6) ? 1 : Int.random(in: 2...6, using: &generator)
      return Write(
        namespace: namespace,
        kind: .remember(try (0..<count).map { _ in try drawMemory(in: namespace) }))
    case 5..<8:
      return Write(
        namespace: namespace, kind: .update(try drawID(in: namespace), drawPatch()))
    default:
      let count = generator.happens(0.7) ? 1 : Int.random(in: 2...4, using: &generator)
      return Write(
        namespace: namespace,
        kind: .forget(try (0..<count).map { _ in try drawID(in: namespace) }))
    }
  }

  mutating func drawNamespace() throws -> Namespace {
    try namespaces.randomElement(using: &generator) ?? Namespace("shared")
  }

  /// Mostly an id that exists; what is shared is its author's affair, and what was
  /// told has its own calls.
  private mutating func drawID(in namespace: Namespace) throws -> RecordID {
    let known = model.names(in: namespace).filter {
      ![.shared, .episodes].contains(model.records[$0]?.collection)
    }
    if generator.happens(0.85), let name = known.randomElement(using: &generator) {
      return name.id
    }
    return try drawNewID()
  }

  /// The same ids in all namespaces, so that a leak would show.
  private mutating func drawNewID() throws -> RecordID {
    try RecordID("m\(Int.random(in: 0..<30, using: &generator))")
  }

  private mutating func drawMemory(in namespace: Namespace) throws -> NewMemory {
    NewMemory(
      Vocabulary.text(2...7, using: &generator), id: try drawNewID(),
      category: [nil, .fact, .preference].randomElement(using: &generator) ?? nil,
      metadata: Vocabulary.metadata(using: &generator))
  }

  private mutating func drawPatch() -> RecordPatch {
    var patch = RecordPatch()
    if generator.happens(0.5) { patch.text = Vocabulary.text(2...7, using: &generator) }
    if generator.happens(0.4) {
      patch.status = [.active, .forgotten, .archived].randomElement(using: &generator)
    }
    if generator.happens(0.4) { patch.metadata = Vocabulary.metadata(using: &generator) }
    if generator.happens(0.2) { patch.category = .decision }
    return patch
  }
}

extension Optional {
  /// What is there, or that nothing is.
  var debug: String { map { "\($0)" } ?? "not there" }
}
