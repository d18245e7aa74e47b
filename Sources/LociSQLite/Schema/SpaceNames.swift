import LociCore
import LociSQL

/// How the spaces of a file are named. Their numbers name their rows and tables, whatever they are
/// called.
enum SpaceNames {
  static func change(
    _ connection: Connection, _ renamed: (EmbeddingSpace) -> EmbeddingSpace
  ) throws {
    let spaces = try connection.rows("SELECT number, definition FROM space") {
      ($0.integer(0), try EmbeddingSpace(definition: $0.text(1)))
    }
    for (number, space) in spaces {
      let new = renamed(space)
      try connection.execute(
        "UPDATE space SET key = ?, definition = ? WHERE number = ?",
        [.text(new.key), .text(try new.definition()), .integer(number)])
    }
  }
}

/// Version 6: a space is named by who published its model, not by what runs it.
enum PublisherMigration: Migration {
  static let version = 6

  static func up(_ connection: Connection) throws {
    try SpaceNames.change(connection, \.namedByPublisher)
  }

  static func down(_ connection: Connection) throws {
    try SpaceNames.change(connection, \.namedByEngine)
  }
}

/// Version 4 of a file of sqlite-vec's vectors: the same.
enum SQLiteVecPublisherMigration: Migration {
  static let version = 4

  static func up(_ connection: Connection) throws { try PublisherMigration.up(connection) }

  static func down(_ connection: Connection) throws { try PublisherMigration.down(connection) }
}
