import LociCore

extension FolderWalk.Findings {
  /// Those sources that were ingested from this folder and are not there any more.
  ///
  /// A source is not gone where it, or a folder above it, was skipped, or where it still exists
  /// although the walk leaves it out.
  public func vanished(among uris: some Sequence<String>) -> [String] {
    let found = Set(files.map { ExactText($0.uri) })
    return uris.filter { uri in
      SourcePath.isPath(uri, atOrBelow: folder) && !found.contains(ExactText(uri))
        && !skipped.contains { SourcePath.isPath(uri, atOrBelow: $0.path) } && !isThere(uri)
    }
  }

  /// Whether a file still is at its place below the folder; a folder or a link in its place is
  /// another thing.
  private func isThere(_ uri: String) -> Bool {
    let inner = uri.utf8.dropFirst(folder == "/" ? 1 : folder.utf8.count + 1)
    do throws(LociError) {
      return try root.descendant(String(decoding: inner, as: UTF8.self)).stamp().kind == .file
    } catch {
      // What can't be looked at may be there.
      return error.code != .notFound && error.code != .invalidArgument
    }
  }

  /// Fewer than these are removed from an empty folder without a question.
  private static let handful = 3
  /// More than these are not removed without a question where they are most of what was there.
  private static let many = 10

  /// Those of the vanished sources whose folder may just not be mounted: it is empty and held more
  /// than a handful, or it is the whole folder's larger part.
  package func doubtful(_ vanished: [String], among known: [String]) -> [String] {
    if vanished.count > Self.many, vanished.count * 2 > known.count { return vanished }
    let empty = emptyFolders.filter { folder in
      vanished.count { SourcePath.isPath($0, atOrBelow: folder) } > Self.handful
    }
    return vanished.filter { uri in
      empty.contains { SourcePath.isPath(uri, atOrBelow: $0) }
    }
  }
}
