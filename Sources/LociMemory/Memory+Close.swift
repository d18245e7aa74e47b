public import LociCore

extension Memory {
  /// Ends what goes on in the background, such as automatic upkeep, and writes down what was put
  /// off: which records were recalled, and when. Call it when you are done with a memory; it may be
  /// used afterwards all the same.
  ///
  /// It waits for nobody else. Where the store is locked or can't be written, the counts are
  /// dropped.
  ///
  /// ```swift
  /// let memory = try await Memory.open()
  /// try await memory.namespace("bot:ada").recall("what does Alice drink?")
  /// await memory.close()
  /// ```
  public func close() async {
    await background.end()
    await writeCounts()
  }

  /// Writes down which records were recalled.
  func writeCounts() async { await counts.flush(into: records) }

  /// The damaged records that this memory has met and left out of its answers, sorted; of very
  /// many, some. ``doctor()`` looks for all of them.
  ///
  /// A damaged record can be forgotten, and it can be remembered or ingested anew.
  public var damagedRecords: [DamagedRecord] {
    get async throws { try await records.damagedRecords() }
  }
}
