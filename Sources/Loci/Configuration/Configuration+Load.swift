public import Foundation
public import LociCore

extension Configuration {
  /// Reads the configuration. A later source wins: defaults, the user's file
  /// (`Folders().configuration/loci.toml`), the project's file (`loci.toml` in the working
  /// directory; folders above it are not searched), the environment, the overrides.
  ///
  /// `LOCI_CONFIG`, or `file`, names one file that takes the place of both files. A variable that
  /// is empty counts as unset. A relative path is taken from the folder of the file that holds it,
  /// else from the working directory; `~/` is the home folder.
  /// - Parameters:
  ///   - environment: The process's variables.
  ///   - workingDirectory: Where the project's file is looked for.
  ///   - file: The file that a flag named; it must exist.
  ///   - overrides: What flags said, by key.
  /// - Throws: ``LociError``: `invalid_configuration` names the file and line, variable or flag,
  ///   and what is expected, `io` and
  ///   `not_found` a file that can't be read.
  public static func load(
    environment: [String: String] = ProcessInfo.processInfo.environment,
    workingDirectory: URL = .currentDirectory(), file: URL? = nil,
    overrides: [String: String] = [:]
  ) throws(LociError) -> Configuration {
    let folders = Folders(environment: environment)
    let home = environment["HOME"] ?? NSHomeDirectory()
    var loader = ConfigurationLoader(
      configuration: Configuration(folders: folders), home: home, working: workingDirectory.path)
    let named = environment["LOCI_CONFIG"].flatMap { $0.isEmpty ? nil : $0 }
    if let path = file?.path ?? named {
      try loader.read(fileAt: loader.absolute(path), mustExist: true)
    } else {
      let user = folders.configuration.appending(path: "loci.toml").path
      let project = workingDirectory.appending(path: "loci.toml").path
      try loader.read(fileAt: user, mustExist: false)
      if project != user { try loader.read(fileAt: project, mustExist: false) }
    }
    for setting in Setting.all {
      guard let text = environment[setting.variable], !text.isEmpty else { continue }
      try loader.set(setting, to: text, .environment(setting.variable))
    }
    for (key, text) in overrides.sorted(by: { $0.key < $1.key }) {
      try loader.set(try setting(key, from: .explicit), to: text, .explicit)
    }
    try loader.configuration.checkTogether()
    return loader.configuration
  }

  /// What no setting can check alone.
  private func checkTogether() throws(LociError) {
    guard let chunkTokens, let overlapTokens, overlapTokens > chunkTokens / 2 else { return }
    throw LociError(
      .invalidConfiguration,
      "\(origin(of: "ingest.overlap_tokens")): ingest.overlap_tokens is \(overlapTokens), more "
        + "than half of ingest.chunk_tokens, which is \(chunkTokens).",
      remedy: "Set it to at most \(chunkTokens / 2), or leave it out.")
  }

  /// A `loci.toml` with every setting, its default, and what it decides.
  public static var exampleFile: String {
    var lines = [
      "# Loci's settings and their defaults. What is commented out has no fixed default."
    ]
    var section = ""
    for setting in Setting.all {
      let parts = setting.key.split(separator: ".").map(String.init)
      if parts.count > 1, parts[0] != section {
        section = parts[0]
        lines += ["", "[\(section)]"]
      }
      lines += [
        "# \(setting.summary)", "# \(setting.expected.capitalizedFirst); \(setting.variable).",
      ]
      lines.append(setting.exampleLine(name: parts.last ?? setting.key))
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension Setting {
  fileprivate func exampleLine(name: String) -> String {
    if isPath { return "# \(name) = \"memory.sqlite\"" }
    return switch read(Configuration()) {
    case .text(let text)?: "\(name) = \"\(text)\""
    case let value?: "\(name) = \(value)"
    case nil: "# \(name) ="
    }
  }
}

extension String {
  fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}

/// Puts one source's values over another's.
private struct ConfigurationLoader {
  var configuration: Configuration
  let home: String
  let working: String

  mutating func read(fileAt path: String, mustExist: Bool) throws(LociError) {
    guard mustExist || FileManager.default.fileExists(atPath: path) else { return }
    let file = try TextFile(URL(filePath: path), as: .lines, maximumBytes: 1 << 20)
    let folder = URL(filePath: path).deletingLastPathComponent().path
    for entry in try TOMLText.values(of: file.text, named: path) {
      let origin = Configuration.Origin.file(path, line: entry.line)
      if entry.isEmptySection { continue }
      let setting = try Configuration.setting(entry.key, from: origin)
      var readings = [entry.value].compactMap(\.self)
      if setting.isPath, case .text(let text)? = entry.value, !text.isEmpty {
        readings = [.text(absolute(text, from: folder))]
      }
      try configuration.set(setting, to: readings, origin)
    }
  }

  mutating func set(
    _ setting: Setting, to text: String, _ origin: Configuration.Origin
  ) throws(LociError) {
    let text = setting.isPath && !text.isEmpty ? absolute(text) : text
    try configuration.set(setting, to: SettingValue.readings(of: text), origin)
  }

  func absolute(_ path: String, from folder: String? = nil) -> String {
    if path.contains("://") { return path }
    if path.hasPrefix("~/") { return home + "/" + path.dropFirst(2) }
    let base = URL(filePath: folder ?? working, directoryHint: .isDirectory)
    return URL(filePath: path, relativeTo: base).standardizedFileURL.path
  }
}

extension TOMLValue {
  /// A section such as `[recall]` with nothing in it.
  fileprivate var isEmptySection: Bool {
    value == nil && Setting.all.contains { $0.key.hasPrefix(key + ".") }
  }
}
