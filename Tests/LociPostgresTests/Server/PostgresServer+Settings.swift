import Foundation
import LociPostgres
import LociTestKit

extension PostgresServer {
  /// Settings for a store in a schema that nobody else has.
  func settings(_ indexKind: PostgresSettings.IndexKind = .exact) -> PostgresSettings {
    var settings = PostgresSettings(connection: conninfo())
    settings.schema = "test_\(UUID().uuidString.lowercased())"
    settings.indexKind = indexKind
    return settings
  }
}
