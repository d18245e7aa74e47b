package import Foundation
import LociCore

/// The SHA-256 of large files, remembered for as long as the files stay as they are.
///
/// Hashing 90 MB takes longer than loading them, so each hash is kept in a small file in Loci's
/// data folder, with the file's fingerprint beside it. Losing that file costs time only.
package actor VerifiedHashes {
  private struct Stamp: Codable {
    var path: String
    var fingerprint: FileFingerprint
    var sha256: String
  }

  private struct Stamps: Codable {
    var version = 1
    var stamps: [Stamp] = []
  }

  private static let maximumStamps = 64
  /// A file changed twice within one tick of the file system's clock keeps its times; a hash is
  /// remembered only once the last change is older than this.
  private static let settledNanoseconds: Int64 = 50_000_000

  private let executor = WorkerExecutor(label: "loci.hashes")
  package nonisolated var unownedExecutor: UnownedSerialExecutor {
    unsafe executor.asUnownedSerialExecutor()
  }

  private let stampsFile: URL
  private let surroundings: Surroundings
  /// How many files were really hashed, for tests.
  package private(set) var hashedCount = 0

  /// Keeps its stamps in `folder`, which need not exist, nor be writable.
  package init(folder: URL, surroundings: Surroundings = Surroundings()) {
    stampsFile = folder.appending(path: "verified-files.json")
    self.surroundings = surroundings
  }

  /// The file's SHA-256 in hexadecimal. Complexity: O(1) for a file seen before, else O(size).
  package func hash(of file: URL) throws -> String {
    let path = file.resolvingSymlinksInPath().path
    let fingerprint = try FileFingerprint(of: file)
    let stamps = load()
    if let stamp = stamps.first(where: { $0.path == path && $0.fingerprint == fingerprint }) {
      return stamp.sha256
    }
    let hash = try compute(file)
    hashedCount += 1
    guard try FileFingerprint(of: file) == fingerprint else {
      throw LociError(
        .conflict, "\(path) changed while it was read.",
        remedy: "Wait until whatever writes it has finished, and try again.")
    }
    if isSettled(fingerprint) {
      save(Stamp(path: path, fingerprint: fingerprint, sha256: hash))
    }
    return hash
  }

  private func isSettled(_ fingerprint: FileFingerprint) -> Bool {
    let now = Int64(surroundings.now().timeIntervalSince1970 * 1e9)
    return now - fingerprint.changedNanoseconds > Self.settledNanoseconds
  }

  /// Nothing where the file is missing, damaged, or of another version.
  private func load() -> [Stamp] {
    guard let data = try? Data(contentsOf: stampsFile),
      let stamps = try? JSONDecoder().decode(Stamps.self, from: data), stamps.version == 1
    else { return [] }
    return stamps.stamps
  }

  /// Writes the newest stamps in one step. A failure costs a second hashing, so it is no error.
  private func save(_ stamp: Stamp) {
    let kept = load().filter { $0.path != stamp.path }.suffix(Self.maximumStamps - 1)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(Stamps(stamps: kept + [stamp])) else { return }
    try? PrivateFiles.replace(stampsFile.path, with: data)
  }

  /// The SHA-256 of a regular file as it is now, without any memory. Complexity: O(size).
  func compute(_ file: URL) throws(LociError) -> String {
    var hash = SHA256()
    try RegularFile.forEachPiece(of: file) { hash.update($0) }
    return Hexadecimal.text(hash.finalize())
  }
}
