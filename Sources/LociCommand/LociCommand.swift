import Dispatch
import Foundation
import Loci
import LociWire

/// The process: hands its words and variables to the shell and ends with the shell's status.
@main
struct LociCommand {
  // Not async: what runs tasks needs files of its own, and traps where it can't open them.
  static func main() {
    do {
      try OpenFiles.requireRoom()
    } catch {
      let isJSON = CommandLine.arguments.contains("--json")
      Console.report(
        ErrorReport(ofCommand: error), asJSON: isJSON,
        environment: ProcessInfo.processInfo.environment)
      exit(1)
    }
    Task { exit(await Shell(environment: ProcessInfo.processInfo.environment).run()) }
    dispatchMain()
  }
}
