extension Record {
  /// The SHA-256 over every field, byte for byte.
  package var fingerprint: [UInt8] {
    let metadata = metadata.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      .flatMap { [$0.key, "\($0.value)"] }
    let lines = source?.lines.map { "\($0.lowerBound)-\($0.upperBound)" }
    let times = [
      lastAccessedAt, occurredAt, validFrom, validUntil, knownFrom, knownUntil,
    ].map { $0.map { "\($0.millisecondsSince1970)" } }
    let optional =
      [
        category?.name, author, authorName, source?.uri, source?.heading, lines, whole?.text,
        position.map { "\($0)" },
      ] + times
    return SHA256.digest(
      fields: [
        namespace.name, id.text, collection.name, text, status.rawValue, audience.rawValue,
        "\(importance)", "\(confidence)", "\(createdAt.millisecondsSince1970)",
        "\(updatedAt.millisecondsSince1970)", "\(accessCount)",
      ] + optional.map { $0.map { "+" + $0 } ?? "-" } + metadata)
  }
}
