// Names are coded as their text, and checked when they are decoded.

extension Namespace: Codable {
  /// Decodes a name; throws `DecodingError` for what is none.
  public init(from decoder: any Decoder) throws { self = try decoder.name(Self.init) }
  /// Encodes the name.
  public func encode(to encoder: any Encoder) throws { try name.encode(to: encoder) }
}

extension RecordID: Codable {
  /// Decodes an id; throws `DecodingError` for what is none.
  public init(from decoder: any Decoder) throws { self = try decoder.name(Self.init) }
  /// Encodes the text.
  public func encode(to encoder: any Encoder) throws { try text.encode(to: encoder) }
}

extension Decoder {
  /// A name, or `DecodingError` for what is none.
  func name<Name>(_ make: (String) throws(LociError) -> Name) throws -> Name {
    let text = try singleValueContainer().decode(String.self)
    return try checked { () throws(LociError) in try make(text) }
  }

  /// What a check makes of something decoded, or its error as one of decoding.
  func checked<Value>(_ make: () throws(LociError) -> Value) throws -> Value {
    do throws(LociError) {
      return try make()
    } catch {
      throw DecodingError.dataCorrupted(
        DecodingError.Context(
          codingPath: codingPath, debugDescription: error.message, underlyingError: error))
    }
  }
}
