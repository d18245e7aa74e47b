import Foundation
import LociCore
import LociJSON

/// What a namespace keeps of ingested files beside their chunks: a note of each, and what they
/// said, in parts. These are values by key, so that whatever moves, exports or erases such values
/// has them.
///
/// Two that change a file's note at once see each other: who comes later begins anew.
package struct FileShelf: Sendable {
  private let records: any RecordStore
  private let namespace: Namespace
  private let surroundings: Surroundings

  /// How often a change begins anew.
  private static let attempts = 10
  /// The most UTF-8 bytes of a part: written as JSON it stays below what a value may have.
  private static let partBytes = 64 << 10
  /// The most files that were first seen at one address.
  private static let mostAtAnAddress = 1000

  init(records: any RecordStore, namespace: Namespace, surroundings: Surroundings) {
    (self.records, self.namespace, self.surroundings) = (records, namespace, surroundings)
  }

  // MARK: Files

  /// A file by its id; nil where nothing is kept of it.
  package func file(_ id: RecordID) async throws -> IngestedFile? {
    try await records.keyValue(name(of: id)).map(FileNote.file)
  }

  /// A page of the files, in the order of their ids.
  package func files(after id: RecordID?, limit: Int) async throws -> [IngestedFile] {
    try await records.keyValues(
      on: .files, in: namespace, after: id?.text, limit: limit
    ).map(FileNote.file)
  }

  /// Lends all files, page by page.
  package func forEachFile(_ body: (IngestedFile) async throws -> Void) async throws {
    var last: RecordID?
    while true {
      let page = try await files(after: last, limit: 500)
      for file in page { try await body(file) }
      guard page.count == 500 else { return }
      last = page.last?.id
    }
  }

  /// The id for a file that has no records yet: the one that it had, or one that no other has.
  func id(forFileAt uri: String) async throws -> RecordID {
    for occurrence in 0..<Self.mostAtAnAddress {
      let id = try IngestedFile.id(namespace, uri, occurrence: occurrence)
      guard let file = try await file(id) else { return id }
      if file.uri.utf8.elementsEqual(uri.utf8) { return id }
    }
    throw LociError(
      .conflict, "\(Self.mostAtAnAddress) files that were moved away were once at one address.",
      remedy: "Forget some of them, or ingest this one under another name.")
  }

  /// Notes where a file is and what it says, and lets go of what is beyond the limits.
  func take(_ text: String, at uri: String, as id: RecordID, _ limits: FileLimits) async throws {
    let hash = ContentHash(of: text)
    let byteCount = text.utf8.count
    try await change(id) { old in
      var file = old ?? IngestedFile(id: id, uri: uri, versions: [], vanishedAt: nil)
      let isSame = file.versions.last?.contentHash == hash
      let wantsText = limits.keeps(byteCount) && !(isSame && file.versions.last?.isKept == true)
      guard
        !isSame || wantsText || !file.uri.utf8.elementsEqual(uri.utf8)
          || file.vanishedAt != nil
      else { return nil }
      (file.uri, file.vanishedAt) = (uri, nil)
      let place = wantsText ? try await write(text, of: id) : nil
      if isSame, let place {
        file.versions[file.versions.count - 1].place = place
      } else if !isSame {
        file.versions.append(
          FileVersion(
            number: (file.versions.last?.number ?? 0) + 1, contentHash: hash,
            byteCount: byteCount, since: surroundings.now().wholeMilliseconds,
            place: place))
      }
      let dropped = file.prune(to: limits)
      return Change(file: file, added: place, dropped: dropped)
    }
  }

  /// Notes that a file is gone from its folder; what it said stays.
  func noteVanished(_ id: RecordID) async throws {
    try await change(id) { file in
      guard var file, file.vanishedAt == nil else { return nil }
      file.vanishedAt = surroundings.now().wholeMilliseconds
      return Change(file: file)
    }
  }

  /// Lets go of all texts of a file, and keeps the note.
  func dropTexts(of id: RecordID) async throws {
    try await change(id) { file in
      guard var file, file.versions.contains(where: \.isKept) else { return nil }
      let dropped = file.versions.compactMap(\.place)
      for index in file.versions.indices { file.versions[index].place = nil }
      return Change(file: file, dropped: dropped)
    }
  }

  /// Erases what is kept of a file: all texts, also those that no note names, then the note.
  ///
  /// - Returns: Whether there was a note.
  @discardableResult
  package func erase(_ id: RecordID) async throws -> Bool {
    try await removeTexts(of: id, but: [])
    let name = try name(of: id)
    let exists = try await records.keyValue(name) != nil
    if exists { try await delete(name) }
    return exists
  }

  /// Removes texts of a file that its note does not name: another note may have taken its place.
  func removeUnnamedTexts(of id: RecordID) async throws {
    let places = try await file(id)?.versions.compactMap(\.place?.name) ?? []
    try await removeTexts(of: id, but: places.map { "\(id)/\($0)/" })
  }

  private func removeTexts(of id: RecordID, but kept: [String]) async throws {
    let prefix = id.text + "/"
    var last = prefix
    while true {
      let page = try await records.keyValues(on: .fileTexts, in: namespace, after: last, limit: 64)
      let own = page.prefix { $0.name.key.utf8.starts(with: prefix.utf8) }
      for part in own
      where !kept.contains(where: { part.name.key.utf8.starts(with: $0.utf8) }) {
        try await delete(part.name)
      }
      guard own.count == 64, let end = own.last else { return }
      last = end.name.key
    }
  }

  // MARK: Texts

  /// What a file said.
  ///
  /// - Throws: ``LociError/Code/notFound`` where the text is not kept, or not any more;
  ///   ``LociError/Code/corrupt`` where it is not what was ingested.
  package func text(of version: FileVersion, of id: RecordID) async throws -> String {
    let gone = LociError(
      .notFound, "The text of version \(version.number) is not kept.",
      remedy: "`files.versions` and `files.mebibytes` say how much is.")
    guard let place = version.place else { throw gone }
    var text = ""
    for part in 0..<place.parts {
      guard let value = try await records.keyValue(name(of: part, at: place, of: id)) else {
        throw gone
      }
      text +=
        try JSON(reading: Array(value.value.utf8), maximumBytes: KeyValue.maximumSize)
        .string ?? ""
    }
    guard ContentHash(of: text) == version.contentHash else {
      throw LociError(
        .corrupt, "The text of version \(version.number) is not what was ingested.",
        remedy: "Restore a backup, or forget the file and ingest it again.")
    }
    return text
  }

  private func write(_ text: String, of id: RecordID) async throws -> FileVersion.Place {
    let bytes = Array(text.utf8)
    var starts: [Int] = []
    var start = 0
    while start < bytes.count {
      starts.append(start)
      start = min(start + Self.partBytes, bytes.count)
      // A character is not cut: what continues one stays with its beginning.
      while start < bytes.count, bytes[start] & 0xC0 == 0x80 { start -= 1 }
    }
    let place = FileVersion.Place(
      name: Hexadecimal.text(surroundings.random()), parts: starts.count)
    do {
      for (part, start) in starts.enumerated() {
        let end = part + 1 < starts.count ? starts[part + 1] : bytes.count
        let value = JSON.string(String(decoding: bytes[start..<end], as: UTF8.self)).line
        try await records.setKeyValue(
          name(of: part, at: place, of: id), to: value, at: surroundings.now(),
          expecting: .anything)
      }
    } catch {
      try? await delete(place, of: id)
      throw error
    }
    return place
  }

  private func delete(_ place: FileVersion.Place, of id: RecordID) async throws {
    for part in 0..<place.parts { try await delete(name(of: part, at: place, of: id)) }
  }

  private func delete(_ name: KeyName) async throws {
    try await records.setKeyValue(
      name, to: nil, at: surroundings.now(), expecting: .anything)
  }

  // MARK: Changes

  private struct Change {
    let file: IngestedFile
    /// Where a text was written for it.
    var added: FileVersion.Place?
    /// Where texts are that it does not name any more.
    var dropped: [FileVersion.Place] = []
  }

  /// Changes a file's note where nobody else did meanwhile; else begins anew.
  private func change(
    _ id: RecordID, _ changed: (IngestedFile?) async throws -> Change?
  ) async throws {
    let name = try name(of: id)
    for attempt in 1... {
      let old = try await records.keyValue(name)
      guard let change = try await changed(old.map(FileNote.file)) else { return }
      do {
        try await records.setKeyValue(
          name, to: FileNote(change.file).line, at: surroundings.now(),
          expecting: old.map { .value($0.value) } ?? .absent)
      } catch let error as LociError where error.code == .conflict {
        if let added = change.added { try? await delete(added, of: id) }
        guard attempt < Self.attempts else { throw error }
        try await surroundings.sleep(.milliseconds(1 << attempt))
        continue
      }
      for place in change.dropped { try await delete(place, of: id) }
      return
    }
  }

  private func name(of id: RecordID) throws(LociError) -> KeyName {
    try KeyName(id.text, on: .files, in: namespace)
  }

  private func name(
    of part: Int, at place: FileVersion.Place, of id: RecordID
  ) throws(LociError) -> KeyName {
    let number = String(part)
    let padded = String(repeating: "0", count: max(0, 6 - number.utf8.count)) + number
    return try KeyName("\(id)/\(place.name)/\(padded)", on: .fileTexts, in: namespace)
  }
}
