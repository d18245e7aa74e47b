public import Foundation
public import LociCore

/// The texts under a folder.
///
/// Taken are files whose names promise text (``TextFormat/fileNameEndings``). Left out, and named
/// in ``Findings/leftOut``, are hidden files and folders, what tools made (``ignoredFolders``),
/// what `.gitignore` and `.lociignore` leave out, and symbolic links: what they point at inside the
/// folder is found by itself, and nothing outside is ever read. A ``FileSelection`` takes more, or
/// less.
public struct FolderWalk: Hashable, Sendable {
  /// A file that was found.
  public struct File: Hashable, Sendable {
    /// Its address as a source: the absolute path.
    public let uri: String
    /// Its path from the folder.
    public let relativePath: String
    /// How its structure is read.
    public let format: TextFormat
    /// Whether its name promises text; else it was taken because ``FileSelection/include`` names
    /// it.
    public let promisesText: Bool
    /// What it was when it was found.
    package let stamp: OpenedFile.Stamp

    /// The file's URL.
    public var url: URL { URL(filePath: uri) }
  }

  /// A file or folder that could not be looked at, and why.
  public struct Skipped: Sendable {
    /// The absolute path.
    public let path: String
    /// Why.
    public let reason: LociError

    package init(path: String, reason: LociError) { (self.path, self.reason) = (path, reason) }
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
    public internal(set) var files: [File] = []
    /// What could not be looked at.
    public internal(set) var skipped: [Skipped] = []
    /// What was left out, and why; files of other endings are counted in ``otherEndings`` instead.
    public internal(set) var leftOut: [LeftOut] = []
    /// How many files have an ending that is not read, by ending in lower case; the empty one is
    /// for names that have none.
    public internal(set) var otherEndings: [String: Int] = [:]
    /// The folders that were looked into, as relative paths; the walked one is empty.
    package internal(set) var folders: [String] = []
    /// The folders that hold nothing at all, as an unmounted disk does.
    var emptyFolders: [String] = []
    package let root: OpenedFile

    /// Reads a file that was found, through the folder that was walked: whatever was put in the
    /// place of it or of a folder above it meanwhile, nothing outside is read.
    ///
    /// - Throws: As ``TextFile/init(_:as:maximumBytes:)``; `invalid_argument` or `not_found` where
    ///   it is a symbolic link by now.
    public func text(
      of file: File, maximumBytes: Int = TextFile.defaultMaximumBytes
    ) throws(LociError) -> TextFile {
      let bytes = try root.descendant(file.relativePath).bytes(maximum: maximumBytes)
      return try TextFile(bytes, uri: file.uri, as: file.format)
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
  /// What else is taken, and what is left out.
  public let selection: FileSelection

  /// Makes a walk; nothing is read yet.
  public init(
    _ folder: URL, limits: Limits = Limits(), selection: FileSelection = .standard
  ) {
    self.folder = TextFile.canonicalPath(of: folder)
    self.limits = limits
    self.selection = selection
  }

  /// Walks.
  ///
  /// - Throws: ``LociError``: `not_found` and `io` for the folder itself; `invalid_argument` where
  ///   it is no folder or there are more files than the limit. What can't be read below is
  ///   reported in ``Findings/skipped``.
  public func findings() throws(LociError) -> Findings {
    let root = try OpenedFile.at(folder)
    guard try root.stamp().kind == .folder else {
      throw LociError(.invalidArgument, "\(folder) is no folder.", remedy: "Name a folder.")
    }
    var round = WalkRound(of: self, Findings(folder: folder, root: root))
    try round.walkRoot()
    guard round.findings.files.count <= limits.files else {
      throw LociError(
        .invalidArgument, "\(folder) holds more than \(Count.of(limits.files, "text")).",
        remedy: "Ingest its folders one by one.")
    }
    var findings = round.findings
    findings.files.sort { $0.relativePath.utf8.lexicographicallyPrecedes($1.relativePath.utf8) }
    return findings
  }
}
