/// An ONNX graph in the making: nodes in the order in which they are computed, and constants.
///
/// The numbers are the field numbers of onnx.proto (https://github.com/onnx/onnx).
package struct OnnxGraph {
  /// What an operator is told besides its inputs.
  package enum Attribute {
    /// An integer.
    case integer(Int)
    /// Several integers.
    case integers([Int])
    /// A number.
    case number(Float)
  }

  /// The element types that Loci's graphs use, with ONNX's numbers.
  package enum ElementType: Int {
    /// 32-bit float.
    case float = 1
    /// 32-bit integer.
    case int32 = 6
    /// 64-bit integer.
    case int64 = 7
    /// Truth value.
    case bool = 9
  }

  private var graph = ProtobufWriter()
  private var nameCount = 0

  /// Makes an empty graph.
  package init() { graph.write(2, "loci") }

  /// Adds a node and returns the name of its one output.
  ///
  /// - Parameters:
  ///   - domain: Empty for ONNX's own operators, `com.microsoft` for ONNX Runtime's.
  ///   - output: The output's name, where it must have a certain one.
  package mutating func node(
    _ operation: String, _ inputs: [String], domain: String = "",
    attributes: KeyValuePairs<String, Attribute> = [:], output: String? = nil
  ) -> String {
    let output = output ?? newName(operation)
    graph.write(1) { node in
      for input in inputs { node.write(1, input) }
      node.write(2, output)
      node.write(4, operation)
      for (name, value) in attributes { node.write(5) { $0.write(attribute: name, value) } }
      node.write(7, domain)
    }
    return output
  }

  /// Adds a constant of floats that the graph carries itself; no shape makes it a scalar.
  package mutating func floats(_ values: [Float], shape: [Int]) -> String {
    constant(.float, shape: shape, bytes: values.flatMap { littleEndianBytes($0.bitPattern) })
  }

  /// Adds a constant of 64-bit integers; no shape makes it a scalar.
  package mutating func integers(_ values: [Int64], shape: [Int]) -> String {
    constant(.int64, shape: shape, bytes: values.flatMap { littleEndianBytes($0) })
  }

  /// Adds a float constant that lies in a file.
  package mutating func weight(in file: String, offset: Int, shape: [Int]) -> String {
    let name = newName("weight")
    let length = shape.reduce(4, *)
    graph.write(5) { tensor in
      tensor.write(shape: shape, .float, name: name)
      for (key, value) in [("location", file), ("offset", "\(offset)"), ("length", "\(length)")] {
        tensor.write(13) {
          $0.write(1, key)
          $0.write(2, value)
        }
      }
      tensor.write(14, 1)
    }
    return name
  }

  /// Declares an input; a dimension is a number, or the name of one that a run decides.
  package mutating func input(_ name: String, _ type: ElementType, shape: [Dimension]) {
    graph.write(11) { $0.write(value: name, type, shape: shape) }
  }

  /// Declares an output.
  package mutating func output(_ name: String, _ type: ElementType, shape: [Dimension]) {
    graph.write(12) { $0.write(value: name, type, shape: shape) }
  }

  /// A length along an axis.
  package enum Dimension {
    /// Always the same.
    case fixed(Int)
    /// Decided by each run.
    case named(String)
  }

  /// The whole model file.
  package var model: [UInt8] {
    var model = ProtobufWriter()
    model.write(1, 8)
    model.write(2, "loci")
    model.write(7, graph.bytes)
    for (domain, version) in [("", 17), ("com.microsoft", 1)] {
      model.write(8) {
        $0.write(1, domain)
        $0.write(2, version)
      }
    }
    return model.bytes
  }

  private mutating func constant(_ type: ElementType, shape: [Int], bytes: [UInt8]) -> String {
    let name = newName("constant")
    graph.write(5) {
      $0.write(shape: shape, type, name: name)
      $0.write(9, bytes)
    }
    return name
  }

  private mutating func newName(_ stem: String) -> String {
    nameCount += 1
    return "\(stem)_\(nameCount)"
  }
}

private func littleEndianBytes(_ value: some FixedWidthInteger) -> [UInt8] {
  stride(from: 0, to: value.bitWidth, by: 8).map { UInt8(truncatingIfNeeded: value >> $0) }
}

extension ProtobufWriter {
  fileprivate mutating func write(attribute name: String, _ value: OnnxGraph.Attribute) {
    write(1, name)
    switch value {
    case .number(let number):
      write(2, number)
      write(20, 1)
    case .integer(let integer):
      write(3, integer)
      write(20, 2)
    case .integers(let integers):
      for integer in integers { write(8, integer) }
      write(20, 7)
    }
  }

  fileprivate mutating func write(shape: [Int], _ type: OnnxGraph.ElementType, name: String) {
    for length in shape { write(1, length) }
    write(2, type.rawValue)
    write(8, name)
  }

  fileprivate mutating func write(
    value name: String, _ type: OnnxGraph.ElementType, shape: [OnnxGraph.Dimension]
  ) {
    write(1, name)
    write(2) { holder in
      holder.write(1) { tensor in
        tensor.write(1, type.rawValue)
        tensor.write(2) { lengths in
          for dimension in shape {
            lengths.write(1) {
              switch dimension {
              case .fixed(let length): $0.write(1, length)
              case .named(let name): $0.write(2, name)
              }
            }
          }
        }
      }
    }
  }
}
