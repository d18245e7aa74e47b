// Names are coded as their text, and checked when they are decoded.

extension Record.Collection: Codable {
  /// Decodes a name; throws `DecodingError` for what is none.
  public init(from decoder: any Decoder) throws { self = try decoder.name(Self.init) }
  /// Encodes the name.
  public func encode(to encoder: any Encoder) throws { try name.encode(to: encoder) }
}

extension Record.Category: Codable {
  /// Decodes a name; throws `DecodingError` for what is none.
  public init(from decoder: any Decoder) throws { self = try decoder.name(Self.init) }
  /// Encodes the name.
  public func encode(to encoder: any Encoder) throws { try name.encode(to: encoder) }
}

extension AuditEntry.Action: Codable {
  /// Decodes a name; throws `DecodingError` for what is none.
  public init(from decoder: any Decoder) throws { self = try decoder.name(Self.init) }
  /// Encodes the name.
  public func encode(to encoder: any Encoder) throws { try name.encode(to: encoder) }
}
