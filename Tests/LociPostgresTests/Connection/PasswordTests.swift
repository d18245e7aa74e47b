import Foundation
import LociCore
import LociPostgres
import LociTestKit
import Testing

@Suite("The password") struct PasswordTests {
  private static let secret = "s3cr3t"

  /// Connection strings with a password: right ones, and every way to get one wrong.
  private static let strings = [
    "postgresql://ada:s3cr3t@127.0.0.1:1/db", "postgres://ada:s3cr3t@127.0.0.1:1/db",
    "postgresql://ada:s3cr3t@127.0.0.1:1,127.0.0.1:2/db",
    "postgresql://127.0.0.1:1/db?user=ada&password=s3cr3t",
    "postgresql://ada:a%40s3cr3t@127.0.0.1:1/db", "postgresql://ada:s3cr3t@s3cr3t@127.0.0.1:1/db",
    "postgresql://ada:p/s3cr3t@127.0.0.1:1/db",
    "postgresql://ada:p@s3cr3t@127.0.0.1:1/db", "postgresql://ada:p?s3cr3t@127.0.0.1:1/db",
    "postgresql://ada:p#s3cr3t@127.0.0.1:1/db", "postgresql://ada:%zzs3cr3t@127.0.0.1:1/db",
    "postgresql://ada:s3cr3t@127.0.0.1:s3cr3t/db", "postgresql://ada:s3cr3t@/db",
    "postgresql://ada:s3cr3t@[::1/db", "postgresql://ada:s3cr3t@127.0.0.1:1/db?pasword=s3cr3t",
    "postgresql://ada:s3cr3t@127.0.0.1:1/db?password=s3cr3t=x", "postgress://ada:s3cr3t@h/db",
    "postgresql//ada:s3cr3t@h/db", "ada:s3cr3t@127.0.0.1/db",
    "host=127.0.0.1 port=1 user=ada password=s3cr3t",
    "host=127.0.0.1 port=1 password = 's3cr3t'", "host=127.0.0.1 port=1 password='s3cr3t",
    "host=127.0.0.1 port=1 password=a s3cr3t", "host=127.0.0.1 port=1 password=a s3cr3t=b",
    "host=127.0.0.1 port=1 pass=s3cr3t", "password=s3cr3t host=/nowhere",
    "password=s3cr3t host=s3cr3t", "password=s3cr3t dbname=s3cr3t host=127.0.0.1 port=1",
    "password=s3cr3t service=s3cr3t", "password=s3cr3t sslmode=s3cr3t host=127.0.0.1 port=1",
    "password=s3cr3t port=s3cr3t", "sslpassword=s3cr3t host=127.0.0.1 port=1",
  ]

  @Test("No error shows it, whatever the connection string", arguments: strings)
  func errors(_ connection: String) async throws {
    var settings = PostgresSettings(connection: connection)
    settings.connectTimeout = .milliseconds(300)
    let error = try #require(
      await #expect(throws: LociError.self) { try await PostgresDatabase.open(settings) })
    for text in ["\(error)", String(reflecting: error), "\(String(describing: error.detail))"] {
      #expect(!text.contains(Self.secret), "\(text.replacing(Self.secret, with: "SECRET"))")
    }
    #expect(error.remedy != nil)
  }

  @Test("Settings show no part of the connection string", arguments: strings)
  func settings(_ connection: String) {
    let settings = PostgresSettings(connection: connection)
    var dumped = ""
    dump(settings, to: &dumped)
    for text in ["\(settings)", String(reflecting: settings), dumped] {
      #expect(!text.contains(Self.secret))
    }
  }

  @Test("The place is shown without user and password")
  func place() throws {
    let target = try Target("postgresql://ada:s3cr3t@db.example:6000/memory")
    #expect(target.location == "db.example:6000/memory")
    #expect(target.withoutSecrets("no s3cr3t here") == "no *** here")
    #expect(try Target("password=abc").withoutSecrets("cab abc") == "not shown")
  }

  @Test("A wrong password is refused, and neither is shown")
  func wrong() async throws {
    let server = try await PostgresServer.shared.value
    try await server.makeRoles()
    var settings = server.settings()
    settings.connection = server.conninfo(user: "guest") + " password=wrong-s3cr3t"
    let error = try #require(
      await #expect(throws: LociError.self) { try await PostgresDatabase.open(settings) })
    #expect(error.code == .forbidden)
    #expect(!String(reflecting: error).contains(Self.secret))
    settings.connection = server.conninfo(user: "guest") + " password=right-s3cr3t"
    let database = try await PostgresDatabase.open(settings)
    #expect(!database.location.contains(Self.secret) && !database.location.contains("guest"))
    #expect(database.location.contains(settings.schema))
    await database.close()
  }
}
