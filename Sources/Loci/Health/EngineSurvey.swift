import LociCore
import LociEmbedding
import LociMemory

/// Looks for the engines of vector backends and models: where they are, and which versions.
struct EngineSurvey: Sendable {
  let configuration: Configuration
  let folders: Folders

  /// One check for each engine that can be missing; only a missing one that is used is bad.
  ///
  /// - Parameter open: The parts of the memory that was opened; nil where it could not be.
  func checks(of open: OpenParts?) async -> [HealthCheck] {
    let examination = Examination(configuration: configuration, folders: folders, open: open)
    var checks: [HealthCheck] = []
    for engine in VectorBackend.engines {
      if let check = await engine.check(examination) { checks.append(check) }
    }
    return checks + [inference]
  }

  private var inference: HealthCheck {
    do {
      guard configuration.engine == .onnxRuntime else {
        return .good("engine", try LociEngine.description(precision: configuration.precision))
      }
      return .good("engine", "ONNX Runtime \(try OnnxRuntime.shared().version), telemetry off.")
    } catch {
      return .bad("engine", error)
    }
  }
}
