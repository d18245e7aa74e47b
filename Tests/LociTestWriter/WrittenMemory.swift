package import Foundation
package import Loci
import LociSQLite
import LociTestKit

/// The memory that a writer writes to, and a test looks into.
package enum WrittenMemory {
  /// Opens an SQLite file, with vectors inside; or, where a folder is named, with sqlite-vec there.
  package static func open(_ file: URL, vectorsIn folder: String? = nil) async throws -> Memory {
    let database = try await SQLiteDatabase.open(at: file)
    guard let folder else {
      return Memory(records: database.records, vectors: database.vectors) { BagOfWordsEmbedder() }
    }
    let backends = Backends(
      initial: VectorSide(backend: "native", model: "1"), pinnedBackend: "sqlite-vec",
      location: { _ in folder }
    ) { backend, location in
      guard backend != "native", let location else { return database.vectors }
      return try await SQLiteVecStore.open(
        at: URL(filePath: location).appending(path: "vectors.sqlite"),
        extension: SQLiteVecStore.library(in: Folders()))
    } embedder: { _ in
      BagOfWordsEmbedder()
    }
    return Memory(records: database.records, backends: backends)
  }
}
