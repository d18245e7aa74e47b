import Foundation
import LociCore
import LociSQL

/// The lines of the audit log as statements.
enum AuditLog {
  /// Holds the log's head until the end of the transaction.
  static let lock = Statement("SELECT 1 FROM audit_head FOR UPDATE")

  /// The hash of a namespace's last line, once nobody else can add one.
  static func last(of namespace: Namespace) -> Statement {
    Statement(
      "SELECT hash FROM audit WHERE namespace = $1 ORDER BY sequence DESC LIMIT 1",
      [.text(namespace.name)])
  }

  /// Adds lines with the next numbers. Holds the log's head, also where there are none.
  ///
  /// - Parameter last: The hash of the namespace's last line.
  static func additions(
    _ lines: [RecordBatch.Line], in namespace: Namespace, actor: String?, at time: Date,
    after last: ChainHash
  ) -> Statement {
    var (previous, links): (ChainHash, [AuditLink]) = (last, [])
    for line in lines {
      let entry = AuditEntry(
        sequence: 0, time: time, action: line.action, record: line.id, actor: actor)
      let link = AuditChain.link(entry, in: namespace, line.record, after: previous)
      links.append(link)
      previous = link.hash
    }
    return Statement(
      """
      WITH head AS (UPDATE audit_head SET last = last + $1::bigint RETURNING last)
      INSERT INTO audit (sequence, time, action, namespace, record, actor, previous, state, hash)
      SELECT head.last - $1::bigint + line.number, $2::bigint, line.action, $3::text, line.record,
        $4::text, decode(line.previous, 'hex'), nullif(decode(line.state, 'hex'), ''),
        decode(line.hash, 'hex')
      FROM head, unnest($5::text[], $6::text[], $7::text[], $8::text[], $9::text[])
        WITH ORDINALITY AS line (action, record, previous, state, hash, number)
      """,
      [
        .integer(Int64(lines.count)), .integer(time.millisecondsSince1970),
        .text(namespace.name), Value(actor),
        .texts(lines.map(\.action.name)), .texts(lines.map(\.id.text)),
        .texts(links.map(\.previous.description)),
        .texts(links.map { $0.state?.description ?? "" }),
        .texts(links.map(\.hash.description)),
      ])
  }

  /// Takes over another store's lines with their numbers; what comes later is numbered on.
  static func takings(_ lines: [LoggedChange]) -> [Statement] {
    let last = lines.map(\.entry.sequence).max() ?? 0
    return [
      Statement("UPDATE audit_head SET last = greatest(last, $1::bigint)", [.integer(last)])
    ]
      + lines.map { line in
        Statement(
          """
          INSERT INTO audit (\(AuditCodec.columns.list))
          VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING
          """, AuditCodec.values(line).map(Value.init))
      }
  }
}
