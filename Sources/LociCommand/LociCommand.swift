import Foundation

/// The process: hands its words and variables to the shell and ends with the shell's status.
@main
struct LociCommand {
  static func main() async {
    exit(await Shell(environment: ProcessInfo.processInfo.environment).run())
  }
}
