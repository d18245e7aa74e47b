import LociCore
import LociMemory

/// Looks at the files that a memory's configuration names, and at the engines that there are.
struct OpenedMemoryExaminer: Examiner {
  private let files: PrivateStore
  private let survey: EngineSurvey

  init(_ configuration: Configuration, _ folders: Folders) {
    files = PrivateStore(configuration, folders)
    survey = EngineSurvey(configuration: configuration, folders: folders)
  }

  func checks(of open: OpenParts) async -> [HealthCheck] {
    files.checks + (await survey.checks(of: open))
  }

  func repair() throws { try files.close() }
}
