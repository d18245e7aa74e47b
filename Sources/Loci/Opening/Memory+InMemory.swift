public import LociMemory
public import LociSimulation

extension Memory {
  /// A memory that lives as long as the value does and touches no file, for an app's tests and
  /// previews. It answers as the others do, by an exact search; nothing of it is ever slow or
  /// fails.
  ///
  /// ```swift
  /// let memory = Memory.inMemory()
  /// let ada = try memory.namespace("bot:ada")
  /// try await ada.remember("Alice prefers tea")
  /// ```
  /// - Parameters:
  ///   - embedder: Makes the vectors; by default one without a model, which knows words and no
  ///     meaning.
  ///   - surroundings: The clock and new ids.
  /// - Complexity: A search looks at every vector of its namespace.
  public static func inMemory(
    embedder: any Embedder = BagOfWordsEmbedder(), surroundings: Surroundings = Surroundings()
  ) -> Memory {
    let disk = SimulatedDisk()
    return Memory(
      records: SimulatedRecordStore(on: disk), vectors: SimulatedVectorStore(on: disk),
      surroundings: surroundings
    ) { embedder }
  }
}
