import Foundation
import LociCore
import Synchronization

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// A file as the hub describes it.
struct HubFile: Hashable, Sendable {
  /// The path in the repository.
  let name: String
  /// The blob's name in the cache: a SHA-256 for large files, git's SHA-1 for small ones.
  let tag: String
  /// The length in bytes, where the hub says it.
  let size: Int64?
}

/// How often, and how fast, a request is tried again.
package struct HubPatience: Sendable {
  /// Tries in a row without any progress.
  package var attempts = 5
  /// The wait after the first failure; it doubles with every further one.
  package var firstDelayMilliseconds = 500
  /// How long a server may stay silent.
  package var timeoutSeconds = 30.0

  package init() {}
}

/// The few questions that Loci asks the hub.
struct HubClient: Sendable {
  private let settings: HubSettings
  private let patience: HubPatience
  private let transport: HubTransport

  init(settings: HubSettings, patience: HubPatience) {
    self.settings = settings
    self.patience = patience
    transport = HubTransport(timeoutSeconds: patience.timeoutSeconds)
  }

  private struct Listing: Decodable {
    struct File: Decodable { var rfilename: String }
    var sha: String
    var siblings: [File]
  }

  /// The newest commit of a model and the names of its files.
  func listing(of model: ModelID) async throws -> (commit: String, files: Set<String>) {
    let body = MemorySink()
    let url = settings.url("api/models/\(model.text)/revision/main")
    let response = try await patiently(model) {
      body.clear()
      return try await follow(settings.request("GET", url), to: body)
    }
    guard let listing = try? JSONDecoder().decode(Listing.self, from: body.data) else {
      throw HubErrors.unexpected("a list of files that is not understood", response)
    }
    guard HubCache.isSafeName(listing.sha) else {
      throw HubErrors.unexpected("a commit id that is none", response)
    }
    return (listing.sha, Set(listing.siblings.map(\.rfilename)))
  }

  /// What the hub says about a file of a commit.
  ///
  /// For a large file the hub's own answer, a redirect to another host, has the headers that
  /// count; so only redirects within the hub are followed.
  func describe(_ name: String, of model: ModelID, commit: String) async throws -> HubFile {
    let url = fileURL(name, of: model, commit: commit)
    let response = try await patiently(model) {
      try await follow(settings.request("HEAD", url), to: MemorySink(), stopsAtHub: true)
    }
    let linked = response["X-Linked-Etag"]
    guard let tag = Self.tag(linked ?? response["ETag"]) else {
      throw HubErrors.unexpected("\(name) without an entity tag", response)
    }
    let length = response["X-Linked-Size"] ?? (linked == nil ? response["Content-Length"] : nil)
    return HubFile(name: name, tag: tag, size: length.flatMap { Int64($0) })
  }

  /// Sends a file's bytes, from `sink`'s offset on, until `sink` has them all.
  ///
  /// A broken connection is taken up where it broke off. Tries are counted anew whenever the
  /// file has become longer than ever before.
  func download(
    _ file: HubFile, of model: ModelID, commit: String, into sink: HubFileSink
  ) async throws {
    let url = fileURL(file.name, of: model, commit: commit)
    var furthest = sink.offset
    var failures = 0
    while true {
      var request = settings.request("GET", url)
      request.offset = sink.offset
      let failure: LociError
      do {
        let response = try await follow(request, to: sink)
        if response.status == 416 {
          try sink.restart()
        } else if !HubErrors.isTransient(response) {
          try check(response, model)
          if file.size == nil || sink.offset == file.size { return }
        }
        failure = HubErrors.unexpected(
          "\(sink.offset) of \(file.size ?? 0) bytes of \(file.name) (HTTP \(response.status))",
          response)
      } catch let error as URLError {
        failure = HubErrors.connection(error, host: url.host() ?? "The hub")
        guard HubErrors.isTransient(error) else { throw failure }
      }
      if sink.offset > furthest { (furthest, failures) = (sink.offset, 0) }
      failures += 1
      guard failures < patience.attempts else { throw failure }
      try await pause(afterFailures: failures)
    }
  }

  // MARK: - Requests

  private func fileURL(_ name: String, of model: ModelID, commit: String) -> URL {
    settings.url("\(model.text)/resolve/\(commit)/\(name)")
  }

  /// Sends a request and follows its redirects, each time deciding anew about the token.
  private func follow(
    _ request: HubRequest, to sink: any HubBodySink, stopsAtHub: Bool = false
  ) async throws -> HubResponse {
    var request = request
    for _ in 0..<10 {
      let response = try await transport.send(request, to: sink)
      guard let target = response.redirect else { return response }
      let isLeaving = target.host() != request.url.host() || target.port != request.url.port
      if stopsAtHub && (isLeaving || response["X-Linked-Etag"] != nil) { return response }
      guard target.scheme == "https" || target.scheme == request.url.scheme else {
        throw HubErrors.unexpected("a redirect to an unencrypted address", response)
      }
      let offset = request.offset
      request = settings.request(request.method, target)
      request.offset = offset
    }
    throw LociError(.network, "\(request.url.host() ?? "The hub") redirects without end.")
  }

  /// Tries a request until it succeeds, fails for good, or patience ends.
  private func patiently(
    _ model: ModelID, _ attempt: () async throws -> HubResponse
  ) async throws -> HubResponse {
    var failures = 0
    while true {
      failures += 1
      do {
        let response = try await attempt()
        if !HubErrors.isTransient(response) || failures >= patience.attempts {
          try check(response, model)
          return response
        }
      } catch let error as URLError {
        guard HubErrors.isTransient(error), failures < patience.attempts else {
          throw HubErrors.connection(error, host: settings.endpoint.host() ?? "The hub")
        }
      }
      try await pause(afterFailures: failures)
    }
  }

  private func pause(afterFailures failures: Int) async throws {
    let delay = patience.firstDelayMilliseconds << min(failures - 1, 6)
    try await Task.sleep(for: .milliseconds(delay))
  }

  private func check(_ response: HubResponse, _ model: ModelID) throws {
    guard (200..<300).contains(response.status) || response.redirect != nil else {
      throw HubErrors.status(response, model: model, hasToken: settings.token != nil)
    }
  }

  /// An entity tag without its quotes, fit to be a file's name; weak tags count as strong.
  private static func tag(_ header: String?) -> String? {
    guard var text = header?[...] else { return nil }
    if text.hasPrefix("W/") { text = text.dropFirst(2) }
    let tag = text.trimmingCharacters(in: CharacterSet(charactersIn: "\""))
    return HubCache.isSafeName(tag) ? tag : nil
  }
}

/// Collects a small body. All state is behind the mutex.
private final class MemorySink: HubBodySink {
  private static let maximumBytes = 8 << 20
  private let bytes = Mutex(Data())

  var data: Data { bytes.withLock { $0 } }

  func clear() { bytes.withLock { $0 = Data() } }

  func begin(_ response: HubResponse) { clear() }

  func append(_ piece: Data) throws {
    let count = bytes.withLock { data in
      data.append(piece)
      return data.count
    }
    guard count <= Self.maximumBytes else {
      throw LociError(.network, "The hub sent far more than was asked for.")
    }
  }
}
