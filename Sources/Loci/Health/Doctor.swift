public import Foundation
public import LociCore
import LociEmbedding
import LociPostgres

/// One thing that the doctor looked at.
public struct HealthCheck: Sendable {
  /// How it is.
  public enum State: String, Hashable, Sendable, Codable, CaseIterable {
    /// As it should be.
    case good
    /// Works, but something is left to do.
    case warning
    /// Does not work.
    case bad
  }

  /// What was looked at.
  public let subject: String
  /// How it is.
  public let state: State
  /// What was found.
  public let finding: String
  /// What to do about it.
  public let remedy: String?

  static func good(_ subject: String, _ finding: String) -> HealthCheck {
    HealthCheck(subject: subject, state: .good, finding: finding, remedy: nil)
  }

  static func bad(_ subject: String, _ error: any Error) -> HealthCheck {
    let known = error as? LociError
    return HealthCheck(
      subject: subject, state: .bad, finding: known?.message ?? "It failed for no known reason.",
      remedy: known?.remedy)
  }

  /// A store that is not there yet is no fault.
  static func unopened(_ error: any Error) -> HealthCheck {
    let check = bad("store", error)
    guard (error as? LociError)?.code == .notFound else { return check }
    return HealthCheck(
      subject: check.subject, state: .warning, finding: check.finding, remedy: check.remedy)
  }
}

extension Memory {
  /// Opens the memory that a configuration describes, to look only, and examines it as ``doctor()``
  /// does. Where it can't be opened, the reason is a finding, and the rest is examined all the
  /// same.
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
      return [.unopened(error)] + (await survey.checks(of: nil) { nil }) + [
        checkEngine(),
        await checkModel { try await ModelEmbedder.open(name, library: library, fetches: false) },
      ]
    }
  }

  /// Looks at everything that a memory needs: the store, the engine, the model, the vectors.
  ///
  /// It never throws: what fails is a finding. Complexity: O(store), since every page is read.
  public func doctor() async -> [HealthCheck] {
    [await checkStore()] + (privateStore?.checks ?? []) + (await checkBackends())
      + [Self.checkEngine(), await Self.checkModel { try await installedEmbedder }]
      + (await checkVectors())
  }

  private func checkStore() async -> HealthCheck {
    do {
      guard let care = try await care else { return .good("store", "It is the app's own.") }
      let problems = try await care.problems()
      guard let first = problems.first else {
        return .good("store", "\(care.location) is whole (\(try await care.engine)).")
      }
      return HealthCheck(
        subject: "store", state: .bad,
        finding: "\(care.location) is damaged in \(Count.of(problems.count, "place")); the first: "
          + first,
        remedy: "Restore it from a backup, or ingest your documents into a new store.")
    } catch {
      return .bad("store", error)
    }
  }

  private func checkBackends() async -> [HealthCheck] {
    let backend = try? await servingSide.backend
    return await survey?.checks(of: backend) {
      let own = try? await stores?.current().ownVectors as? PostgresVectorStore
      guard own == nil, backend == VectorBackend.postgres.rawValue else { return own }
      return try await vectors as? PostgresVectorStore
    } ?? []
  }

  private static func checkEngine() -> HealthCheck {
    do {
      return .good("engine", "ONNX Runtime \(try OnnxRuntime.shared().version), telemetry off.")
    } catch {
      return .bad("engine", error)
    }
  }

  private static func checkModel(
    _ embedder: () async throws -> any Embedder
  ) async -> HealthCheck {
    do {
      let embedder = try await embedder()
      let space = embedder.space
      let embedding = try await embedder.embed("Is anybody there?", as: .query)
      try embedding.vector.requireDimension(space.dimension)
      return .good(
        "model",
        "\(space.model), revision \(space.revision), \(Count.of(space.dimension, "dimension")), "
          + "reads \(Count.of(space.maximumTokens, "token")).")
    } catch {
      return .bad("model", error)
    }
  }

  /// Without a model there is no space to look into, and that was found before.
  private func checkVectors() async -> [HealthCheck] {
    guard (try? await installedEmbedder) != nil else { return [] }
    do {
      return try await fsck(repairs: false).map(\.healthCheck)
    } catch {
      return [.bad("vectors", error)]
    }
  }
}

extension FsckReport {
  fileprivate var healthCheck: HealthCheck {
    let subject = isCurrent ? "vectors" : "vectors of \(space.model)"
    guard !isClean else {
      let all = findings.examined == 1 ? "the one record" : "all \(findings.examined) records"
      return .good(subject, "They agree with \(all).")
    }
    return HealthCheck(
      subject: subject, state: .warning,
      finding: Count.of(findings.missing, "record has", "records have") + " none, "
        + Count.of(findings.stale, "was", "were") + " made from an older text, "
        + Count.of(findings.outdated, "has", "have") + " old attributes, "
        + Count.of(findings.orphaned, "has", "have") + " no record.",
      remedy: "Run `loci fsck --repair`; until then words find what vectors don't.")
  }
}
