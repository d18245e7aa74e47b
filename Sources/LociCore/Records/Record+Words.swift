extension Record {
  /// Whether an index of words holds the same of both: text and heading are, byte by byte.
  package func hasSameWords(as other: Record) -> Bool {
    Name.areEqual(text, other.text)
      && Name.areEqual(source?.heading ?? "", other.source?.heading ?? "")
  }
}
