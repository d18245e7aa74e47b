public import Foundation
import LociCore

/// A model that the catalogue knows, or that lies on this machine.
public struct ModelListing: Hashable, Sendable {
  /// Where a model lies.
  public enum Location: Hashable, Sendable {
    /// In Loci's own models folder.
    case models(URL)
    /// In the cache that the tools of the hub share.
    case hubCache(URL)
  }

  /// The hub's id.
  public let id: String
  /// The catalogue's entry; nil for a model that is only here.
  public let entry: CatalogueModel?
  /// Where it lies; nil for one that would have to be fetched.
  public let location: Location?
  /// The bytes of its files on this machine.
  public let bytes: Int64
}

extension ModelLibrary {
  /// The catalogue's models, the default first, and then every other one on this machine by id.
  ///
  /// A model is said to be here if its configuration, tokenizer and weights are; whether they are
  /// sound is found out when it is opened. Folders that can't be read count as empty.
  ///
  /// ```swift
  /// for model in ModelLibrary().list() where model.location != nil { print(model.id) }
  /// ```
  public func list() -> [ModelListing] {
    let known = ModelCatalogue.models.compactMap { ModelID($0.id) }
    let others = Set(installedIDs()).subtracting(known).sorted { $0.text < $1.text }
    return known.map(listing) + others.map(listing).filter { $0.location != nil }
  }

  private func listing(_ id: ModelID) -> ModelListing {
    let unpacked = ModelFiles(folder: folders.models.appending(path: id.folderName))
    let location: ModelListing.Location? =
      if unpacked.isRunnable {
        .models(unpacked.folder)
      } else {
        cachedFiles(of: id).map { .hubCache($0.files.folder) }
      }
    let bytes: Int64 =
      switch location {
      case .models(let folder), .hubCache(let folder): size(of: folder)
      case nil: 0
      }
    return ModelListing(id: id.text, entry: id.entry, location: location, bytes: bytes)
  }

  /// What the names of the folders say.
  private func installedIDs() -> [ModelID] {
    let unpacked = names(in: folders.models)
    let cached = names(in: cache.folder).filter { $0.hasPrefix("models--") }
    return (unpacked + cached.map { String($0.dropFirst("models--".count)) })
      .compactMap { ModelID($0.replacing("--", with: "/")) }
  }

  private func names(in folder: URL) -> [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
  }

  private func size(of folder: URL) -> Int64 {
    guard let paths = FileManager.default.enumerator(atPath: folder.path) else { return 0 }
    var total: Int64 = 0
    for case let path as String in paths {
      let file = folder.appending(path: path).resolvingSymlinksInPath()
      let values = try? file.resourceValues(forKeys: [.isRegularFileKey, .fileSizeKey])
      if values?.isRegularFile == true { total += Int64(values?.fileSize ?? 0) }
    }
    return total
  }
}
