import LociCore

extension Memory {
  /// What is there. Complexity: O(records); it loads the model to tell what is not embedded yet.
  ///
  /// ```swift
  /// for contents in try await memory.status().namespaces {
  ///   print(contents.namespace, contents.activeCount, contents.pendingCount ?? 0)
  /// }
  /// ```
  public func status() async throws -> MemoryStatus {
    var embedder: (any Embedder)?
    var problem: LociError?
    do {
      embedder = try await installedEmbedder
    } catch let error as LociError {
      problem = error
    }
    var contents: [MemoryStatus.Contents] = []
    for namespace in try await namespaces() {
      contents.append(try await self.contents(of: namespace, for: embedder))
    }
    let care = try await care
    return MemoryStatus(
      location: care?.location ?? "in this process",
      engine: try await care?.engine ?? "the app's own", byteCount: try await care?.byteCount,
      side: try await servingSide, wantedSide: try await wantedSide,
      spaces: try await vectors.spaces(), currentSpace: embedder?.space, modelProblem: problem,
      modelNotes: embedder?.notes ?? [],
      embeddingCache: sides.embeddings.counts, namespaces: contents)
  }

  private func contents(
    of namespace: Namespace, for embedder: (any Embedder)?
  ) async throws -> MemoryStatus.Contents {
    var counts: (pending: Int, unreadable: Int)?
    if let embedder {
      counts = try await projections.serving().pendingCounts(namespace, for: embedder)
    }
    return MemoryStatus.Contents(
      namespace: namespace, activeCount: try await self[namespace].count(),
      totalCount: try await self[namespace].count(where: Filter(statuses: nil)),
      pendingCount: counts?.pending, unreadableCount: counts?.unreadable)
  }
}

extension Memory {
  /// Looks at everything that a memory needs: the store, the engine, the model, the vectors.
  ///
  /// It never throws: what fails is a finding. Complexity: O(store), since every page is read.
  ///
  /// ```swift
  /// for check in await memory.doctor() where check.state == .bad { print(check.finding) }
  /// ```
  public func doctor() async -> [HealthCheck] {
    [await checkStore()] + (await examiner?.checks(of: openParts()) ?? [])
      + [await Self.checkModel { try await installedEmbedder }] + (await checkVectors())
  }

  /// What is wrong with the store, a sentence each; nil for one of the app's own. Complexity:
  /// O(store).
  package func storeProblems() async throws -> [String]? { try await care?.problems() }

  private func checkStore() async -> HealthCheck {
    do {
      guard let care = try await care else { return .good("store", "It is the app's own.") }
      let problems = try await care.problems()
      guard let first = problems.first else {
        return .good("store", "\(care.location) is whole (\(try await care.engine)).")
      }
      return HealthCheck(
        subject: "store", state: .bad,
        finding: "\(care.location) is damaged in \(Count.of(problems.count, "place")); the first: "
          + first,
        remedy: "Restore it from a backup, or ingest your documents into a new store.")
    } catch {
      return .bad("store", error)
    }
  }

  /// Whether a model embeds.
  package static func checkModel(
    _ embedder: () async throws -> any Embedder
  ) async -> HealthCheck {
    do {
      let embedder = try await embedder()
      let space = embedder.space
      let embedding = try await embedder.embed("Is anybody there?", as: .query)
      try embedding.vector.requireDimension(space.dimension)
      return .good(
        "model",
        "\(space.model), revision \(space.revision), \(Count.of(space.dimension, "dimension")), "
          + "reads \(Count.of(space.maximumTokens, "token")).")
    } catch {
      return .bad("model", error)
    }
  }

  /// Without a model there is no space to look into, and that was found before.
  private func checkVectors() async -> [HealthCheck] {
    guard (try? await installedEmbedder) != nil else { return [] }
    do {
      return try await fsck(repairs: false).map(\.healthCheck)
    } catch {
      return [.bad("vectors", error)]
    }
  }

  private func openParts() async -> OpenParts {
    OpenParts(
      backend: try? await servingSide.backend, own: try? await stores?.current().ownVectors
    ) { try await vectors }
  }
}
