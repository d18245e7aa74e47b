import LociCore

/// A model's id on the hub, `organisation/name`, and what the catalogue knows of it.
struct ModelID: Hashable, Sendable {
  /// `organisation/name`.
  let text: String
  /// The catalogue's entry.
  let entry: CatalogueModel?

  /// Understands a catalogue name or a hub id; nil for anything else.
  ///
  /// The hub allows letters, digits, `-`, `_` and `.`, neither `--` nor `..`, and no `-` or `.` at
  /// an end; so an id can't lead out of a folder.
  init?(_ name: String) {
    entry = ModelCatalogue.model(named: name)
    text = entry?.id ?? name
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, text.utf8.count <= 96, parts.allSatisfy(Self.isValid) else {
      return nil
    }
  }

  /// The folder's name below Loci's models: `organisation--name`.
  var folderName: String { text.replacing("/", with: "--") }

  private static func isValid(_ part: Substring) -> Bool {
    let isEndFine = { (end: Character?) in end != nil && end != "-" && end != "." }
    return isEndFine(part.first) && isEndFine(part.last) && !part.contains("--")
      && !part.contains("..")
      && part.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
          UInt8(ascii: "."):
          true
        default: false
        }
      }
  }
}
