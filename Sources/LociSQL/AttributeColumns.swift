package import LociCore

/// The columns of attributes in a table that is made as they are now.
package enum AttributeColumns {
  /// Their definitions, one after the other.
  ///
  /// - Parameter type: What the database calls a kind.
  package static func definitions(_ type: (Attribute.Kind) -> String) -> String {
    Attribute.allCases.map { attribute in
      "\(attribute.rawValue) \(type(attribute.kind))\(constraint(attribute))"
    }.joined(separator: ", ")
  }

  private static func constraint(_ attribute: Attribute) -> String {
    switch attribute.former {
    case .text(let text): " NOT NULL DEFAULT '\(text)'"
    case .integer(let number): " NOT NULL DEFAULT \(number)"
    case .real(let number): " NOT NULL DEFAULT \(number)"
    case nil: attribute.isRequired ? " NOT NULL" : ""
    }
  }
}
