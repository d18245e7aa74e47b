import Foundation
package import LociJSON
package import LociMemory

extension BackupReport {
  /// The report as JSON.
  package var json: JSON {
    [
      "file": .string(file.path), "bytes": .integer(Int(byteCount)),
      "removed": .array(removed.map { .string($0.path) }),
    ]
  }
}

extension RestoreReport {
  /// The report as JSON.
  package var json: JSON {
    [
      "backup": .string(backup.path), "records": .integer(recordCount),
      "kept": JSON(kept, JSON.string),
    ]
  }
}
