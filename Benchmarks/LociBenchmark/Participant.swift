import Foundation

/// What a participant's process answers: a JSON object of numbers and texts on its last line.
struct Answer: Codable {
  var numbers: [String: Double] = [:]
  var texts: [String: String] = [:]

  subscript(name: String) -> Double? {
    get { numbers[name] }
    set { numbers[name] = newValue }
  }

  init() {}

  /// Of each number the smaller one.
  func least(with other: Answer?) -> Answer {
    var result = self
    result.numbers.merge(other?.numbers ?? [:]) { min($0, $1) }
    return result
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    for key in container.allKeys {
      if let number = try? container.decode(Double.self, forKey: key) {
        numbers[key.stringValue] = number
      } else {
        texts[key.stringValue] = try container.decode(String.self, forKey: key)
      }
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    for (name, number) in numbers { try container.encode(number, forKey: Key(name)) }
    for (name, text) in texts { try container.encode(text, forKey: Key(name)) }
  }

  private struct Key: CodingKey {
    let stringValue: String
    let intValue: Int? = nil
    init(_ name: String) { stringValue = name }
    init?(stringValue: String) { self.init(stringValue) }
    init?(intValue: Int) { nil }
  }
}

/// A process that takes part.
struct Participant {
  let executable: URL
  let arguments: [String]
  var environment: [String: String] = [:]

  /// A task of this benchmark.
  static func loci(_ task: String, _ arguments: String...) -> Participant {
    Participant(executable: Programs.benchmark, arguments: ["task", task] + arguments)
  }

  /// A script in Benchmarks/peers, run by the Python that set-up chose.
  static func peer(_ script: String, _ arguments: String..., from peers: URL) -> Participant {
    Participant(
      executable: peers.appending(path: "python3"), arguments: [source(script).path] + arguments,
      environment: ["PYTHONPATH": peers.path, "PYTHONDONTWRITEBYTECODE": "1"])
  }

  /// A file in Benchmarks/peers.
  static func source(_ name: String) -> URL {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "peers").appending(path: name)
  }

  /// Runs to its end and returns its output; its errors go where ours go.
  func output() throws -> Data {
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      let name = ([executable.lastPathComponent] + arguments).joined(separator: " ")
      throw Failure("\(name) ended with status \(process.terminationStatus).")
    }
    return data
  }

  /// Runs to its end and reads its answer.
  func answer() throws -> Answer {
    guard let line = try output().split(separator: UInt8(ascii: "\n")).last else {
      throw Failure("\(arguments.first ?? "A participant") gave no answer.")
    }
    return try JSONDecoder().decode(Answer.self, from: line)
  }
}

/// The programs that were built beside this one.
enum Programs {
  static var benchmark: URL {
    URL(filePath: Bundle.main.executablePath ?? CommandLine.arguments[0])
  }
  static var loci: URL { benchmark.deletingLastPathComponent().appending(path: "loci") }
}
