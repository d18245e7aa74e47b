package import Foundation
import LociCore
import Synchronization

/// A real PostgreSQL server in a temporary folder, for as long as its owner or this process lives.
///
/// It listens on a Unix socket only. As root it runs as `nobody`, since PostgreSQL refuses root;
/// and as `nobody` can't read root's folders, it runs a copy of the engine.
package final class PostgresServer: Sendable {
  /// The server that all tests share; each test has a schema of its own.
  package static let shared = Task { try await PostgresServer() }

  package let folder: URL
  private let watch: Process
  private let lifeline = Pipe()

  /// Makes a database cluster and starts it.
  ///
  /// - Parameter withoutVectors: Takes pgvector out of the engine's copy.
  package init(withoutVectors: Bool = false) async throws {
    folder = FileManager.default.temporaryDirectory.appending(
      path: "loci-pg-\(UUID().uuidString.prefix(8))")
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
    watch = Process()
    watch.executableURL = URL(filePath: "/bin/sh")
    watch.arguments = ["-c", Self.script, "sh", try Self.engine().path, folder.path]
    watch.environment = [
      "PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C",
      "WITHOUT_VECTORS": withoutVectors ? "1" : "",
    ]
    watch.standardInput = lifeline
    let log = folder.appending(path: "watch.log")
    try Data().write(to: log)
    let output = try FileHandle(forWritingTo: log)
    (watch.standardOutput, watch.standardError) = (output, output)
    try watch.run()
    try await wait(for: "ready", log)
  }

  deinit { lifeline.fileHandleForWriting.closeFile() }

  private static func engine() throws -> URL {
    let all = Folders().engines.appending(path: "postgres")
    let versions = try? FileManager.default.contentsOfDirectory(atPath: all.path)
    guard let version = versions?.filter({ !$0.hasPrefix(".") }).max() else {
      throw LociError(
        .missingLibrary, "The tests' PostgreSQL server is not installed.",
        remedy: "Run `Scripts/setup postgres`.")
    }
    return all.appending(path: version)
  }

  /// Reads commands from its input, whose end means that the tests are over or have crashed: then
  /// the server goes, and its folder.
  private static let script = """
    engine=$1 folder=$2 as=
    exec 2>&1
    cp -r "$engine" "$folder/engine"
    extensions=$folder/engine/share/postgresql/extension
    if [ -n "$WITHOUT_VECTORS" ]; then rm "$extensions/vector.control"; fi
    if [ "$(id -u)" = 0 ]; then
      chown -R nobody: "$folder"
      as="setpriv --reuid=nobody --regid=nogroup --clear-groups --"
    fi
    export LD_LIBRARY_PATH="$folder/engine/lib" HOME="$folder"
    cd "$folder"
    run() { $as "$@"; }
    run engine/bin/initdb -D data -U loci -A trust -E UTF8 --locale=C --no-sync >init.log || exit 1
    {
      echo "unix_socket_directories = '$folder'"
      echo "listen_addresses = ''"
      echo "max_connections = 400"
      echo "shared_buffers = 64MB"
      echo "log_min_messages = log"
    } >>data/postgresql.conf
    { echo "local all guest scram-sha-256"; echo "local all all trust"; } >data/pg_hba.conf
    start() { run engine/bin/pg_ctl -D data -l server.log -w -t 30 start >/dev/null; }
    family() {
      read -r main <data/postmaster.pid
      echo "$main"
      grep -lsx "PPid:[[:space:]]*$main" /proc/[0-9]*/status | cut -d / -f 3
    }
    start || { cat server.log; exit 1; }
    echo ready
    while read -r command argument; do
      case $command in
        restart) run engine/bin/pg_ctl -D data -l server.log -m "$argument" -w restart >/dev/null ;;
        stop) run engine/bin/pg_ctl -D data -m "$argument" -w stop >/dev/null ;;
        start) start ;;
        pause) kill -STOP $(family) ;;
        resume) kill -CONT $(family) ;;
      esac
      echo "done $command"
    done
    run engine/bin/pg_ctl -D data -m immediate stop >/dev/null
    rm -rf "$folder"
    """

  /// Has the server restarted, stopped, started, paused or resumed, and waits until it is.
  package func command(_ command: String) async throws {
    let log = folder.appending(path: "watch.log")
    let before = try String(contentsOf: log, encoding: .utf8).count
    try lifeline.fileHandleForWriting.write(contentsOf: Data("\(command)\n".utf8))
    let name = command.prefix { $0 != " " }
    try await wait(for: "done \(name)", log, after: before)
  }

  private func wait(for words: String, _ log: URL, after start: Int = 0) async throws {
    for _ in 0..<600 {
      let text = try String(contentsOf: log, encoding: .utf8)
      if text.dropFirst(start).contains(words) { return }
      guard watch.isRunning else {
        throw LociError(.io, "The tests' PostgreSQL server did not start: \(text)")
      }
      try await Task.sleep(for: .milliseconds(50))
    }
    throw LociError(.timedOut, "The tests' PostgreSQL server is too slow.")
  }

  /// The connection string of the superuser, or of another role.
  package func conninfo(user: String = "loci", database: String = "postgres") -> String {
    "host=\(folder.path) dbname=\(database) user=\(user)"
  }

  /// Runs SQL as the superuser, outside of Loci; returns what it answers.
  @discardableResult
  package func sql(_ text: String, database: String = "postgres") async throws -> String {
    let process = Process()
    process.executableURL = folder.appending(path: "engine/bin/psql")
    process.arguments = [
      "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", conninfo(database: database),
      "-c", text,
    ]
    process.environment = ["LD_LIBRARY_PATH": folder.appending(path: "engine/lib").path]
    let answers = TemporaryFile()
    let output = try FileHandle(forWritingTo: answers.url)
    (process.standardOutput, process.standardError) = (output, output)
    // Nothing here may block: the tests' threads are few.
    let (ends, continuation) = AsyncStream<Int32>.makeStream()
    process.terminationHandler = { continuation.yield($0.terminationStatus) }
    try process.run()
    for await status in ends {
      let answer = try String(contentsOf: answers.url, encoding: .utf8)
      guard status == 0 else { throw LociError(.io, "psql failed: \(answer)") }
      return answer.trimmingCharacters(in: .whitespacesAndNewlines)
    }
    throw CancellationError()
  }
}

/// An empty file, removed when its owner goes away.
private final class TemporaryFile: Sendable {
  let url = FileManager.default.temporaryDirectory.appending(path: "loci-\(UUID().uuidString)")

  init() { _ = FileManager.default.createFile(atPath: url.path, contents: nil) }

  deinit { try? FileManager.default.removeItem(at: url) }
}

extension PostgresServer {
  private static let roles = Task {
    let server = try await shared.value
    try await server.sql(
      """
      CREATE ROLE guest LOGIN SUPERUSER PASSWORD 'right-s3cr3t';
      CREATE ROLE weak LOGIN;
      """)
  }

  /// Makes the roles `guest`, who needs the password `right-s3cr3t`, and `weak`, who has no rights.
  package func makeRoles() async throws { try await Self.roles.value }

  /// A TCP port that nobody listens on.
  package func freePort() async throws -> Int {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(listener) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let port = unsafe withUnsafeMutablePointer(to: &address) { address in
      unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        guard unsafe bind(listener, address, size) == 0 else { return false }
        return unsafe getsockname(listener, address, &size) == 0
      }
    }
    guard port else { throw LociError(.io, "No TCP port is free.") }
    return Int(UInt16(bigEndian: address.sin_port))
  }
}
