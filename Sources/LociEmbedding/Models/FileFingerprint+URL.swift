import Foundation
import LociCore

extension FileFingerprint {
  /// Asks the file system; symbolic links are followed.
  init(of file: URL) throws {
    var status = stat()
    guard unsafe stat(file.path, &status) == 0 else {
      throw FileSystemError.last("examined", file)
    }
    self.init(status)
  }
}
