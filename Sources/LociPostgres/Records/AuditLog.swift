import Foundation
import LociCore
import LociSQL

/// The lines of the audit log as statements.
enum AuditLog {
  /// Holds the log's head until the end of the transaction.
  static let lock = Statement("SELECT 1 FROM audit_head FOR UPDATE")

  /// Adds lines with the next numbers. Holds the log's head, also where there are none.
  static func additions(
    _ lines: [RecordBatch.Line], in namespace: Namespace, actor: String?, at time: Date
  ) -> Statement {
    Statement(
      """
      WITH head AS (UPDATE audit_head SET last = last + $1::bigint RETURNING last)
      INSERT INTO audit (sequence, time, action, namespace, record, actor)
      SELECT head.last - $1::bigint + line.number, $2::bigint, line.action, $3::text, line.record,
        $4::text
      FROM head, unnest($5::text[], $6::text[]) WITH ORDINALITY AS line (action, record, number)
      """,
      [
        .integer(Int64(lines.count)), .integer(time.millisecondsSince1970),
        .text(namespace.name), Value(actor),
        .texts(lines.map(\.action.name)), .texts(lines.map(\.id.text)),
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
          VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING
          """, AuditCodec.values(line).map(Value.init))
      }
  }
}
