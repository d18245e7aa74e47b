import Loci
import LociWire

/// The verbs that verify the audit log.
enum VerifyVerbs {
  static let all = [verify, quarantined]

  private static let verify = Verb(
    VerifyOperation.name, VerifyOperation.summary,
    details: """
      Each line of the log carries the hash of the line before it. The first line is named that was
      changed, removed or inserted, and so is each record that differs from what its line says.
      Keep the head that is printed elsewhere: given with --head later, it shows whether the log's
      end was cut off. Exit status 1 where anything was found.

        loci verify --namespace bot:ada
        loci verify --head 5f2c… --namespace bot:ada
      """,
    positionals: [Positional("ID", .optional, "Compare only this record.")],
    flags: [.namespace] + Flag.of(VerifyOperation.self, except: ["record"]),
    action: { session in
      var verify = VerifyOperation()
      if !session.arguments.positionals.isEmpty { verify.record = try session.recordID() }
      try session.arguments.read(into: &verify)
      let configuration = try session.configuration()
      let namespace = try await session.namespace(
        configuration, access: verify.quarantines ? .writing : .reading)
      let answer = try await verify.run(in: namespace)
      try session.console.show(answer.json, answer.text)
      if !answer.report.isWhole { throw AlreadyReported() }
    })

  private static let quarantined = Verb(
    QuarantinedOperation.name, QuarantinedOperation.summary,
    details: "`loci unforget ID` lets a record out; `loci forget ID` erases it.",
    flags: [.namespace] + Flag.of(QuarantinedOperation.self),
    action: { session in
      var quarantined = QuarantinedOperation()
      try session.arguments.read(into: &quarantined)
      let answer = try await session.run(quarantined)
      for record in answer.records {
        try session.console.showItem(record.json, record.line(on: session.console))
      }
      if answer.records.isEmpty { session.console.note("Nothing is in quarantine.") }
      if let next = answer.next { session.console.note("There may be more: --after \(next.text)") }
    })
}

extension VerifyAnswer {
  /// The findings, and the head.
  fileprivate var text: String {
    var lines: [String] = []
    if let found = report.firstBreak {
      let what =
        switch found.kind {
        case .changed: "was changed"
        case .inserted: "was inserted"
        case .removed: "follows at least one line that was removed"
        }
      lines.append("Line \(found.sequence), of \(Printable.name(found.record.text)), \(what).")
    }
    if report.holdsExpectedHead == false {
      lines.append("The head that was expected is not in the log: its end was cut off.")
    }
    for (ids, what) in [
      (report.differing, "differs from what its line says"),
      (report.missing, "is gone, and no line says so"), (report.damaged, "can't be read"),
    ] {
      lines += ids.map { "\(Printable.name($0.text)) \(what)." }
    }
    if quarantinedCount > 0 {
      lines.append(Count.of(quarantinedCount, "record is", "records are") + " in quarantine now.")
    }
    if report.isWhole {
      lines.append(
        "\(Count.of(report.lineCount, "line")) and \(Count.of(report.recordCount, "record")) are "
          + "as they were written.")
    }
    if report.unknownCount > 0 {
      lines.append(
        "Of \(Count.of(report.unknownCount, "record")) the log tells nothing yet: they are as an "
          + "older Loci wrote them.")
    }
    return (lines + ["head: \(report.head)"]).joined(separator: "\n")
  }
}
