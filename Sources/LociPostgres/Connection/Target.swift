package import LociCore

/// The server and database that a connection string names, as they may be shown, and what must not
/// be shown.
package struct Target: Sendable {
  let conninfo: String
  /// Host, port and database.
  package let location: String
  /// The database's name.
  let database: String
  /// The same as PostgreSQL's programs read it in their environment, secrets included.
  let variables: [String: String]
  private let secrets: [String]

  /// Reads a connection string.
  ///
  /// - Throws: ``LociError/Code/invalidConfiguration``, without quoting any of it.
  package init(_ conninfo: String) throws(LociError) {
    let isURI = ["postgres://", "postgresql://"].contains { conninfo.hasPrefix($0) }
    let isName = !isURI && !conninfo.contains("=")
    guard !conninfo.utf8.contains(0), !(isName && conninfo.contains { "@:/".contains($0) }),
      let options = isName ? ConnectionOptions() : ConnectionOptions(conninfo)
    else { throw Self.malformed }
    let host = options["hostaddr"] ?? options["host"] ?? "localhost"
    let port = options["port"] ?? "5432"
    let database = (isName ? conninfo : options["dbname"]) ?? ""
    // An @ or / that is not encoded moves a part of the password into one of these.
    let parts = [host, port, database]
    guard !isURI || !parts.contains(where: { $0.contains("@") }),
      port.utf8.allSatisfy({ (48...57).contains($0) || $0 == 44 })
    else { throw Self.malformed }
    self.conninfo = conninfo
    self.database = database.isEmpty ? options["user"] ?? "postgres" : database
    variables = options.variables.merging(isName ? ["PGDATABASE": conninfo] : [:]) { $1 }
    let password = isURI ? conninfo.firstMatch(of: #/^\w+://[^/@]*?:([^@]*)@/#)?.1 : nil
    secrets = [options["password"], options["sslpassword"], password.map(String.init)]
      .compactMap { $0 }.filter { !$0.isEmpty }
    location = secrets.filter { $0.utf8.count >= 4 }
      .reduce("\(host):\(port)/\(database)") { $0.replacing($1, with: "***") }
  }

  private static let malformed = LociError(
    .invalidConfiguration, "The PostgreSQL connection string is not understood.",
    remedy: """
      Write postgresql://user@host:5432/database or "host=… dbname=… user=…"; in a URI, encode \
      characters such as @ and / in a password with % (%40, %2F).
      """)

  /// What libpq or the server says, as it may be shown. A password that is too short to be told
  /// from other text hides all of it.
  package func withoutSecrets(_ text: String) -> String {
    guard secrets.allSatisfy({ $0.utf8.count >= 4 }) else { return "not shown" }
    return secrets.reduce(text) { $0.replacing($1, with: "***") }
  }
}
