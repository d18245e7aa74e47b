public import Foundation
public import LociCore
import LociEmbedding
public import LociMemory

extension Memory {
  /// Opens the memory that a configuration describes, to look only, and examines it as ``doctor()``
  /// does. Where it can't be opened, the reason is a finding, and the rest is examined all the
  /// same.
  ///
  /// ```swift
  /// for check in await Memory.doctor(configuration) where check.state != .good {
  ///   print(check.subject, check.finding, check.remedy ?? "")
  /// }
  /// ```
  public static func doctor(
    _ configuration: Configuration, folders: Folders = Folders(),
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) async -> [HealthCheck] {
    do {
      return try await open(
        configuration, access: .reading, folders: folders, environment: environment
      ).doctor()
    } catch {
      let name = configuration.model ?? Configuration.standardModel
      let library = configuration.modelLibrary(folders, environment)
      let survey = EngineSurvey(configuration: configuration, folders: folders)
      return [.unopened(error)] + (await survey.checks(of: nil)) + [
        await checkModel { try await ModelEmbedder.open(name, library: library, fetches: false) }
      ]
    }
  }
}
