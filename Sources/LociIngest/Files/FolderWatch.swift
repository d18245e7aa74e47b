import Synchronization

/// Tells that something in a folder, or in one below it, may have changed. What it was, a walk
/// finds out: so nothing is missed where the system tells of more than it can keep.
package final class FolderWatch: Sendable {
  private let queue: Int32
  private let watches = Mutex<Set<Int32>>([])

  /// nil where the system can't tell.
  package init?() {
    guard let queue = OpenedFile.changeQueue() else { return nil }
    self.queue = queue
  }

  deinit { OpenedFile.closeQueue(queue) }

  /// Whether anything may have changed since the last time that this was asked. It does not wait.
  package func hasChanged() -> Bool { OpenedFile.takeChanges(from: queue) }

  /// Follows the folders that a walk looked into, and no others any more.
  ///
  /// - Returns: Whether all of them are followed, and whether any was not before: what changed in
  ///   such a one since the walk is not told.
  package func follow(_ findings: FolderWalk.Findings) -> (isWhole: Bool, hasNew: Bool) {
    var found: Set<Int32> = []
    var isWhole = true
    for path in findings.folders {
      let folder = path.isEmpty ? findings.root : try? findings.root.descendant(path)
      // One that is gone by now is found to be by the next walk, which its parent tells of.
      guard let folder else { continue }
      guard let watch = folder.tellChanges(to: queue) else {
        isWhole = false
        break
      }
      found.insert(watch)
    }
    return watches.withLock { earlier in
      for watch in earlier.subtracting(found) { OpenedFile.endChanges(watch, in: queue) }
      let hasNew = !found.isSubset(of: earlier)
      earlier = found
      return (isWhole, hasNew)
    }
  }
}
