/// One step of the schema, and the way back.
///
/// Each runs in the transaction that also records its version, so a schema is always at one
/// version.
protocol Migration: Sendable {
  /// The version that a schema has after ``up``.
  static var version: Int { get }
  /// From the version below to this one.
  static var up: String { get }
  /// From this version to the one below. Data that only this version can hold is lost.
  static var down: String { get }
  /// What SQL can't say: after ``up``.
  static func finish(_ connection: Connection) throws
  /// What SQL can't say: before ``down``.
  static func undo(_ connection: Connection) throws
}

extension Migration {
  static func finish(_ connection: Connection) throws {}
  static func undo(_ connection: Connection) throws {}
}
