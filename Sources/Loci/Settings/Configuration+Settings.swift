import LociCore
import LociEmbedding
import LociRetrieval

extension Configuration {
  /// All settings with their values and where those came from.
  public var entries: [Entry] {
    Setting.all.map { Entry(setting: $0, value: $0.read(self), origin: origin(of: $0.key)) }
  }

  /// Sets a value as a flag does.
  ///
  /// ```swift
  /// var configuration = Configuration()
  /// try configuration.set("recall.limit", to: "5")
  /// ```
  /// - Throws: ``LociError/Code/invalidConfiguration`` for an unknown key or a value that the
  ///   setting does not take.
  public mutating func set(_ key: String, to text: String) throws(LociError) {
    try set(try Self.setting(key, from: .explicit), to: SettingValue.readings(of: text), .explicit)
  }

  // Names as files write them; a setting has checked that they are good.
  var recallModeName: String {
    get { recallMode.rawValue }
    set { recallMode = RecallMode(rawValue: newValue) ?? recallMode }
  }
  var engineName: String {
    get { engine.rawValue }
    set { engine = InferenceEngine(rawValue: newValue) ?? engine }
  }
  var precisionName: String {
    get { precision.rawValue }
    set { precision = InferencePrecision(rawValue: newValue) ?? precision }
  }
  var storeBackendName: String? {
    get { storeBackend?.rawValue }
    set { storeBackend = newValue.flatMap(StoreBackend.init) }
  }
  var vectorBackendName: String? {
    get { vectorBackend?.rawValue }
    set { vectorBackend = newValue.flatMap(VectorBackend.init) }
  }

  static func setting(_ key: String, from origin: Origin) throws(LociError) -> Setting {
    if let setting = Setting.named(key) { return setting }
    throw LociError(
      .invalidConfiguration, "\(origin): there is no setting \"\(key.prefix(80))\".",
      remedy: Suggestion.question(for: key, among: Setting.all.map(\.key))
        ?? "`loci config` shows all settings.")
  }

  /// Sets a value to the first of its readings that the setting takes.
  mutating func set(
    _ setting: Setting, to readings: [SettingValue], _ origin: Origin
  ) throws(LociError) {
    if readings.contains(where: { setting.write(&self, $0) }) {
      origins[setting.key] = origin
      return
    }
    let given = readings.first.map { "\"\($0.description.prefix(80))\"" } ?? "of another kind"
    throw LociError(
      .invalidConfiguration,
      "\(origin): \(setting.key) is \(given); expected is \(setting.expected).",
      remedy: "Correct it, or leave it out.")
  }
}
