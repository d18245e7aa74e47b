/// The languages whose function words and times are known.
enum Language: Int, CaseIterable {
  case english, german, french, spanish, italian, portuguese, dutch, russian
}

/// Some of the languages.
struct Languages: OptionSet, Hashable {
  let rawValue: UInt8

  init(rawValue: UInt8) { self.rawValue = rawValue }
  init(_ language: Language) { rawValue = 1 << UInt8(language.rawValue) }

  static let all = Languages(rawValue: .max)
}
