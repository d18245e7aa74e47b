import Foundation
import LociCore
import LociEmbedding
import LociTestKit
import Testing

/// A hub on loopback in a process of its own (`hub_server.py`), which ends with its owner.
final class HubServer: Sendable {
  /// One request as the server saw it.
  struct Request: Decodable, Hashable {
    var host: String
    var method: String
    var path: String
    var range: String?
    var token: String?
    var status: Int
    var sent: Int
  }

  /// Something that goes wrong on command; see `hub_server.py`.
  struct Fault: Encodable {
    var file = TinyModel.weightsName
    var method = "GET"
    var kind: String
    var after: Int?
    var status: Int?
    var times = 1
  }

  let folder: TemporaryFolder
  let endpoint: String
  private let process: Process
  private let input: Pipe

  init(serving models: [String: TinyModel], faults: [Fault] = []) throws {
    folder = try TemporaryFolder()
    for (id, model) in models { try model.write(to: folder.file("repos/\(id)")) }
    try JSONEncoder().encode(faults).write(to: folder.file("faults.json"))
    process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", try Self.script(), folder.url.path]
    input = Pipe()
    let output = Pipe()
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
    let port = try #require(
      line.split(separator: " ").first, "The server did not start; is python3 installed?")
    endpoint = "http://127.0.0.1:\(port)"
  }

  deinit {
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
  }

  private static func script() throws -> String {
    try #require(Bundle.module.path(forResource: "hub_server", ofType: "py"))
  }

  /// Every request so far.
  func requests() throws -> [Request] {
    let log = folder.file("log.jsonl")
    guard FileManager.default.fileExists(atPath: log.path) else { return [] }
    return try Data(contentsOf: log).split(separator: UInt8(ascii: "\n"))
      .map { try JSONDecoder().decode(Request.self, from: $0) }
  }

  /// The requests for the weights' bytes, which the hub redirects to the other host.
  func downloads(of name: String = TinyModel.weightsName) throws -> [Request] {
    try requests().filter { $0.host == "cdn" && $0.method == "GET" && $0.path.hasSuffix(name) }
  }
}

/// A machine for one test: folders of its own, and an environment that points to a server.
struct TestMachine {
  let home: TemporaryFolder
  var environment: [String: String]

  init(_ server: HubServer? = nil, _ more: [String: String] = [:]) throws {
    home = try TemporaryFolder()
    environment = ["HOME": home.url.path].merging(more) { $1 }
    if let server { environment["HF_ENDPOINT"] = server.endpoint }
  }

  var folders: Folders { Folders(environment: environment) }

  var library: ModelLibrary {
    var patience = HubPatience()
    patience.attempts = 3
    patience.firstDelayMilliseconds = 10
    patience.timeoutSeconds = 2
    return ModelLibrary(folders: folders, environment: environment, patience: patience)
  }

  /// The folder of a model in the hub's cache.
  func repository(_ id: String) -> URL {
    folders.hubCache.appending(path: "models--" + id.replacing("/", with: "--"))
  }

  /// The names of the files below a folder of that model, sorted.
  func files(_ id: String, below path: String) -> [String] {
    let folder = repository(id).appending(path: path).path
    return ((try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []).sorted()
  }
}
