import Foundation

/// Groups of horizontal bars on a logarithmic axis, as an SVG that is readable in light and dark.
struct BarChart {
  /// Bars side by side: one for each series; nil where there is no figure.
  struct Group {
    let name: String
    let values: [Double?]
  }

  let title: String
  /// What the axis shows, with its unit.
  let axis: String
  let series: [String]
  let groups: [Group]

  private static let left = 150.0
  private static let plot = 520.0
  private static let right = 90.0
  private static let bar = 13.0
  private static let gap = 16.0
  private static let top = 64.0

  // Okabe and Ito's colours, which colour-blind readers can tell apart; each stands out on white
  // and on black.
  private static let colors = ["#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9"]

  /// The picture.
  func svg() -> String {
    let (low, high) = decades
    func x(_ value: Double) -> Double {
      Self.left + Self.plot * (log10(value) - Double(low)) / Double(high - low)
    }
    let height = groupHeight * Double(groups.count)
    var parts = [head(height: height), legend]
    for decade in low...high {
      let place = x(pow(10, Double(decade)))
      parts.append(
        line(place, Self.top, place, Self.top + height)
          + text(Report.plain(pow(10, Double(decade))), place, Self.top + height + 16, "middle"))
    }
    for (row, group) in groups.enumerated() {
      let y = Self.top + groupHeight * Double(row) + Self.gap / 2
      let middle = y + Self.bar * Double(series.count) / 2 + 4
      parts.append(text(group.name, Self.left - 10, middle, "end"))
      for (index, value) in group.values.enumerated() {
        parts.append(bar(index, value, y + Self.bar * Double(index), from: Self.left, x))
      }
    }
    parts.append(text(axis, Self.left + Self.plot / 2, Self.top + height + 36, "middle"))
    return parts.joined(separator: "\n") + "\n</svg>\n"
  }

  private var groupHeight: Double { Self.bar * Double(series.count) + Self.gap }

  /// The powers of ten around all values.
  private var decades: (Int, Int) {
    let values = groups.flatMap(\.values).compactMap(\.self).filter { $0 > 0 }
    let low = Int(log10(values.min() ?? 1).rounded(.down))
    return (low, max(low + 1, Int(log10(values.max() ?? 10).rounded(.up))))
  }

  private func head(height: Double) -> String {
    let (width, total) = (Self.left + Self.plot + Self.right, Self.top + height + 48)
    let colors = Self.colors.enumerated().map { ".s\($0) { fill: \($1) }" }.joined(separator: " ")
    return """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(number(width)) \(number(total))" \
      width="\(number(width))" role="img" aria-label="\(Self.escaped(title))">
      <style>
      text { font: 12px system-ui, sans-serif; fill: #1f2328 }
      .title { font-size: 15px; font-weight: 600 }
      line { stroke: #8c959f; stroke-opacity: 0.4 }
      \(colors)
      @media (prefers-color-scheme: dark) { text { fill: #e6edf3 } }
      </style>
      <text class="title" x="10" y="22">\(Self.escaped(title))</text>
      """
  }

  private var legend: String {
    series.enumerated().map { index, name in
      let x = Self.left + Double(index) * 105
      return """
        <rect class="s\(index)" x="\(number(x))" y="36" width="12" height="12"/>
        \(text(name, x + 17, 46, "start"))
        """
    }.joined(separator: "\n")
  }

  private func bar(
    _ index: Int, _ value: Double?, _ y: Double, from left: Double, _ x: (Double) -> Double
  ) -> String {
    guard let value, value > 0 else { return text("–", left + 4, y + Self.bar - 3, "start") }
    let end = max(x(value), left + 1)
    return """
      <rect class="s\(index)" x="\(number(left))" y="\(number(y))" width="\(number(end - left))" \
      height="\(number(Self.bar - 2))"/>
      \(text(Report.plain(value), end + 4, y + Self.bar - 3, "start"))
      """
  }

  private func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double) -> String {
    """
    <line x1="\(number(x1))" y1="\(number(y1))" x2="\(number(x2))" y2="\(number(y2))"/>
    """
  }

  private func text(_ words: String, _ x: Double, _ y: Double, _ anchor: String) -> String {
    """
    <text x="\(number(x))" y="\(number(y))" text-anchor="\(anchor)">\(Self.escaped(words))</text>
    """
  }

  private func number(_ value: Double) -> String { String(format: "%.1f", value) }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(
      "\"", with: "&quot;")
  }
}
