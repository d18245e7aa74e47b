import Foundation

/// Measures Loci on a fixed synthetic workload, beside its Python peers where they are installed.
/// Every measurement is a process of its own, so that each one's peak memory is its own.
@main
struct LociBenchmark {
  static func main() async {
    do {
      let arguments = Array(CommandLine.arguments.dropFirst())
      if arguments.first == "task" {
        try await Measurement.run(arguments.dropFirst())
      } else {
        try await Suite(options: Options(arguments)).run()
      }
    } catch {
      FileHandle.standardError.write(Data("benchmark: \(error)\n".utf8))
      exit(1)
    }
  }
}

/// What the command line asks for.
struct Options {
  /// Everything in small, to see that it works.
  var isQuick = false
  /// The numbers of vectors to search among.
  var sizes = [10_000, 100_000, 1_000_000]
  /// The parts to run.
  var parts: Set<String> = ["embedding", "search", "ingest", "bulk", "agents", "cold", "recall"]
  /// The size of the text to ingest, in MiB.
  var ingestMebibytes = 2.0
  /// The folder with the Python peers; nil leaves them out.
  var peers: URL?
  /// Where the JSON goes.
  var output: URL?
  /// The folder of the report on the backends.
  var report: URL?

  init(_ arguments: [String]) throws {
    var rest = arguments[...]
    while let flag = rest.popFirst() {
      if flag == "--quick" {
        isQuick = true
        sizes = [2000]
        ingestMebibytes = 0.05
        continue
      }
      guard let value = rest.popFirst() else { throw Failure("\(flag) needs a value.") }
      switch flag {
      case "--sizes": sizes = value.split(separator: ",").compactMap { Int($0) }
      case "--parts": parts = Set(value.split(separator: ",").map(String.init))
      case "--ingest-mib": ingestMebibytes = Double(value) ?? ingestMebibytes
      case "--peers": peers = URL(filePath: value)
      case "--report": report = URL(filePath: value)
      case "--output": output = URL(filePath: value)
      default: throw Failure("\(flag) is not known.")
      }
    }
  }
}

/// Why a measurement could not be made.
struct Failure: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
