/// What a filter asks of one attribute. Nothing passes where there is no value.
package struct AttributeTest: Hashable, Sendable {
  /// How a value is tested.
  package enum Condition: Hashable, Sendable {
    /// It is one of these texts, which are sorted; there may be none.
    case isOneOf([String])
    /// It is this number or a larger one.
    case atLeast(AttributeValue)
    /// It is a smaller number.
    case below(AttributeValue)
  }

  package let attribute: Attribute
  package let condition: Condition
}

extension Filter {
  /// What is asked of attributes; all of it must hold, beside the namespace and what
  /// ``Filter/metadata`` says. Stores translate these, whatever filters can say one day.
  package var attributeTests: [AttributeTest] {
    var tests: [AttributeTest] = []
    func require(_ attribute: Attribute, _ condition: AttributeTest.Condition?) {
      if let condition {
        tests.append(AttributeTest(attribute: attribute, condition: condition))
      }
    }
    require(.collection, collections.map { .isOneOf($0.map(\.name).sorted()) })
    require(.status, statuses.map { .isOneOf($0.map(\.rawValue).sorted()) })
    require(.category, categories.map { .isOneOf($0.map(\.name).sorted()) })
    require(
      .createdAt, createdFrom.map { .atLeast(.integer($0.millisecondsSince1970)) })
    require(.createdAt, createdBefore.map { .below(.integer($0.millisecondsSince1970)) })
    require(.sourceURI, sourceURI.map { .isOneOf([$0]) })
    return tests
  }
}
