public import Foundation
public import LociCore
import LociEmbedding

extension Configuration {
  /// Reads the configuration. A later source wins: defaults, the user's file
  /// (`Folders().configuration/loci.toml`), the project's file (`loci.toml` in the working
  /// directory, or above it up to the repository's root), the environment, the overrides.
  ///
  /// A project's file comes with its folder, whoever made that. Unless it is on the user's
  /// ``TrustList``, only `recall` and `ingest` settings count, and a namespace, which becomes one
  /// of that folder's own; ``untrusted`` says what was left aside, and a memory is not opened
  /// before that is settled.
  ///
  /// `LOCI_CONFIG`, or `file`, names one file that takes the place of both files. A variable that
  /// is empty counts as unset. A relative path is taken from the folder of the file that holds it,
  /// else from the working directory; `~/` is the home folder.
  ///
  /// ```swift
  /// let configuration = try Configuration.load()  // as the command has it
  /// let memory = try await Memory.open(configuration)
  /// ```
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
      let user = folders.configuration.appending(path: ProjectFile.name)
      try loader.read(fileAt: user.path, mustExist: false)
      if let path = ProjectFile.path(above: workingDirectory),
        path != TextFile.canonicalPath(of: user)
      {
        let project = try ProjectFile(path: path)
        try loader.read(project, isTrusted: TrustList(folders).trusts(project))
      }
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

  /// The project's file that counts in a folder; nil where there is none.
  public static func projectFile(for folder: URL) -> String? { ProjectFile.path(above: folder) }

  /// What a project's file sets, read as a trusted one.
  static func settings(of project: ProjectFile) throws(LociError) -> [Entry] {
    var loader = ConfigurationLoader(
      configuration: Configuration(), home: NSHomeDirectory(), working: "/")
    try loader.read(project, isTrusted: true)
    return loader.configuration.entries.filter { $0.origin != .standard }
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
    for assignment in try assignments(in: file.text, of: path) {
      try assignment.apply(to: &configuration)
    }
  }

  /// Reads a project's file. Every value is checked; of those that need trust, none counts without.
  mutating func read(_ project: ProjectFile, isTrusted: Bool) throws(LociError) {
    var unused = configuration
    var leftAside: [String] = []
    for assignment in try assignments(in: project.text, of: project.path) {
      try assignment.apply(to: &unused)
      if isTrusted {
        try assignment.apply(to: &configuration)
      } else if assignment.setting.key == "namespace" {
        try assignment.confined(to: project).apply(to: &configuration)
      } else if assignment.setting.isOpenToProjects {
        try assignment.apply(to: &configuration)
      } else {
        leftAside.append(assignment.setting.key)
      }
    }
    if !leftAside.isEmpty {
      configuration.untrusted = Configuration.Untrusted(path: project.path, keys: leftAside)
    }
  }

  private func assignments(
    in text: String, of path: String
  ) throws(LociError) -> [Assignment] {
    var assignments: [Assignment] = []
    let folder = URL(filePath: path).deletingLastPathComponent().path
    for entry in try TOMLText.values(of: text, named: path) where !entry.isEmptySection {
      let origin = Configuration.Origin.file(path, line: entry.line)
      let setting = try Configuration.setting(entry.key, from: origin)
      var readings = [entry.value].compactMap(\.self)
      if case .text(let text)? = entry.value {
        readings = [.text(resolved(text, of: setting, from: folder))]
      }
      assignments.append(Assignment(setting: setting, readings: readings, origin: origin))
    }
    return assignments
  }

  mutating func set(
    _ setting: Setting, to text: String, _ origin: Configuration.Origin
  ) throws(LociError) {
    let text = resolved(text, of: setting)
    try configuration.set(setting, to: SettingValue.readings(of: text), origin)
  }

  /// A path means the same in any working folder, and so does a model that is named by its path.
  private func resolved(_ text: String, of setting: Setting, from folder: String? = nil) -> String {
    let isPath =
      setting.isPath ? !text.isEmpty : Setting.models.contains(setting.key) && text.isModelPath
    return isPath ? absolute(text, from: folder) : text
  }

  func absolute(_ path: String, from folder: String? = nil) -> String {
    if path.contains("://") { return path }
    if path.hasPrefix("~/") { return home + "/" + path.dropFirst(2) }
    let base = URL(filePath: folder ?? working, directoryHint: .isDirectory)
    return URL(filePath: path, relativeTo: base).standardizedFileURL.path
  }
}

/// A value that a file gives to a setting.
private struct Assignment {
  let setting: Setting
  var readings: [SettingValue]
  let origin: Configuration.Origin

  func apply(to configuration: inout Configuration) throws(LociError) {
    try configuration.set(setting, to: readings, origin)
  }

  func confined(to project: ProjectFile) -> Assignment {
    var copy = self
    copy.readings = readings.map {
      if case .text(let name) = $0 { .text(project.confined(name)) } else { $0 }
    }
    return copy
  }
}

extension String {
  /// Whether a model's name is spelled as a path that can be made absolute: ``ModelLibrary`` reads
  /// the home of somebody else, such as `~bob`, by itself.
  package var isModelPath: Bool {
    ModelLibrary.isPath(self) && (!hasPrefix("~") || hasPrefix("~/"))
  }
}

extension TOMLValue {
  /// A section such as `[recall]` with nothing in it.
  fileprivate var isEmptySection: Bool {
    value == nil && Setting.all.contains { $0.key.hasPrefix(key + ".") }
  }
}
