package import Foundation

/// Small files that belong to their owner alone, whatever the umask.
package enum PrivateFile {
  /// Puts data in the place of a file in one step; its folder is made where it is missing.
  ///
  /// - Throws: ``LociError/Code/readOnly`` where the file can't be written.
  package static func replace(_ file: URL, with data: Data) throws(LociError) {
    let new = file.deletingLastPathComponent().appending(
      path: ".\(file.lastPathComponent).\(UUID().uuidString)")
    do {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700])
      guard
        FileManager.default.createFile(
          atPath: new.path, contents: nil, attributes: [.posixPermissions: 0o600])
      else { throw CocoaError(.fileWriteUnknown) }
      let handle = try FileHandle(forWritingTo: new)
      try handle.write(contentsOf: data)
      try handle.synchronize()
      try handle.close()
      // Foundation's own replacing would keep the old file's permissions.
      guard unsafe rename(new.path, file.path) == 0 else { throw CocoaError(.fileWriteUnknown) }
    } catch {
      try? FileManager.default.removeItem(at: new)
      throw LociError(
        .readOnly, "\(file.path) can't be written.",
        remedy: "Check that you may write to its folder.", underlying: error)
    }
  }
}
