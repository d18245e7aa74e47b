/// Version 4: small values beside the records, such as where the vectors are.
enum NotesMigration: Migration {
  static let version = 4

  static let up = "CREATE TABLE note (name text PRIMARY KEY, value text NOT NULL);"
  static let down = "DROP TABLE note;"
}
