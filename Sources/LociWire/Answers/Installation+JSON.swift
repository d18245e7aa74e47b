package import LociCore
package import LociJSON

/// A model that is known or here.
package struct ModelAnswer: Sendable {
  /// The hub's id.
  package var id: String
  /// A short name.
  package var alias: String?
  /// The components of its vectors.
  package var dimension: Int?
  /// The most tokens that it reads.
  package var maximumTokens: Int?
  /// Its licence.
  package var license: String?
  /// Where it lies; nil for one that is not here.
  package var folder: String?
  /// The bytes that it takes here.
  package var bytes: Int
  /// The bytes that fetching takes.
  package var fetchBytes: Int?

  /// Takes what is known.
  package init(
    id: String, alias: String?, dimension: Int?, maximumTokens: Int?, license: String?,
    folder: String?, bytes: Int, fetchBytes: Int?
  ) {
    (self.id, self.alias, self.dimension) = (id, alias, dimension)
    (self.maximumTokens, self.license, self.folder) = (maximumTokens, license, folder)
    (self.bytes, self.fetchBytes) = (bytes, fetchBytes)
  }

  /// The model as JSON.
  package var json: JSON {
    [
      "id": .string(id), "alias": JSON(alias, JSON.string),
      "dimension": JSON(dimension, JSON.integer),
      "maximum_tokens": JSON(maximumTokens, JSON.integer),
      "license": JSON(license, JSON.string), "folder": JSON(folder, JSON.string),
      "bytes": .integer(bytes), "fetch_bytes": JSON(fetchBytes, JSON.integer),
    ]
  }
}

/// A model that was fetched, or was here before.
package struct FetchAnswer: Sendable {
  private let space: EmbeddingSpace
  private let folder: String
  private let license: String?
  private let notes: [String]

  /// Takes what is known of it.
  package init(space: EmbeddingSpace, folder: String, license: String?, notes: [String]) {
    (self.space, self.folder, self.license, self.notes) = (space, folder, license, notes)
  }

  /// The model as JSON.
  package var json: JSON {
    [
      "model": .string(space.model), "revision": .string(space.revision),
      "dimension": .integer(space.dimension), "folder": .string(folder),
      "license": JSON(license, JSON.string), "notes": .array(notes.map(JSON.string)),
    ]
  }
}

/// A setting with its value and where that came from.
package struct SettingAnswer: Sendable {
  private let key: String
  private let value: JSON
  private let origin: String
  private let variable: String
  private let summary: String

  /// Takes what is known of it; null where the engine or the model decides.
  package init(key: String, value: JSON, origin: String, variable: String, summary: String) {
    (self.key, self.value, self.origin) = (key, value, origin)
    (self.variable, self.summary) = (variable, summary)
  }

  /// The setting as JSON.
  package var json: JSON {
    [
      "key": .string(key), "value": value, "origin": .string(origin),
      "variable": .string(variable), "summary": .string(summary),
    ]
  }
}

/// What was said of trust.
package enum TrustAnswer: Sendable {
  /// A project's file is trusted, with these settings.
  case file(String, settings: [(key: String, value: String)])
  /// What a store names is trusted.
  case names([String])
  /// A file or a store is trusted no longer.
  case withdrawn(String)
  /// All that is trusted: files, and what each store may name.
  case list(files: [String], stores: [(key: String, value: [String])])

  /// The answer as JSON.
  package var json: JSON {
    switch self {
    case .file(let path, let settings):
      [
        "trusted": .string(path),
        "settings": .object(settings.map { (key: $0.key, value: .string($0.value)) }),
      ]
    case .names(let names): ["trusted": .array(names.map(JSON.string))]
    case .withdrawn(let path): ["withdrawn": .string(path)]
    case .list(let files, let stores):
      [
        "files": .array(files.map(JSON.string)),
        "stores": .object(
          stores.map { (key: $0.key, value: .array($0.value.map(JSON.string))) }),
      ]
    }
  }
}

/// Which Loci this is.
package struct VersionAnswer: Sendable {
  private let number: String

  /// Takes the version's number.
  package init(_ number: String) { self.number = number }

  /// The version as JSON.
  package var json: JSON { ["version": .string(number)] }
}

/// A text's vector, beside the id that came with the text.
package struct EmbedAnswer: Sendable {
  private let id: String
  private let vector: UnitVector

  /// Takes an id as JSON writes it, which is given back byte for byte.
  package init(id: String, vector: UnitVector) { (self.id, self.vector) = (id, vector) }

  /// The answer as JSON.
  package var json: JSON {
    ["id": .token(id), "vector": .array(vector.components.map(JSON.float))]
  }
}
