import LociCore

/// BERT's normalizer: cleans, parts Chinese characters, strips accents and lower-cases, as asked.
struct Normalizer: Sendable {
  /// Whether control characters are dropped and white space becomes a space.
  var cleansText: Bool
  /// Whether Chinese characters get a space on each side.
  var partsChinese: Bool
  /// Whether text is decomposed (NFD) and its non-spacing marks are dropped.
  var stripsAccents: Bool
  /// Whether text is lower-cased, character by character.
  var lowercases: Bool

  /// Adds the normalized text to `output`. Complexity: O(n).
  func normalize(_ text: Span<UInt8>, into output: inout [UInt8]) {
    output.reserveCapacity(output.count + text.count)
    var marks = MarkOrder()
    var position = 0
    while position < text.count {
      if text[position] < 0x80 {
        if let byte = normalized(text[position]) {
          marks.flush(into: &output)
          output.append(byte)
        }
        position += 1
      } else {
        let scalar = UTF8Scalars.next(in: text, at: &position)
        append(scalar, to: &output, ordering: &marks)
      }
    }
    marks.flush(into: &output)
  }

  /// What an ASCII byte becomes; nil where it is dropped.
  private func normalized(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): lowercases ? byte | 0x20 : byte
    case 0x20..<0x7F: byte
    case 0x09, 0x0A, 0x0D: cleansText ? 0x20 : byte
    default: cleansText ? nil : byte
    }
  }

  private func append(
    _ scalar: UInt32, to output: inout [UInt8], ordering marks: inout MarkOrder
  ) {
    let traits = UnicodeTables.shared.traits(of: scalar)
    if cleansText, !traits.isDisjoint(with: [.removed, .space]) {
      guard !traits.contains(.removed) else { return }
      marks.flush(into: &output)
      output.append(0x20)
    } else if partsChinese, UnicodeTables.isChinese(scalar) {
      marks.flush(into: &output)
      output.append(0x20)
      appendBare(scalar, traits, to: &output, ordering: &marks)
      marks.flush(into: &output)
      output.append(0x20)
    } else {
      appendBare(scalar, traits, to: &output, ordering: &marks)
    }
  }

  private func appendBare(
    _ scalar: UInt32, _ traits: UnicodeTables.Traits, to output: inout [UInt8],
    ordering marks: inout MarkOrder
  ) {
    guard stripsAccents else { return appendCased(scalar, traits, to: &output) }
    if let jamo = Hangul.decompose(scalar) {
      marks.flush(into: &output)
      for scalar in jamo { UTF8Scalars.append(scalar, to: &output) }
    } else if traits.contains(.mark) {
      // A dropped mark of class 0 still keeps the marks around it apart.
      if !traits.contains(.combining) { marks.flush(into: &output) }
    } else if traits.contains(.stripped) {
      for base in UnicodeTables.shared.bases[scalar] {
        let traits = UnicodeTables.shared.traits(of: base)
        appendOrdered(base, traits, to: &output, ordering: &marks)
      }
    } else {
      appendOrdered(scalar, traits, to: &output, ordering: &marks)
    }
  }

  private func appendOrdered(
    _ scalar: UInt32, _ traits: UnicodeTables.Traits, to output: inout [UInt8],
    ordering marks: inout MarkOrder
  ) {
    if traits.contains(.combining) {
      marks.insert(scalar)
    } else {
      marks.flush(into: &output)
      appendCased(scalar, traits, to: &output)
    }
  }

  private func appendCased(
    _ scalar: UInt32, _ traits: UnicodeTables.Traits, to output: inout [UInt8]
  ) {
    guard lowercases, traits.contains(.cased) else {
      return UTF8Scalars.append(scalar, to: &output)
    }
    for lower in UnicodeTables.shared.lowercase[scalar] {
      UTF8Scalars.append(lower, to: &output)
    }
  }
}

extension [Normalizer] {
  /// The text after every normalizer, in turn.
  func normalize(_ text: Span<UInt8>) -> [UInt8] {
    guard let first else { return text.indices.map { text[$0] } }
    var normalized: [UInt8] = []
    first.normalize(text, into: &normalized)
    for normalizer in dropFirst() {
      var next: [UInt8] = []
      normalized.withSpan { normalizer.normalize($0, into: &next) }
      normalized = next
    }
    return normalized
  }
}

/// Canonical ordering (Unicode, section 3.11) of the few combining marks that are no non-spacing
/// marks, and so outlive the accents: a run of them is sorted by class, stably.
private struct MarkOrder {
  private var run: [(rank: UInt8, scalar: UInt32)] = []

  mutating func insert(_ scalar: UInt32) {
    run.append((UnicodeTables.shared.combiningRank(of: scalar), scalar))
  }

  mutating func flush(into output: inout [UInt8]) {
    guard !run.isEmpty else { return }
    run.sort { $0.rank < $1.rank }
    for mark in run { UTF8Scalars.append(mark.scalar, to: &output) }
    run.removeAll(keepingCapacity: true)
  }
}

/// The arithmetic decomposition of Hangul syllables (Unicode, section 3.12).
enum Hangul {
  /// A syllable's leading consonant, vowel and, where there is one, trailing consonant; nil for
  /// anything else.
  static func decompose(_ scalar: UInt32) -> [UInt32]? {
    guard case 0xAC00..<0xD7A4 = scalar else { return nil }
    let index = scalar - 0xAC00
    let jamo = [0x1100 + index / 588, 0x1161 + index % 588 / 28]
    return index % 28 == 0 ? jamo : jamo + [0x11A7 + index % 28]
  }
}
