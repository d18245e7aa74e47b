public import LociCore

/// What else is taken from a folder, and what is left out of it.
///
/// Patterns are those of gitignore(5), from the ingested folder: one without a slash is for names
/// at any depth, one with a slash for the path. ``exclude`` wins over ``include``, and that over
/// `.lociignore`, `.gitignore` and what is left out by itself.
public struct FileSelection: Hashable, Sendable {
  /// What is taken although it would be left out: files and, with all that is in them, folders. A
  /// wildcard stands for no name that begins with a dot, and only a pattern that names a folder
  /// opens it: `*.cfg` finds nothing below `node_modules`, `node_modules/**/*.cfg` does.
  public let include: [String]
  /// What is left out.
  public let exclude: [String]
  /// Whether `.gitignore`, `.git/info/exclude` and `.lociignore` are followed.
  public var followsIgnoreFiles: Bool

  private let included: [PathPattern]
  private let excluded: [PathPattern]

  /// Makes a selection; by default only ignore files and names decide.
  ///
  /// ```swift
  /// let selection = try FileSelection(include: [".github/**"], exclude: ["drafts/"])
  /// ```
  /// - Throws: ``LociError/Code/invalidArgument`` for a pattern without a name.
  public init(
    include: [String] = [], exclude: [String] = [], followsIgnoreFiles: Bool = true
  ) throws(LociError) {
    self.include = include
    self.exclude = exclude
    self.followsIgnoreFiles = followsIgnoreFiles
    var patterns: [[PathPattern]] = [[], []]
    for (index, list) in [include, exclude].enumerated() {
      for text in list { patterns[index].append(try PathPattern(text)) }
    }
    (included, excluded) = (patterns[0], patterns[1])
  }

  private init() {
    (include, exclude, followsIgnoreFiles) = ([], [], true)
    (included, excluded) = ([], [])
  }

  /// Ignore files and names decide.
  public static let standard = FileSelection()

  /// How far ``include`` reaches to a path from the folder.
  func reach(_ names: [[UInt8]], isFolder: Bool) -> PathPattern.Reach {
    included.map { $0.reach(names, isFolder: isFolder, sparesHidden: true) }.max() ?? .none
  }

  /// Whether ``exclude`` names a path from the folder.
  func excludes(_ names: [[UInt8]], isFolder: Bool) -> Bool {
    excluded.contains { $0.reach(names, isFolder: isFolder, sparesHidden: false) == .whole }
  }
}

/// A pattern of paths, name by name.
struct PathPattern: Hashable, Sendable {
  /// How far a pattern reaches to a path.
  enum Reach: Int, Comparable {
    /// It does not match.
    case none
    /// Something below the path may match.
    case below
    /// The path, or a folder above it, matches.
    case whole

    static func < (left: Reach, right: Reach) -> Bool { left.rawValue < right.rawValue }
  }

  private enum Part: Hashable {
    case name(GlobPattern, namesHidden: Bool)
    case anyFolders
  }

  private let parts: [Part]
  private let isFolderOnly: Bool

  init(_ text: String) throws(LociError) {
    let slash = UInt8(ascii: "/")
    let names = text.utf8.split(separator: slash).filter { !$0.elementsEqual(".".utf8) }
    guard !names.isEmpty else {
      throw LociError(
        .invalidArgument, "A pattern of files must name something.",
        remedy: "Give for example '*.cfg' or 'drafts/**'.")
    }
    isFolderOnly = text.utf8.last == slash
    let isNameOnly = names.count == 1 && text.utf8.first != slash
    parts =
      (isNameOnly ? [.anyFolders] : [])
      + names.map { name -> Part in
        name.count > 1 && name.allSatisfy { $0 == UInt8(ascii: "*") }
          ? .anyFolders
          : .name(
            GlobPattern(name, isPath: false),
            namesHidden: name.starts(with: ".".utf8) || name.starts(with: "\\.".utf8))
      }
  }

  /// How far the pattern reaches to a path.
  ///
  /// - Parameter sparesHidden: Whether a wildcard stands for no name that begins with a dot.
  func reach(_ names: [[UInt8]], isFolder: Bool, sparesHidden: Bool) -> Reach {
    var search = Search(sparesHidden: sparesHidden, isFolder: isFolder, isFolderOnly: isFolderOnly)
    return search.reach(parts[...], names[...], isStarted: false)
  }

  private struct Search {
    let sparesHidden: Bool
    let isFolder: Bool
    let isFolderOnly: Bool
    private var failed: Set<[Int]> = []

    init(sparesHidden: Bool, isFolder: Bool, isFolderOnly: Bool) {
      self.sparesHidden = sparesHidden
      self.isFolder = isFolder
      self.isFolderOnly = isFolderOnly
    }

    mutating func reach(
      _ parts: ArraySlice<Part>, _ names: ArraySlice<[UInt8]>, isStarted: Bool
    ) -> Reach {
      let place = [parts.startIndex, names.startIndex, isStarted ? 1 : 0]
      guard !failed.contains(place) else { return .none }
      let reach = uncached(parts, names, isStarted: isStarted)
      if reach == .none { failed.insert(place) }
      return reach
    }

    private mutating func uncached(
      _ parts: ArraySlice<Part>, _ names: ArraySlice<[UInt8]>, isStarted: Bool
    ) -> Reach {
      guard let part = parts.first else {
        if isFolderOnly, names.isEmpty, !isFolder { return .none }
        return names.contains(where: isSpared) ? .none : .whole
      }
      guard let name = names.first else {
        if isStarted, parts.allSatisfy({ $0 == .anyFolders }) { return isFolder ? .whole : .none }
        return isStarted && isFolder ? .below : .none
      }
      switch part {
      case .anyFolders:
        let without = reach(parts.dropFirst(), names, isStarted: isStarted)
        if without == .whole || isStarted && isSpared(name) { return without }
        let isLast = parts.count == 1
        return max(without, reach(parts, names.dropFirst(), isStarted: isStarted || isLast))
      case .name(let pattern, let namesHidden):
        guard pattern.matches(name), namesHidden || !isSpared(name) else { return .none }
        return reach(parts.dropFirst(), names.dropFirst(), isStarted: true)
      }
    }

    private func isSpared(_ name: [UInt8]) -> Bool {
      sparesHidden && name.first == UInt8(ascii: ".")
    }
  }
}
