package import Foundation
package import LociCore

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Placement.Mover {
  /// How long a mover that does not renew its lease is believed to live.
  static let leaseSeconds = 30.0

  /// This process, as a mover.
  static func current(_ surroundings: Surroundings) -> Placement.Mover {
    Placement.Mover(
      id: Hexadecimal.text(surroundings.random()) + Hexadecimal.text(surroundings.random()),
      host: ThisMachine.name, process: getpid(), renewedAt: surroundings.now())
  }

  /// Whether it may still be at work: its process lives, or it is elsewhere and renewed its lease.
  package func isAlive(at now: Date) -> Bool {
    guard abs(now.timeIntervalSince(renewedAt)) < Self.leaseSeconds else { return false }
    return host != ThisMachine.name || ThisMachine.isRunning(process)
  }

  /// The error for whoever would move the memory, too.
  package var isBusy: LociError {
    LociError(
      .busy, "Process \(process) on \(host) is moving this memory right now.",
      remedy: "Wait until it is done, or stop it.")
  }
}

private enum ThisMachine {
  /// The host's name as the kernel knows it; no resolver is asked.
  static let name: String = {
    var bytes = [CChar](repeating: 0, count: 256)
    let status = unsafe gethostname(&bytes, bytes.count - 1)
    guard status == 0 else { return "" }
    return String(decoding: bytes.prefix { $0 != 0 }.map(UInt8.init), as: UTF8.self)
  }()

  static func isRunning(_ process: Int32) -> Bool { kill(process, 0) == 0 || errno == EPERM }
}

extension PlacementNote {
  /// Runs `body` as the only mover of this memory; renews the lease meanwhile and gives it back.
  ///
  /// - Throws: ``LociError/Code/busy`` where another process is moving it.
  func withLease<T: Sendable>(
    _ body: @escaping @Sendable () async throws -> T
  ) async throws -> T {
    try await Lease(
      surroundings, busy: \.isBusy,
      lost: LociError(
        .conflict, "Another process took over moving this memory.",
        remedy: "Let it finish, or run the command again afterwards.")
    ) { change in
      try await update { try change(&$0.mover) }
    }.holding(body)
  }
}
