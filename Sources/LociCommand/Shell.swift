import Foundation
import Loci
import LociWire

/// Runs one command line from its words to its exit status.
struct Shell {
  let environment: [String: String]
  private let interrupts = Interrupts()

  init(environment: [String: String]) { self.environment = environment }

  /// 0 done, 1 failed, 2 not understood, 3 done in part. A signal that cancelled the work ends
  /// the process itself.
  func run() async -> Int32 {
    var isJSON = false
    do {
      let words = try words()
      isJSON = Parser.asksForJSON(words)
      let invocation = try Parser(Verbs.all).parse(words)
      if case .run(_, let arguments) = invocation { isJSON = arguments.has("json") }
      try await run(invocation, isJSON: isJSON)
      return 0
    } catch is ClosedPipe {
      return 0
    } catch is CancellationError {
      interrupts.endBySignal()
      return 1
    } catch is AlreadyReported {
      return 1
    } catch is PartlyDone {
      return 3
    } catch {
      Console.report(ErrorReport(ofCommand: error), asJSON: isJSON, environment: environment)
      return error is UsageError ? 2 : 1
    }
  }

  private func run(_ invocation: Invocation, isJSON: Bool) async throws {
    let console = Console(
      isJSON: isJSON, isQuiet: invocation.arguments.has("quiet"), environment: environment)
    switch invocation {
    case .version: try Version.show(on: console)
    case .introduction: try console.print(Help.introduction(width: console.proseWidth))
    case .help(nil): try console.print(Help.text(on: Verbs.groups, width: console.proseWidth))
    case .help(let verb?):
      try console.print(Help.text(on: verb, among: Verbs.all, width: console.proseWidth))
    case .run(let verb, let arguments):
      guard let action = verb.action else { return }
      try arguments.requireNoEmpty(of: verb)
      let session = Session(arguments: arguments, console: console, environment: environment)
      try await interrupts.guarding {
        try await session.closingMemories { try await action(session) }
      }
    }
  }

  // `CommandLine.arguments` would repair what is not UTF-8; remembering repaired text is wrong.
  private func words() throws -> [String] {
    try (1..<max(1, Int(CommandLine.argc))).map { index in
      guard let bytes = unsafe CommandLine.unsafeArgv[index],
        let word = unsafe String(validatingCString: bytes)
      else {
        throw UsageError(
          "Argument \(index) is not valid UTF-8.", remedy: "Convert it to UTF-8 first.")
      }
      return word
    }
  }
}

extension Invocation {
  fileprivate var arguments: Arguments {
    if case .run(_, let arguments) = self { arguments } else { Arguments() }
  }
}
