import LociCore
package import LociJSON
package import LociMemory

extension MemoryStatus {
  /// The status as JSON.
  package var json: JSON {
    [
      "store": .string(location), "engine": .string(engine),
      "bytes": JSON(byteCount) { .integer(Int($0)) },
      "vector_backend": .string(side.backend),
      "vector_location": JSON(side.location, JSON.string),
      "serving_model": .string(side.model),
      "wanted": JSON(wantedSide) { .string($0.description) },
      "model": JSON(currentSpace?.model, JSON.string),
      "model_problem": JSON(modelProblem?.message, JSON.string),
      "model_notes": .array(modelNotes.map(JSON.string)),
      "spaces": .array(
        spaces.map {
          [
            "key": .string($0.key), "model": .string($0.model), "revision": .string($0.revision),
            "dimension": .integer($0.dimension), "current": .bool($0 == currentSpace),
          ]
        }),
      "embedding_cache": [
        "hits": .integer(embeddingCache.hits), "misses": .integer(embeddingCache.misses),
        "size": .integer(embeddingCache.size),
      ],
      "namespaces": .array(
        namespaces.map {
          [
            "namespace": .string($0.namespace.name), "active": .integer($0.activeCount),
            "total": .integer($0.totalCount), "pending": JSON($0.pendingCount, JSON.integer),
            "unreadable": JSON($0.unreadableCount, JSON.integer),
          ]
        }),
    ]
  }
}

extension HealthCheck {
  /// What was found as JSON.
  package var json: JSON {
    [
      "subject": .string(subject), "state": .string(state.rawValue), "finding": .string(finding),
      "remedy": JSON(remedy, JSON.string),
    ]
  }
}

extension CompactionReport {
  /// The report as JSON.
  package var json: JSON {
    [
      "bytes_before": JSON(byteCountBefore) { .integer(Int($0)) },
      "bytes_after": JSON(byteCountAfter) { .integer(Int($0)) },
    ]
  }
}

extension PrunedSpace {
  /// The space and its vectors as JSON.
  package var json: JSON {
    ["model": .string(space.model), "space": .string(space.key), "vectors": .integer(count)]
  }
}
