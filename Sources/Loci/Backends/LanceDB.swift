#if LanceDB
  import Foundation
  import LociCore
  import LociLance

  extension VectorBackend {
    /// LanceDB, in a folder or an object store.
    public static let lancedb = VectorBackend("lancedb")
  }

  /// LanceDB, in a worker process.
  struct LanceVectors: VectorEngine {
    let backend = VectorBackend.lancedb
    let place = VectorPlace.folderOrAddress(name: "lancedb")

    var settings: [Setting] {
      [
        .choice(
          "lancedb.index", "LOCI_LANCEDB_INDEX", \.lanceIndexName,
          "LanceDB's index, built where a table is large enough.",
          of: LanceIndexKind.allCases.map(\.rawValue))
      ]
    }

    func needs(in folders: Folders) -> NeededEngine? {
      NeededEngine(
        version: LanceVectorStore.engineVersion,
        file: LanceVectorStore.engine(in: folders).appending(path: "python3"))
    }

    func open(_ opening: Opening, in location: String?) async throws -> any VectorStore {
      let settings = LanceSettings(
        location: try opening.configuration.vectorAddress(location)
          ?? opening.file(of: self, in: location).path,
        engine: LanceVectorStore.engine(in: opening.folders),
        index: opening.configuration.lanceIndex)
      return try await LanceVectorStore.open(settings, access: opening.access)
    }
  }

  extension Configuration {
    /// As files write it; the setting has checked that it is one.
    fileprivate var lanceIndexName: String {
      get { lanceIndex.rawValue }
      set { lanceIndex = LanceIndexKind(rawValue: newValue) ?? lanceIndex }
    }
  }
#endif
