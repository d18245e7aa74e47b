public import LociCore

extension TrustList {
  /// Trusts a project file as it is now. A later change is asked about again.
  ///
  /// - Returns: What it sets.
  /// - Throws: ``LociError`` where the file can't be read or understood, or the list not written.
  @discardableResult
  public func trust(projectFile path: String) throws(LociError) -> [Configuration.Entry] {
    let project = try ProjectFile(path: path)
    let settings = try Configuration.settings(of: project)
    try change { $0.files[project.path] = project.hash }
    return settings
  }
}

extension Setting {
  /// Whether a project's file may set it without being trusted: how to find and how to cut, and a
  /// namespace of the project's own. All else names a place, a server, a model or an engine.
  var isOpenToProjects: Bool {
    key == "namespace" || key.hasPrefix("recall.") || key.hasPrefix("ingest.")
  }
}
