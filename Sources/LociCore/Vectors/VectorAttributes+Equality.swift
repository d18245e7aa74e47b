extension VectorAttributes {
  /// Whether every attribute is the same; texts compare by UTF-8 bytes.
  public static func == (left: VectorAttributes, right: VectorAttributes) -> Bool {
    left.namespace == right.namespace && left.collection == right.collection
      && left.status == right.status && left.category == right.category
      && left.createdAt == right.createdAt && left.sourceURI.hasBytes(of: right.sourceURI)
      && left.audience == right.audience && left.author.hasBytes(of: right.author)
      && left.whole == right.whole && left.position == right.position
      && left.occurredAt == right.occurredAt && left.validFrom == right.validFrom
      && left.validUntil == right.validUntil && left.knownFrom == right.knownFrom
      && left.knownUntil == right.knownUntil && left.importance == right.importance
      && left.confidence == right.confidence && left.metadata.hasBytes(of: right.metadata)
  }
}
