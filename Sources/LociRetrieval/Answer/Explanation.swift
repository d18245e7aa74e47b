/// How a score came about: a tree whose parts say what each of them gave.
///
/// ```swift
/// print(hit.explanation)
/// // standard 0.842
/// //   meaning 0.385 = 0.7 × cosine 0.550
/// //   words 0.240 = 0.3 × share 0.800
/// //   whole 0.217 = 0.4 × best part 0.543
/// ```
public struct Explanation: Hashable, Sendable, Codable, CustomStringConvertible {
  /// What gave it: the policy, or one of its terms.
  public let name: String
  /// How much it gave.
  public let value: Double
  /// What that was made of, where it is made of one figure: the figure's name, the figure, and the
  /// weight that it was multiplied by.
  public let factor: Factor?
  /// What it is the sum of; empty where it is not a sum.
  public let parts: [Explanation]

  /// A weighed figure.
  public struct Factor: Hashable, Sendable, Codable {
    /// What the figure is.
    public let name: String
    /// The figure.
    public let value: Double
    /// What it was multiplied by.
    public let weight: Double
  }

  /// Names a score that is the sum of others.
  public init(_ name: String, sumOf parts: [Explanation]) {
    self.name = name
    self.parts = parts
    value = parts.reduce(0) { $0 + $1.value }
    factor = nil
  }

  /// Names a score that is a weighed figure.
  public init(_ name: String, _ figure: Double, of figureName: String, weight: Double) {
    self.name = name
    value = weight * figure
    factor = Factor(name: figureName, value: figure, weight: weight)
    parts = []
  }

  /// Names a score that comes from elsewhere.
  public init(_ name: String, _ value: Double, parts: [Explanation] = []) {
    self.name = name
    self.value = value
    self.parts = parts
    factor = nil
  }

  /// A line for each part, indented by its depth.
  public var description: String { lines(indentation: "").joined(separator: "\n") }

  private func lines(indentation: String) -> [String] {
    let own = factor.map {
      " = \(Self.text($0.weight)) × \($0.name) \(Self.text($0.value))"
    }
    return ["\(indentation)\(name) \(Self.text(value))\(own ?? "")"]
      + parts.flatMap { $0.lines(indentation: indentation + "  ") }
  }

  /// Three decimals, or fewer where the rest is nothing.
  private static func text(_ value: Double) -> String {
    guard value.isFinite, abs(value) < 1e6 else { return "\(value)" }
    return "\((value * 1000).rounded() / 1000)"
  }
}
