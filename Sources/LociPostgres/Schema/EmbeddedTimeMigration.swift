/// Version 14: a vector says when it was made.
enum EmbeddedTimeMigration: Migration {
  static let version = 14

  static let up = EveryVectorTable.run("ALTER TABLE %1$I ADD COLUMN embedded_at bigint;")
  static let down = EveryVectorTable.run("ALTER TABLE %1$I DROP COLUMN embedded_at;")
}
