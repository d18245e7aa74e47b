import Foundation
import LociCore
import LociMemory

extension Configuration {
  /// `embeddings.vector_path` as a memory remembers it: one place has one name, which holds no
  /// secret. Nil for the folder beside the store, which may go elsewhere together with it.
  package var vectorLocation: String? {
    guard let vectorPath else { return nil }
    if Self.isAddress(vectorPath) { return Self.withoutSecrets(vectorPath) }
    let path = CanonicalPath.of(vectorPath)
    return path == CanonicalPath.of(folderBesideStore.path) ? nil : path
  }

  /// Where the vectors of a side lie. What the configuration names wins over what the memory says;
  /// vectors in the store itself have no place of their own, and neither have those in a server,
  /// whose address can't be told from another one's without asking it.
  func location(of side: VectorSide, beside store: OpenStore) -> String? {
    let place = VectorBackend.engine(named: side.backend)?.place
    guard side.backend != store.ownBackend, place != .server else { return nil }
    guard let vectorPath else { return side.location }
    guard Self.isAddress(vectorPath) else { return vectorLocation }
    if case .folderOrAddress = place { return vectorLocation }
    return nil
  }

  /// The folder of a location.
  ///
  /// - Throws: ``LociError/Code/io`` for a folder that is gone, and that the configuration does not
  ///   ask for: an empty one in its place would look as if nothing had been there.
  func vectorFolder(_ location: String?) throws(LociError) -> URL {
    guard let location else { return folderBesideStore }
    guard location == vectorLocation || FileManager.default.fileExists(atPath: location) else {
      throw LociError(
        .io, "The folder \(location), where this memory's vectors were, is gone.",
        remedy: "Put it back; or name another one as embeddings.vector_path, and run "
          + "`loci fsck --repair`.")
    }
    return URL(filePath: location)
  }

  /// The address of a location, in full where the configuration has it; nil for a folder.
  func vectorAddress(_ location: String?) -> String? {
    guard let location, Self.isAddress(location) else { return nil }
    return location == vectorLocation ? vectorPath : location
  }

  /// By the one name of the store's file, so that a store that is reached by a link has no second
  /// folder.
  var folderBesideStore: URL { URL(filePath: CanonicalPath.of(storePath) + ".vectors") }

  private static func isAddress(_ path: String) -> Bool { path.contains("://") }

  /// An address without a user, a password, a query, a fragment.
  private static func withoutSecrets(_ address: String) -> String {
    guard var parts = URLComponents(string: address) else { return address }
    (parts.user, parts.password, parts.query, parts.fragment) = (nil, nil, nil, nil)
    return parts.string ?? address
  }
}

extension Opening {
  /// The file or folder of a backend's vectors in a location.
  func file(of engine: some VectorEngine, in location: String?) throws(LociError) -> URL {
    let folder = try configuration.vectorFolder(location)
    return engine.place.name.map { folder.appending(path: $0) } ?? folder
  }
}
