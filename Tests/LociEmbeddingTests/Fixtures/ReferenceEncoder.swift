import Foundation
import LociCore
import LociEmbedding

/// A BERT encoder as plainly as it can be written, in double precision.
struct ReferenceEncoder {
  let architecture: ResolvedModel.Architecture
  let tensors: [String: TinyTensor]

  /// The last layer's state of each token of one text.
  func states(of ids: [Int32]) -> [[Double]] {
    var states = ids.enumerated().map { position, id in
      sum(
        row("embeddings.word_embeddings.weight", Int(id)),
        sum(
          row("embeddings.position_embeddings.weight", position),
          row("embeddings.token_type_embeddings.weight", 0)))
    }.map { normalize($0, "embeddings.LayerNorm") }
    for layer in 0..<architecture.layerCount { states = apply("encoder.layer.\(layer)", states) }
    return states
  }

  /// The pooled vector of one text.
  func vector(of ids: [Int32], pooling: EmbeddingSpace.Pooling) -> [Double] {
    let states = states(of: ids)
    switch pooling {
    case .cls: return states[0]
    case .mean:
      return (0..<architecture.hiddenSize).map { component in
        states.reduce(0) { $0 + $1[component] } / Double(states.count)
      }
    case .max:
      return (0..<architecture.hiddenSize).map { component in
        states.map { $0[component] }.reduce(-.infinity, Swift.max)
      }
    }
  }

  private func apply(_ name: String, _ states: [[Double]]) -> [[Double]] {
    zip(attend("\(name).attention.self", states), states).map { attended, state in
      let middle = normalize(
        sum(dense("\(name).attention.output.dense", attended), state),
        "\(name).attention.output.LayerNorm")
      let widened = dense("\(name).intermediate.dense", middle).map(activate)
      return normalize(
        sum(dense("\(name).output.dense", widened), middle), "\(name).output.LayerNorm")
    }
  }

  private func attend(_ name: String, _ states: [[Double]]) -> [[Double]] {
    let queries = states.map { dense("\(name).query", $0) }
    let keys = states.map { dense("\(name).key", $0) }
    let values = states.map { dense("\(name).value", $0) }
    let size = architecture.hiddenSize / architecture.headCount
    return queries.map { query in
      (0..<architecture.headCount).flatMap { head in
        let range = head * size..<(head + 1) * size
        let scores = keys.map { key in
          exp(range.reduce(0) { $0 + query[$1] * key[$1] } / Double(size).squareRoot())
        }
        let total = scores.reduce(0, +)
        return range.map { component in
          zip(scores, values).reduce(0) { $0 + $1.0 / total * $1.1[component] }
        }
      }
    }
  }

  private func activate(_ x: Double) -> Double {
    switch architecture.activation {
    case "gelu": x / 2 * (1 + erf(x / 2.0.squareRoot()))
    case "gelu_new": x / 2 * (1 + tanh((2 / Double.pi).squareRoot() * (x + 0.044715 * x * x * x)))
    default: max(0, x)
    }
  }

  private func dense(_ name: String, _ state: [Double]) -> [Double] {
    let bias = row("\(name).bias", 0, of: 1)
    return bias.indices.map { output in
      let weights = row("\(name).weight", output, of: bias.count)
      return zip(weights, state).reduce(bias[output]) { $0 + $1.0 * $1.1 }
    }
  }

  private func normalize(_ state: [Double], _ name: String) -> [Double] {
    let count = Double(state.count)
    let mean = state.reduce(0, +) / count
    let variance = state.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
    let scale = 1 / (variance + Double(architecture.normalizationEpsilon)).squareRoot()
    let (weight, bias) = (row("\(name).weight", 0, of: 1), row("\(name).bias", 0, of: 1))
    return state.indices.map { (state[$0] - mean) * scale * weight[$0] + bias[$0] }
  }

  /// A row of a matrix; a vector is a matrix of one row.
  private func row(_ name: String, _ index: Int, of count: Int? = nil) -> [Double] {
    let tensor = tensors[name] ?? TinyTensor(shape: [0], values: [])
    let width = tensor.values.count / (count ?? tensor.shape[0])
    return tensor.values[index * width..<(index + 1) * width].map(Double.init)
  }

  private func sum(_ left: [Double], _ right: [Double]) -> [Double] {
    zip(left, right).map { $0 + $1 }
  }
}

/// The cosine of two vectors.
func cosine(_ left: [Double], _ right: [Float]) -> Double {
  let right = right.map(Double.init)
  func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
  return dot(left, right) / (dot(left, left) * dot(right, right)).squareRoot()
}
