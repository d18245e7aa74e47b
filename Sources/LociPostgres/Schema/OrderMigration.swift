/// Version 10: an index that lists the newest records first.
enum OrderMigration: Migration {
  static let version = 10

  static let up = "CREATE INDEX record_by_creation ON record (namespace, created_at DESC, id);"

  static let down = "DROP INDEX record_by_creation;"
}
