import LociCore

/// How a record's attributes lie in the tables of records and of vectors.
enum AttributeCodec {
  /// Attributes and metadata.
  static let names = Attribute.names + FactColumn.names

  /// The values of attributes and metadata, in the order of ``names``.
  static func values(_ attributes: VectorAttributes) throws -> [SQLValue] {
    Attribute.allCases.map { SQLValue(attributes[$0]) }
      + [.text(try MetadataJSON.encode(attributes.metadata))]
  }

  /// Reads attributes, or throws where they are none.
  static func decode(_ row: NamedRow<some SQLRow>) throws -> VectorAttributes {
    try VectorAttributes(
      namespace: Namespace(row.text(IdentityColumn.namespace)),
      metadata: MetadataJSON.decode(row.text(FactColumn.metadata))
    ) { attribute in
      switch attribute.kind {
      case .text: row.optionalText(attribute).map(AttributeValue.text)
      case .integer: row.optionalInteger(attribute).map(AttributeValue.integer)
      case .real: row.optionalReal(attribute).map(AttributeValue.real)
      }
    }
  }
}
