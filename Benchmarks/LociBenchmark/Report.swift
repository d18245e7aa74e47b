import Foundation

/// One line of the table.
struct Row: Encodable {
  let what: String
  let unit: String
  let loci: Double
  var note: String?
  var peer: String?
  var peerFigure: Double?
  /// How many times better Loci is: above 1, Loci is faster or smaller.
  var ratio: Double? { peerFigure.map { $0 / loci } }

  private enum CodingKeys: CodingKey { case what, unit, loci, note, peer, peerFigure, ratio }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(what, forKey: .what)
    try container.encode(unit, forKey: .unit)
    try container.encode(loci, forKey: .loci)
    try container.encodeIfPresent(note, forKey: .note)
    try container.encodeIfPresent(peer, forKey: .peer)
    try container.encodeIfPresent(peerFigure, forKey: .peerFigure)
    try container.encodeIfPresent(ratio, forKey: .ratio)
  }
}

/// All that was measured, where and when.
struct Report: Encodable {
  var date = ISO8601DateFormatter().string(from: Date())
  var machine = Report.processor()
  var cores = ProcessInfo.processInfo.activeProcessorCount
  var seed: UInt64
  var rows: [Row] = []
  /// What took no part, and why.
  var missing: [String] = []

  /// Adds a line and prints it.
  mutating func add(_ row: Row) {
    rows.append(row)
    show(Self.line(row))
  }

  mutating func add(missing reason: String) {
    missing.append(reason)
    show("  (\(reason))")
  }

  func write(to url: URL) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try encoder.encode(self).write(to: url)
  }

  static let head = line("", "Loci", "peer", "ratio", "")

  private static func line(_ row: Row) -> String {
    let peer = row.peerFigure.map { "\(figure($0)) \(row.unit)" } ?? ""
    let ratio = row.ratio.map { figure($0) + "x" } ?? ""
    let about = [row.peer, row.note].compactMap(\.self).joined(separator: "; ")
    return line(row.what, "\(figure(row.loci)) \(row.unit)", peer, ratio, about)
  }

  private static func line(
    _ what: String, _ loci: String, _ peer: String, _ ratio: String, _ about: String
  ) -> String {
    padded(what, to: -38) + padded(loci, to: 14) + padded(peer, to: 14) + padded(ratio, to: 9)
      + "  " + about
  }

  /// Negative widths put the text to the left.
  private static func padded(_ text: String, to width: Int) -> String {
    let space = String(repeating: " ", count: max(0, abs(width) - text.count))
    return width < 0 ? text + space : space + text
  }

  /// Three digits that count.
  static func figure(_ value: Double) -> String {
    switch abs(value) {
    case 100...: String(format: "%.0f", value)
    case 10...: String(format: "%.1f", value)
    case 1...: String(format: "%.2f", value)
    default: String(format: "%.3f", value)
    }
  }

  /// The same, with few digits and no zeros at the end.
  static func plain(_ value: Double) -> String {
    switch value {
    case 1000...: Int(value.rounded()).formatted()
    case ..<0.001: "< 0.001"
    default: String(format: "%.3g", value)
    }
  }

  /// The machine's load average over a minute.
  static func load() -> String {
    let text = (try? String(contentsOfFile: "/proc/loadavg", encoding: .utf8)) ?? ""
    return text.split(separator: " ").first.map(String.init) ?? "unknown"
  }

  /// The operating system's name.
  static func system() -> String {
    let text = (try? String(contentsOfFile: "/etc/os-release", encoding: .utf8)) ?? ""
    let line = text.split(separator: "\n").first { $0.hasPrefix("PRETTY_NAME=") }
    return line?.dropFirst("PRETTY_NAME=".count).trimmingCharacters(in: ["\""]) ?? "Linux"
  }

  private static func processor() -> String {
    let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    let line = text.split(separator: "\n").first { $0.hasPrefix("model name") }
    return line?.split(separator: ":").last.map { $0.trimmingCharacters(in: .whitespaces) }
      ?? "unknown"
  }
}

/// Prints a line at once, also into a pipe.
func show(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }
