import LociCore
public import LociRetrieval

/// Where vectors are, and which model made them.
public struct VectorSide: Hashable, Sendable, Codable, CustomStringConvertible {
  /// The vector backend's name, such as `native`.
  public var backend: String
  /// The folder or the address where the backend keeps them; nil: in the store or beside it.
  public var location: String?
  /// The embedding model's name.
  public var model: String

  /// The model of a memory that was never moved.
  public static let standardModel = "sentence-transformers/all-MiniLM-L6-v2"

  /// Makes a side.
  ///
  /// ```swift
  /// let side = VectorSide(
  ///   backend: VectorBackend.native.rawValue, model: Configuration.standardModel)
  /// try await memory.migrate(to: side, isDryRun: true)
  /// ```
  public init(backend: String, location: String? = nil, model: String) {
    self.backend = backend
    self.location = location
    self.model = model
  }

  /// The backend, where it keeps vectors, and the model.
  public var description: String { "\(place) with \(model)" }

  /// Where the vectors of all models are.
  package struct Place: Hashable, Sendable, CustomStringConvertible {
    let backend: String
    let location: String?

    package var description: String { location.map { "\(backend) in \($0)" } ?? backend }
  }

  /// Where they are, whichever model made them.
  package var place: Place { Place(backend: backend, location: location) }
}

/// How a memory opens its vectors and models, by name.
public struct Backends: Sendable {
  /// The side of a memory that was never moved.
  public var initial: VectorSide
  /// The backend to use whatever the memory was moved to; nil follows the memory.
  public var pinnedBackend: String?
  /// The model to use whatever the memory was moved to; nil follows the memory.
  public var pinnedModel: String?
  /// The model of this call alone, whatever serves: vectors of it are searched and made, and
  /// nothing is noted. Nil uses the serving side's.
  public var callModel: String?
  /// A second model, whose vectors are kept beside those that are searched, and which looks at the
  /// best candidates once more; nil for none.
  public var closerModel: String?
  /// What looks at the best candidates in place of a second model; nil for nothing.
  public var reranker: (any Reranker)?
  /// Whether the vectors of the model's own tokens look at the best candidates, where nothing else
  /// does; see ``LateInteractionReranker``.
  public var looksAtTokens = false
  /// How long the closer look may take; after it, the order of the first look stays.
  public var rerankingTime = Duration.seconds(1)
  /// The location to use for a side that the memory was moved to, or is to be moved to; by default
  /// its own.
  public var location: @Sendable (_ side: VectorSide) async throws -> String?
  /// Opens the vectors that a backend keeps in a location.
  public var vectors:
    @Sendable (_ backend: String, _ location: String?) async throws -> any VectorStore
  /// Loads a model. Where ``fetch`` is given, it loads what is on this machine only, and throws
  /// ``LociError/Code/missingModel`` for anything else.
  public var embedder: @Sendable (_ model: String) async throws -> any Embedder
  /// Brings a model to this machine; only what writes asks for it, never what reads. Nil: no model
  /// can be fetched.
  public var fetch: (@Sendable (_ model: String) async throws -> Void)?
  /// Told of a side that the user chose, before the store's note names it; returns the places and
  /// models that are trusted from now on.
  package var approve: @Sendable (_ side: VectorSide) async throws -> [String] = { _ in [] }

  /// Makes a set of backends.
  public init(
    initial: VectorSide, pinnedBackend: String? = nil, pinnedModel: String? = nil,
    callModel: String? = nil,
    location: @escaping @Sendable (_ side: VectorSide) async throws -> String? = { $0.location },
    vectors:
      @escaping @Sendable (_ backend: String, _ location: String?) async throws -> any VectorStore,
    embedder: @escaping @Sendable (_ model: String) async throws -> any Embedder,
    fetch: (@Sendable (_ model: String) async throws -> Void)? = nil
  ) {
    self.initial = initial
    self.pinnedBackend = pinnedBackend
    self.pinnedModel = pinnedModel
    self.callModel = callModel
    self.location = location
    self.vectors = vectors
    self.embedder = embedder
    self.fetch = fetch
  }

  /// Throws where what is pinned would keep another side serving.
  func requireAllows(_ side: VectorSide) async throws {
    let pinned = try await pinned(over: side)
    guard pinned != side else { return }
    throw LociError(
      .invalidConfiguration,
      "The configuration pins \(pinned), so a move to \(side) would have no effect.",
      remedy: "Leave embeddings.vector_backend, embeddings.vector_path and embeddings.model out of "
        + "the configuration: a memory remembers where its vectors are.")
  }

  /// The side to use where the memory says that another one serves.
  func pinned(over side: VectorSide) async throws -> VectorSide {
    var pinned = side
    if let pinnedBackend, pinnedBackend != side.backend {
      (pinned.backend, pinned.location) = (pinnedBackend, nil)
    }
    pinned.location = try await location(pinned)
    pinned.model = pinnedModel ?? side.model
    return pinned
  }
}
