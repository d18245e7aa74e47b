import LociCore

// A new backend is a file beside this one and a line here; settings, `loci migrate`, `loci doctor`
// and what is private follow from the lists.

extension StoreBackend: RawRepresentable, CaseIterable, Codable {
  static let engines: [any StoreEngine] = {
    var engines: [any StoreEngine] = [SQLiteStore()]
    #if PostgreSQL
      engines.append(PostgresStore())
    #endif
    return engines
  }()

  /// Where records are at first.
  static let standard = sqlite

  /// Every place for records.
  public static let allCases = engines.map(\.backend)

  /// A place by its name; nil for a name that this Loci does not know.
  public init?(rawValue: String) {
    self.init(rawValue)
    guard Self.allCases.contains(self) else { return nil }
  }

  static func engine(named name: String) -> (any StoreEngine)? {
    engines.first { $0.backend.rawValue == name }
  }
}

extension VectorBackend: RawRepresentable, CaseIterable, Codable {
  static let engines: [any VectorEngine] = {
    var engines: [any VectorEngine] = [NativeVectors()]
    #if SQLiteVec
      engines.append(SQLiteVecVectors())
    #endif
    #if LanceDB
      engines.append(LanceVectors())
    #endif
    #if PostgreSQL
      engines.append(PostgresVectors())
    #endif
    return engines
  }()

  /// Every place for vectors.
  public static let allCases = engines.map(\.backend)

  /// A place by its name; nil for a name that this Loci does not know.
  public init?(rawValue: String) {
    self.init(rawValue)
    guard Self.allCases.contains(self) else { return nil }
  }

  static func engine(named name: String) -> (any VectorEngine)? {
    engines.first { $0.backend.rawValue == name }
  }
}

extension Opening {
  /// Opens a store by its name.
  func store(_ name: String) async throws -> OpenStore {
    guard let engine = StoreBackend.engine(named: name) else {
      throw Self.unknown("records", name)
    }
    return try await engine.open(self)
  }

  /// Opens the vectors that a backend keeps in a location.
  func vectors(
    _ name: String, in location: String?, beside store: OpenStore
  ) async throws -> any VectorStore {
    if name == store.ownBackend { return store.ownVectors }
    guard let engine = VectorBackend.engine(named: name) else {
      throw Self.unknown("vectors", name)
    }
    return try await engine.open(self, in: location)
  }

  private static func unknown(_ what: String, _ name: String) -> LociError {
    LociError(
      .newerSchema, "This memory's \(what) are in \"\(name)\", which this Loci doesn't know.",
      remedy: "Update Loci.")
  }
}
