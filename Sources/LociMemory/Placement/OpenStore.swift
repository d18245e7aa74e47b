import Foundation
package import LociCore

/// A store of records that was opened, and the vectors that live in it.
package struct OpenStore: Sendable {
  /// Its name, as in `store.backend`.
  package let name: String
  package let records: any RecordStore
  /// The name of the vector backend that lives in it.
  package let ownBackend: String
  package let ownVectors: any VectorStore
  /// What it can say about itself; nil for a store of the app's own.
  package let care: (any StoreCare)?

  /// Takes the parts of an open store.
  package init(
    name: String, records: any RecordStore, ownBackend: String, ownVectors: any VectorStore,
    care: (any StoreCare)? = nil
  ) {
    self.name = name
    self.records = records
    self.ownBackend = ownBackend
    self.ownVectors = ownVectors
    self.care = care
  }

  /// The side of a memory that was never moved.
  package var initialSide: VectorSide {
    VectorSide(backend: ownBackend, model: VectorSide.standardModel)
  }
}
