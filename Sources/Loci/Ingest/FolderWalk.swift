public import Foundation
public import LociCore

/// The texts under a folder.
///
/// Taken are files whose names promise text (``TextFormat/fileNameEndings``). Left out are hidden
/// files and folders, what tools made (``ignoredFolders``), and symbolic links: what they point at
/// inside the folder is found by itself, and nothing outside is ever read.
public struct FolderWalk: Hashable, Sendable {
  /// A file that was found.
  public struct File: Hashable, Sendable {
    /// Its address as a source: the absolute path.
    public let uri: String
    /// Its path from the folder.
    public let relativePath: String
    /// How its structure is read.
    public let format: TextFormat

    /// The file's URL.
    public var url: URL { URL(filePath: uri) }
  }

  /// A file or folder that could not be looked at, and why.
  public struct Skipped: Sendable {
    /// The absolute path.
    public let path: String
    /// Why.
    public let reason: LociError
  }

  /// How far a walk goes.
  public struct Limits: Hashable, Sendable {
    /// The most folders inside each other.
    public var depth: Int
    /// The most files.
    public var files: Int

    /// Makes limits.
    public init(depth: Int = 64, files: Int = 100_000) {
      self.depth = depth
      self.files = files
    }
  }

  /// What a walk found.
  public struct Findings: Sendable {
    /// The folder's absolute path, symbolic links resolved.
    public let folder: String
    /// The files, in the order of their relative paths' UTF-8 bytes.
    public fileprivate(set) var files: [File] = []
    /// What could not be looked at.
    public fileprivate(set) var skipped: [Skipped] = []

    /// Those sources that were ingested from this folder and are not there any more.
    ///
    /// A source is not gone where it, or a folder above it, was skipped, or where it still exists
    /// although the walk leaves it out.
    public func vanished(among uris: some Sequence<String>) -> [String] {
      let found = Set(files.map(\.uri))
      return uris.filter { uri in
        uri.hasPrefix(folder == "/" ? folder : folder + "/") && !found.contains(uri)
          && !skipped.contains { uri == $0.path || uri.hasPrefix($0.path + "/") }
          && !FileManager.default.fileExists(atPath: uri)
      }
    }
  }

  /// Folders that hold what tools made or fetched.
  public static let ignoredFolders: Set<String> = [
    "__pycache__", "bower_components", "build", "deriveddata", "dist", "node_modules", "target",
    "venv",
  ]

  /// The folder's absolute path, symbolic links resolved.
  public let folder: String
  /// How far the walk goes.
  public let limits: Limits

  /// Makes a walk; nothing is read yet.
  public init(_ folder: URL, limits: Limits = Limits()) {
    self.folder = TextFile.canonicalPath(of: folder)
    self.limits = limits
  }

  /// Walks.
  ///
  /// - Throws: ``LociError``: `not_found` and `io` for the folder itself; `invalid_argument` where
  ///   it is no folder or there are more files than the limit. What can't be read below is
  ///   reported in ``Findings/skipped``.
  public func findings() throws(LociError) -> Findings {
    guard try FileStamp(path: folder).type == .typeDirectory else {
      throw LociError(.invalidArgument, "\(folder) is no folder.", remedy: "Name a folder.")
    }
    var findings = Findings(folder: folder)
    for name in try Self.names(in: folder) { visit(name, depth: 1, &findings) }
    guard findings.files.count <= limits.files else {
      throw LociError(
        .invalidArgument, "\(folder) holds more than \(Count.of(limits.files, "text")).",
        remedy: "Ingest its folders one by one.")
    }
    findings.files.sort { $0.relativePath.utf8.lexicographicallyPrecedes($1.relativePath.utf8) }
    return findings
  }

  private func visit(_ relativePath: String, depth: Int, _ findings: inout Findings) {
    let name = relativePath.split(separator: "/").last.map(String.init) ?? relativePath
    guard !name.hasPrefix("."), findings.files.count <= limits.files else { return }
    let path = folder == "/" ? "/" + relativePath : folder + "/" + relativePath
    do throws(LociError) {
      switch try FileStamp(path: path).type {
      case .typeDirectory?:
        guard !Self.ignoredFolders.contains(name.lowercased()) else { return }
        guard depth < limits.depth else {
          throw LociError(
            .invalidArgument, "\(path) is more than \(limits.depth) folders deep.",
            remedy: "Ingest it by itself.")
        }
        let names = try Self.names(in: path)
        for name in names { visit("\(relativePath)/\(name)", depth: depth + 1, &findings) }
      case .typeRegular?:
        guard let format = TextFormat(fileName: name) else { return }
        findings.files.append(File(uri: path, relativePath: relativePath, format: format))
      case .typeSymbolicLink?:
        throw LociError(.invalidArgument, "\(path) is a symbolic link; links are not followed.")
      default: return
      }
    } catch {
      findings.skipped.append(Skipped(path: path, reason: error))
    }
  }

  private static func names(in path: String) throws(LociError) -> [String] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: path)
    } catch {
      throw LociError(
        .io, "The folder \(path) can't be read.", remedy: "Check that you may read it.",
        underlying: error)
    }
  }
}
