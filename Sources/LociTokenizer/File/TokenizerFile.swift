import LociCore
import LociJSON

/// What a `tokenizer.json` or a `vocab.txt` says, checked.
///
/// The `truncation` and `padding` sections are not read: they are leftovers of the training run.
struct TokenizerFile {
  /// The ids before and after a text.
  typealias Template = (before: [Int32], after: [Int32])

  private(set) var vocabulary = Vocabulary()
  private(set) var normalizers: [Normalizer] = []
  private(set) var addedTokens: [AddedToken] = []
  /// The special tokens around a text.
  private(set) var template: Template = ([], [])
  private(set) var unknownToken = ""
  private(set) var continuingPrefix = ""
  private(set) var maximumCharacters = 0

  /// What a vocabulary alone can't say is as BERT has it.
  init(
    vocabulary: Vocabulary, normalizers: [Normalizer], addedTokens: [AddedToken],
    template: Template, unknownToken: String
  ) {
    self.vocabulary = vocabulary
    self.normalizers = normalizers
    self.addedTokens = addedTokens
    self.template = template
    self.unknownToken = unknownToken
    continuingPrefix = "##"
    maximumCharacters = 100
  }

  /// A `tokenizer.json`.
  init(_ bytes: [UInt8], _ options: TokenizerOptions) throws(LociError) {
    // The bytes are in memory already, and nothing here makes more of them than there are.
    var reader = try JSONReader(
      bytes, named: "tokenizer.json", remedy: Self.remedy, maximumBytes: .max)
    var sections: [String: JSON] = [:]
    var model: [String: JSON]?
    var vocabulary: Vocabulary?
    try reader.readObject { (reader, key) throws(LociError) in
      guard key == "model" else {
        sections[key] = try reader.readValue()
        return
      }
      var members: [String: JSON] = [:]
      try reader.readObject { (reader, key) throws(LociError) in
        if key == "vocab" {
          vocabulary = try Self.readVocabulary(&reader)
        } else {
          members[key] = try reader.readValue()
        }
      }
      model = members
    }
    try reader.expectEnd()
    guard let model else { throw Self.corrupt("tokenizer.json has no model.") }
    try readModel(JSONField(members: model, path: "model"), vocabulary)
    let file = JSONField(members: sections, path: "")
    normalizers = try Self.normalizers(file.optional("normalizer"), options)
    try Self.checkPreTokenizer(file.optional("pre_tokenizer"))
    addedTokens = try Self.addedTokens(file.optional("added_tokens"))
    template = try Self.template(file.optional("post_processor"))
  }

  private static let remedy = "Fetch the model's files again."

  static func corrupt(_ message: String) -> LociError {
    LociError(.corrupt, message, remedy: remedy)
  }

  private static func readVocabulary(
    _ reader: inout JSONReader
  ) throws(LociError) -> Vocabulary {
    var vocabulary = Vocabulary()
    try reader.readIntegers { vocabulary.insert($0, id: $1) }
    return vocabulary
  }

  private mutating func readModel(
    _ model: JSONField, _ vocabulary: Vocabulary?
  ) throws(LociError) {
    let type = try Self.type(of: model)
    guard type == "WordPiece" else { throw Self.unsupported("model", type) }
    guard let vocabulary else { throw Self.corrupt("tokenizer.json has no model.vocab.") }
    self.vocabulary = vocabulary
    unknownToken = try model.required("unk_token").string()
    continuingPrefix = try model.required("continuing_subword_prefix").string()
    maximumCharacters = Int(try model.required("max_input_chars_per_word").integer())
  }

  /// The section's type. Files of the library's first releases have none, bert-base-uncased's own
  /// among them: there the members tell, as in the library.
  private static func type(of section: JSONField) throws(LociError) -> String {
    if let type = section.optional("type") { return try type.string() }
    let known = membersOfTypes.first { _, members in
      members.allSatisfy { section.optional($0) != nil }
    }
    guard let known else { return try section.required("type").string() }
    return known.type
  }

