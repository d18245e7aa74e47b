import Foundation
import Loci

/// The files that the process may have open at once.
enum OpenFiles {
  /// Enough for a store, vectors in another one, an engine and a model.
  private static let needed = 64

  /// Raises the limit as far as Loci needs and the system allows.
  ///
  /// - Throws: ``LociError/Code/overloaded`` where fewer can be opened.
  static func requireRoom() throws(LociError) {
    raiseLimit()
    var opened: [Int32] = []
    defer { for descriptor in opened { close(descriptor) } }
    while opened.count < needed - 16 {
      let descriptor = unsafe open("/", O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw tooFew() }
      opened.append(descriptor)
    }
  }

  private static func raiseLimit() {
    #if canImport(Glibc)
      let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    #else
      let resource = RLIMIT_NOFILE
    #endif
    var limit = rlimit()
    guard unsafe getrlimit(resource, &limit) == 0, limit.rlim_cur < limit.rlim_max else { return }
    guard limit.rlim_cur < needed * 4 else { return }
    limit.rlim_cur = min(limit.rlim_max, rlim_t(needed * 4))
    unsafe setrlimit(resource, &limit)
  }

  private static func tooFew() -> LociError {
    LociError(
      .overloaded, "This process may not open as many files as Loci needs, which are \(needed).",
      remedy: "Raise the limit, as with `ulimit -n 1024`, or close some.")
  }
}
