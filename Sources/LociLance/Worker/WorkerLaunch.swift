import Foundation
import LociCore

/// How a worker process is started.
struct WorkerLaunch: Sendable {
  let engine: URL
  let oldVersionsKept: Duration

  /// The worker's program, with its length in front, as the first thing to be sent. It goes through
  /// the socket, so that an installed program needs no file beside it.
  var program: [UInt8] {
    let source =
      PackageResources.columns_py + PackageResources.table_py + PackageResources.worker_py
    return Array("\(source.count)\n".utf8) + source
  }

  /// Reads the program from the socket and runs it; ends where that closes first.
  private static let bootstrap = """
    import os
    def read(count):
      data = os.read(0, count)
      if not data: os._exit(1) # whoever started this is gone
      return data
    size = b""
    while size[-1:] != b"\\n": size += read(1)
    size, program = int(size), b""
    while len(program) < size: program += read(size - len(program))
    exec(compile(program, "worker.py", "exec"))
    """

  /// What filters can see, as JSON: name, kind, and what older rows have.
  private static let attributes: String = {
    let list = Attribute.allCases.map { attribute in
      let former: String =
        switch attribute.former {
        case .text(let text): "\"\(text)\""
        case .integer(let number): "\(number)"
        case .real(let number): "\(number)"
        case nil: "null"
        }
      return "[\"\(attribute.rawValue)\", \"\(attribute.kind.rawValue)\", \(former)]"
    }
    return "[\(list.joined(separator: ", "))]"
  }()

  /// The process, not yet running; its standard input is the socket.
  ///
  /// - Throws: ``LociError/Code/missingLibrary`` where the engine is not installed.
  func process(input: FileHandle) throws(LociError) -> Process {
    let python = engine.appending(path: "python3")
    guard FileManager.default.isExecutableFile(atPath: python.path) else {
      throw LanceEngine.missing(engine, because: "It is not in \(engine.path).")
    }
    let process = Process()
    process.executableURL = python
    // Isolated: no variable and no folder of the user's can put other modules in LanceDB's place.
    process.arguments = [
      "-I", "-c", Self.bootstrap, engine.path, "\(oldVersionsKept.inSeconds)", Self.attributes,
    ]
    process.standardInput = input
    process.standardOutput = FileHandle.nullDevice
    return process
  }
}

/// How much a worker takes on.
struct WorkerLimits: Sendable {
  var maximumUnderWay = 32
  var maximumWaiting = 1024
  var startTimeout = Duration.seconds(60)
}

extension Duration {
  var inSeconds: Double {
    Double(components.seconds) + Double(components.attoseconds) / 1e18
  }
}