  private static let membersOfTypes: [(type: String, members: [String])] = [
    ("BPE", ["merges"]),
    ("WordPiece", ["unk_token", "continuing_subword_prefix", "max_input_chars_per_word"]),
    ("BertNormalizer", ["clean_text", "handle_chinese_chars", "lowercase"]),
    ("BertProcessing", ["sep", "cls"]),
    ("TemplateProcessing", ["single", "special_tokens"]),
    ("Sequence", ["normalizers"]),
    ("Sequence", ["pretokenizers"]),
  ]

  private static func unsupported(_ part: String, _ type: String) -> LociError {
    LociError(
      .unsupported, "The \(part) of tokenizer.json is of type \(type), which Loci does not know.",
      remedy: "Use a BERT-family model with a WordPiece tokenizer.")
  }
}

// MARK: - Sections

extension TokenizerFile {
  /// The members of a section that may be a `Sequence`, or the section itself.
  private static func members(
    of section: JSONField, _ list: String
  ) throws(LociError) -> [JSONField] {
    guard try type(of: section) == "Sequence" else { return [section] }
    return try section.required(list).elements()
  }

  private static func normalizers(
    _ section: JSONField?, _ options: TokenizerOptions
  ) throws(LociError) -> [Normalizer] {
    guard let section else { return [] }
    var normalizers: [Normalizer] = []
    for field in try members(of: section, "normalizers") {
      let type = try type(of: field)
      guard type == "BertNormalizer" else { throw unsupported("normalizer", type) }
      let written = try field.required("lowercase").bool()
      let lowercases = options.lowercases ?? written
      let stripsAccents = try field.optional("strip_accents")?.bool()
      let partsChinese = try field.required("handle_chinese_chars").bool()
      normalizers.append(
        Normalizer(
          cleansText: try field.required("clean_text").bool(),
          partsChinese: options.partsChinese ?? partsChinese,
          stripsAccents: options.stripsAccents ?? stripsAccents ?? lowercases,
          lowercases: lowercases))
    }
    return normalizers
  }

  private static func checkPreTokenizer(_ section: JSONField?) throws(LociError) {
    guard let section else { throw unsupported("pre_tokenizer", "null") }
    for field in try members(of: section, "pretokenizers") {
      let type = try type(of: field)
      guard type == "BertPreTokenizer" else { throw unsupported("pre_tokenizer", type) }
    }
  }

  private static func addedTokens(_ section: JSONField?) throws(LociError) -> [AddedToken] {
    var tokens: [AddedToken] = []
    for field in try section?.elements() ?? [] {
      tokens.append(
        AddedToken(
          content: try field.required("content").string(),
          isSingleWord: try field.required("single_word").bool(),
          stripsLeft: try field.required("lstrip").bool(),
          stripsRight: try field.required("rstrip").bool(),
          isNormalized: try field.required("normalized").bool(),
          isSpecial: try field.required("special").bool()))
    }
    return tokens
  }

  private static func template(_ section: JSONField?) throws(LociError) -> Template {
    guard let section else { return ([], []) }
    let type = try type(of: section)
    switch type {
    case "BertProcessing":
      return (
        [try specialID(section.required("cls"))], [try specialID(section.required("sep"))]
      )
    case "TemplateProcessing": return try templateProcessing(section)
    default: throw unsupported("post_processor", type)
    }
  }

  /// The id in a pair of token and id.
  private static func specialID(_ pair: JSONField) throws(LociError) -> Int32 {
    let elements = try pair.elements()
    guard elements.count == 2 else { throw Self.corrupt("\(pair.path) is no pair.") }
    return try elements[1].integer()
  }

  private static func templateProcessing(_ section: JSONField) throws(LociError) -> Template {
    let specials = try section.required("special_tokens")
    var parts: [[Int32]] = [[]]
    for piece in try section.required("single").elements() {
      if let special = piece.optional("SpecialToken") {
        let name = try special.required("id").string()
        for id in try specials.required(name).required("ids").elements() {
          parts[parts.count - 1].append(try id.integer())
        }
      } else if try piece.required("Sequence").required("id").string() == "A" {
        parts.append([])
      } else {
        throw unsupported("post_processor", "TemplateProcessing with a second sequence")
      }
    }
    guard parts.count == 2 else {
      throw unsupported("post_processor", "TemplateProcessing without exactly one sequence")
    }
    return (parts[0], parts[1])
  }
}
