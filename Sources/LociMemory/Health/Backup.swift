public import Foundation
import LociCore

/// A backup that was made.
public struct BackupReport: Hashable, Sendable {
  /// The file.
  public let file: URL
  /// Its bytes.
  public let byteCount: Int64
  /// Older backups that were removed.
  public let removed: [URL]
}

/// What a restored backup took the place of.
public struct RestoreReport: Hashable, Sendable {
  /// The backup.
  public let backup: URL
  /// The records that are there now.
  public let recordCount: Int
  /// Where what was there before is kept: a file, or a schema; nil where there was nothing.
  public let kept: String?

  package init(backup: URL, recordCount: Int, kept: String?) {
    (self.backup, self.recordCount, self.kept) = (backup, recordCount, kept)
  }
}

/// The files of backups in a folder: `loci-20261127T005718.123Z.sqlite`, the time in UTC.
package enum BackupName {
  /// A moment as names have it; later ones come later in the alphabet.
  package static func stamp(_ time: Date) -> String {
    // Foundation cuts the fraction off; half a millisecond rounds it.
    time.wholeMilliseconds.addingTimeInterval(0.000_5).formatted(style)
  }

  private static let style = Date.ISO8601FormatStyle(
    dateSeparator: .omitted, timeSeparator: .omitted, includingFractionalSeconds: true)

  /// The name of a backup.
  static func name(_ time: Date, _ ending: String) -> String {
    "loci-\(stamp(time)).\(ending)"
  }

  /// The backups in a folder, the newest first; none where there is no such folder.
  package static func all(in folder: URL) -> [URL] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.wholeMatch(of: #/loci-[0-9]{8}T[0-9.]{6,10}Z\.[a-z]+/#) != nil }
      .sorted(by: >).map { folder.appending(path: $0) }
  }
}
