import CTransformerKernels
import LociCore
import Synchronization

/// The memory of one run of a chunk.
struct Workspace {
  /// [tokens][whole lanes of hidden].
  let states: AlignedMemory
  let scratch: AlignedMemory
}

/// Workspaces that nobody uses right now. Each run takes one for itself, so a helper that comes
/// late never writes where others compute.
final class WorkspacePool: Sendable {
  private let idle = Mutex<[Workspace]>([])
  private let maximumIdle: Int

  init(maximumIdle: Int) { self.maximumIdle = maximumIdle }

  /// Lends a workspace of at least that size.
  func withWorkspace<Result>(
    states: Int, scratch: Int, _ body: (Workspace) throws(LociError) -> Result
  ) throws(LociError) -> Result {
    let found = idle.withLock { idle in
      let place = idle.firstIndex { $0.states.count >= states && $0.scratch.count >= scratch }
      return place.map { idle.remove(at: $0) }
    }
    let workspace =
      if let found {
        found
      } else {
        Workspace(states: try AlignedMemory(states), scratch: try AlignedMemory(scratch))
      }
    defer {
      idle.withLock { idle in
        // The largest stay: they serve all.
        idle.append(workspace)
        idle.sort { $0.scratch.count > $1.scratch.count }
        if idle.count > maximumIdle { idle.removeLast() }
      }
    }
    return try body(workspace)
  }
}
