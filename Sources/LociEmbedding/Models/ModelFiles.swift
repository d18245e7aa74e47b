import Foundation
import LociCore

/// One model's folder, read with errors that name the file and say what to do.
struct ModelFiles: Sendable {
  /// No configuration file of a model comes near this size; a larger one is something else.
  static let maximumJSONBytes: Int64 = 64 << 20

  /// The folder.
  let folder: URL
  /// What to do when a file is damaged.
  let remedy: String

  init(folder: URL, remedy: String? = nil) {
    self.folder = folder
    self.remedy =
      remedy ?? "Put the model's original files into \(folder.path) again, or remove that folder."
  }

  /// The same model's subfolder.
  func subfolder(_ path: String, namedBy file: String) throws -> ModelFiles {
    path.isEmpty
      ? self : ModelFiles(folder: try confined(path, namedBy: file), remedy: remedy)
  }

  /// The place of a file of this model. A symbolic link counts as what it points to.
  func url(_ name: String) -> URL { folder.appending(path: name) }

  /// Whether the file is there.
  func has(_ name: String) -> Bool { FileManager.default.fileExists(atPath: url(name).path) }

  /// The tokenizer's file: `tokenizer.json`, else the bare `vocab.txt`.
  var tokenizerName: String? { Self.tokenizerNames.first(where: has) }

  /// What a tokenizer is read from, the better first.
  static let tokenizerNames = ["tokenizer.json", "vocab.txt"]

  /// A path that a file of the model names; it must not lead out of the folder.
  func confined(_ path: String, namedBy file: String) throws -> URL {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    guard !path.isEmpty, !path.contains("\\"), !path.contains("\0"),
      parts.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." })
    else {
      throw LociError(
        .corrupt, "\(file) names a path that is not inside the model's folder.",
        remedy: remedy, detail: path)
    }
    return url(path)
  }

  /// Decodes a file that has to be there.
  func required<Value: Decodable>(_ name: String, as type: Value.Type) throws -> Value {
    guard let value = try optional(name, as: type) else { throw missing(name) }
    return value
  }

  /// Decodes a file, or returns nil where there is none.
  func optional<Value: Decodable>(_ name: String, as type: Value.Type) throws -> Value? {
    guard has(name) else { return nil }
    let file = url(name)
    do {
      let data = try RegularFile.contents(of: file, upTo: Self.maximumJSONBytes)
      return try JSONDecoder().decode(type, from: data)
    } catch let error as DecodingError {
      throw damaged(name, Self.explanation(error), underlying: error)
    } catch {
      throw FileSystemError.wrap(error, "read", file)
    }
  }

  /// The error for a file that is not there.
  func missing(_ name: String) -> LociError {
    LociError(.missingModel, "The model in \(folder.path) has no \(name).", remedy: remedy)
  }

  /// The error for a model without a tokenizer.
  var missingTokenizer: LociError { missing("tokenizer.json (nor a vocab.txt)") }

  /// The error for a file that is not what it should be.
  func damaged(_ name: String, _ why: String, underlying: (any Error)? = nil) -> LociError {
    LociError(
      .corrupt, "\(name) of the model in \(folder.path) is damaged: \(why).", remedy: remedy,
      underlying: underlying)
  }

  /// The error for a model that Loci does not run.
  func unsupported(_ name: String, _ why: String) -> LociError {
    LociError(
      .unsupported, "Loci does not run the model in \(folder.path): \(name) \(why).",
      remedy: "Choose another model; `loci models` lists those that are known to work.")
  }

  private static func explanation(_ error: DecodingError) -> String {
    func key(_ context: DecodingError.Context) -> String {
      context.codingPath.last?.stringValue ?? "the whole file"
    }
    return switch error {
    case .typeMismatch(let type, let context): "\(key(context)) is not of the type \(type)"
    case .valueNotFound(let type, let context): "\(key(context)) is null, not of the type \(type)"
    case .keyNotFound(let missing, _): "\(missing.stringValue) is missing"
    case .dataCorrupted(let context):
      "\(key(context)) is not valid JSON, or has a number out of range"
    @unknown default: "it is not understood"
    }
  }
}
