import Foundation
import LociCore
import Testing

@Suite("Folders")
struct FoldersTests {
  @Test(
    "The variables decide, in the documented order",
    arguments: [
      (["HOME": "/h"], "/h/.local/share/loci", "/h/.config/loci", "/h/.cache/huggingface/hub"),
      (
        ["HOME": "/h", "XDG_DATA_HOME": "/d", "XDG_CONFIG_HOME": "/c", "XDG_CACHE_HOME": "/k"],
        "/d/loci", "/c/loci", "/k/huggingface/hub"
      ),
      (
        ["HOME": "/h", "LOCI_HOME": "/l", "HF_HOME": "/f", "XDG_DATA_HOME": ""],
        "/l", "/h/.config/loci", "/f/hub"
      ),
      (["HOME": "/h", "HF_HUB_CACHE": "~/x"], "/h/.local/share/loci", "/h/.config/loci", "/h/x"),
    ])
  func order(environment: [String: String], data: String, configuration: String, cache: String) {
    let folders = Folders(environment: environment)
    #expect(trimmed(folders.data.path) == data)
    #expect(trimmed(folders.configuration.path) == configuration)
    #expect(trimmed(folders.hubCache.path) == cache)
  }

  private func trimmed(_ path: String) -> Substring {
    path.hasSuffix("/") ? path.dropLast() : path[...]
  }
}
