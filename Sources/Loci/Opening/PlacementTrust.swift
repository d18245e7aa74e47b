import Foundation
import LociCore
import LociEmbedding
import LociMemory

/// What a store's note of where its vectors are may name.
///
/// A store can be somebody else's. Its note may point into the store's own folder and at models of
/// the catalogue; beyond that it may say what the user's configuration says as well, or what the
/// user chose or trusted on this machine.
struct PlacementTrust: Sendable {
  let configuration: Configuration
  let list: TrustList
  /// The store's place: what trust is kept for.
  let store: String
  /// The folder that holds the store's file; nil for a server.
  let folder: String?

  /// Notes that the user chose a side; returns what it names that was not trusted before.
  func approve(_ side: VectorSide) throws(LociError) -> [String] {
    let names = [side.location.flatMap { isInside($0) ? nil : $0 }, unknown(model: side.model)]
    return try list.trust(names.compactMap(\.self), of: store)
  }

  func require(location: String?) throws(LociError) {
    guard let name = location.flatMap(outside(location:)) else { return }
    try require(name, "keeps its vectors in")
  }

  func require(model: String) throws(LociError) {
    guard let name = outside(model: model) else { return }
    try require(name, "is embedded with the model")
  }

  private func require(_ name: String, _ relation: String) throws(LociError) {
    guard list.contents.stores[store]?.contains(name) != true else { return }
    throw LociError(
      .untrusted, "The store \(store) says that it \(relation) \(name), outside of its own folder.",
      remedy: "If that is right, run `loci trust --memory`; if the store is not yours, leave it.")
  }

  private func outside(location: String) -> String? {
    isInside(location) || location == configuration.vectorLocation ? nil : location
  }

  private func outside(model: String) -> String? {
    model == configuration.model ? nil : unknown(model: model)
  }

  private func unknown(model: String) -> String? {
    if model.isModelPath { return isInside(model) ? nil : model }
    return ModelCatalogue.model(named: model) == nil ? model : nil
  }

  /// Whether a path lies in the store's own folder, wherever links lead.
  private func isInside(_ path: String) -> Bool {
    guard let folder, !path.contains("://") else { return false }
    return TextFile.canonicalPath(of: URL(filePath: path)).hasPrefix(folder + "/")
  }
}

extension OpenStore {
  /// What this store's note may name.
  func trust(_ configuration: Configuration, _ folders: Folders) -> PlacementTrust {
    guard let file = StoreBackend.engine(named: name)?.file(of: configuration) else {
      return PlacementTrust(
        configuration: configuration, list: TrustList(folders), store: care?.location ?? name,
        folder: nil)
    }
    let path = TextFile.canonicalPath(of: URL(filePath: file))
    return PlacementTrust(
      configuration: configuration, list: TrustList(folders), store: path,
      folder: TextFile.canonicalPath(of: URL(filePath: path).deletingLastPathComponent()))
  }
}
