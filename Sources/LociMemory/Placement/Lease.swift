package import LociCore

/// A lease that is noted beside the records: of all processes that share them, one has it. It is
/// renewed as long as its holder lives, and taken over from one that does not.
package struct Lease: Sendable {
  /// Changes who is noted, whoever else does so meanwhile.
  package typealias Change =
    @Sendable (_ change: @escaping @Sendable (inout Placement.Mover?) throws -> Void) async throws
    -> Void

  private let surroundings: Surroundings
  private let busy: @Sendable (Placement.Mover) -> LociError
  private let lost: LociError
  private let update: Change

  /// - Parameters:
  ///   - busy: The error where somebody else has it.
  ///   - lost: The error where somebody else took it over.
  ///   - update: Changes who is noted.
  package init(
    _ surroundings: Surroundings, busy: @escaping @Sendable (Placement.Mover) -> LociError,
    lost: LociError, update: @escaping Change
  ) {
    (self.surroundings, self.busy, self.lost, self.update) = (surroundings, busy, lost, update)
  }

  /// Runs `body` as the only one; renews the lease meanwhile and gives it back.
  ///
  /// - Throws: ``LociError/Code/busy`` where somebody else has it, and what `body` throws.
  package func holding<T: Sendable>(
    _ body: @escaping @Sendable () async throws -> T
  ) async throws -> T {
    let mover = Placement.Mover.current(surroundings)
    try await update { [surroundings, busy] noted in
      if let other = noted, other.id != mover.id, other.isAlive(at: surroundings.now()) {
        throw busy(other)
      }
      noted = mover
    }
    do {
      let result = try await renewing(mover, body)
      try await release(mover)
      return result
    } catch {
      // Also after a cancellation, which must not leave the lease behind.
      _ = await independently { try await release(mover) }.result
      throw error
    }
  }

  private func release(_ mover: Placement.Mover) async throws {
    try await update { if $0?.id == mover.id { $0 = nil } }
  }

  private func renewing<T: Sendable>(
    _ mover: Placement.Mover, _ body: @escaping @Sendable () async throws -> T
  ) async throws -> T {
    try await withThrowingTaskGroup(of: T?.self) { group in
      group.addTask { try await body() }
      group.addTask {
        while true {
          try await surroundings.sleep(.seconds(Placement.Mover.leaseSeconds / 5))
          try await update { [surroundings, lost] noted in
            guard noted?.id == mover.id else { throw lost }
            noted?.renewedAt = surroundings.now()
          }
        }
      }
      defer { group.cancelAll() }
      while let result = try await group.next() {
        if let result { return result }
      }
      throw CancellationError()
    }
  }
}
