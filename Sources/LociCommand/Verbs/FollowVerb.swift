import Foundation
import Loci
import LociWire

/// `loci ingest --watch`.
enum FollowVerb {
  /// Follows the one folder that was named, until it is interrupted.
  static func follow(
    _ session: Session, _ ingest: IngestOperation, _ configuration: Configuration
  ) async throws {
    guard session.arguments.has("watch") else {
      throw UsageError("--poll says how --watch looks.", remedy: "Add --watch.")
    }
    guard session.arguments.positionals.count == 1, let path = session.arguments.positionals.first
    else { throw UsageError("--watch follows one folder.", remedy: "Name one PATH.") }
    var following = FollowOptions()
    if let seconds = try session.arguments.value("poll", as: seconds) {
      following = FollowOptions(interval: seconds, polls: true)
    }
    let url = URL(filePath: path)
    guard (try? url.resourceValues(forKeys: [.isDirectoryKey]).isDirectory) == true else {
      throw LociError(
        .invalidArgument, "There is no folder \(path); --watch follows a folder.",
        remedy: "Name the folder that holds the files.")
    }
    let namespace = try await session.namespace(configuration)
    let console = session.console
    let progress = Progress(console)
    defer { progress.end() }
    try await namespace.follow(
      url, options: ingest.selected(), following: following,
      progress: { report in
        guard report.waitingCount > 0 else { return }
        progress.show("\(path): \(Count.of(report.waitingCount, "chunk")) to be embedded")
      },
      tell: { event in
        progress.end()
        switch event {
        case .ingested(let report):
          for line in report.notes { console.note(line) }
          try console.showItem(report.json(path: path), report.text(path: path))
        case .failed(let error): session.report(error)
        }
      })
  }

  private static func seconds(_ text: String) throws -> Duration {
    guard let seconds = Double(text), seconds >= 0.1, seconds <= 86_400 else {
      throw LociError(
        .invalidArgument, "So many seconds can't be waited.", remedy: "Give 0.1 to 86400.")
    }
    return .milliseconds(Int(seconds * 1000))
  }
}
