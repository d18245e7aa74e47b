public import Foundation

/// Where Loci keeps things, from the environment: `LOCI_HOME` and the XDG base directories for its
/// own, the `HF_*` variables for the model cache that it shares with other tools.
///
/// A value only: nothing is read from the disk and nothing is made.
public struct Folders: Hashable, Sendable {
  /// Loci's own data: `LOCI_HOME`, else `$XDG_DATA_HOME/loci`, else `~/.local/share/loci`.
  public var data: URL
  /// The user's configuration: `$XDG_CONFIG_HOME/loci`, else `~/.config/loci`.
  public var configuration: URL
  /// What can be made again: `$LOCI_HOME/cache`, else `$XDG_CACHE_HOME/loci`, else
  /// `~/.cache/loci`.
  public var cache: URL
  /// The Hugging Face hub's cache: `HF_HUB_CACHE`, else `$HF_HOME/hub`, else
  /// `$XDG_CACHE_HOME/huggingface/hub`, else `~/.cache/huggingface/hub`.
  public var hubCache: URL

  /// The default store's file.
  public var store: URL { data.appending(path: "memory.sqlite") }
  /// Native libraries that set-up unpacked: `engines/<name>/<version>/`.
  public var engines: URL { data.appending(path: "engines") }
  /// Models that set-up unpacked: `models/<organisation>--<name>/`.
  public var models: URL { data.appending(path: "models") }

  /// Weights of models as Loci's engine reads them; whatever is deleted there is made again.
  public var packedModels: URL { models.appending(path: "packed") }

  /// Derives the folders. An empty variable counts as unset, as the XDG specification says.
  ///
  /// - Parameter environment: The process's variables.
  public init(environment: [String: String] = ProcessInfo.processInfo.environment) {
    let home = URL(filePath: environment["HOME"] ?? NSHomeDirectory(), directoryHint: .isDirectory)
    func folder(_ variable: String) -> URL? {
      guard let path = environment[variable], !path.isEmpty else { return nil }
      return URL(
        filePath: path.hasPrefix("~/") ? home.path + "/" + path.dropFirst(2) : path,
        directoryHint: .isDirectory)
    }
    data =
      folder("LOCI_HOME")
      ?? (folder("XDG_DATA_HOME") ?? home.appending(path: ".local/share")).appending(path: "loci")
    configuration =
      (folder("XDG_CONFIG_HOME") ?? home.appending(path: ".config")).appending(path: "loci")
    let caches = folder("XDG_CACHE_HOME") ?? home.appending(path: ".cache")
    cache = folder("LOCI_HOME")?.appending(path: "cache") ?? caches.appending(path: "loci")
    hubCache =
      folder("HF_HUB_CACHE")
      ?? (folder("HF_HOME") ?? caches.appending(path: "huggingface")).appending(path: "hub")
  }
}
