/// One step of the schema, and the way back.
///
/// Each runs in the transaction that also records its version, so a file is always at one version.
protocol Migration: Sendable {
  /// The version that a file has after ``up(_:)``.
  static var version: Int { get }
  /// From the version below to this one.
  static func up(_ connection: Connection) throws
  /// From this version to the one below. Data that only this version can hold is lost.
  static func down(_ connection: Connection) throws
}
