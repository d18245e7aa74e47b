public import Foundation
public import LociCore

/// A model whose files lie on this machine, checked, with every setting that embedding needs.
public struct ResolvedModel: Hashable, Sendable {
  /// The weights, and how they are run.
  public enum Weights: Hashable, Sendable {
    /// Tensors; Loci builds the graph. One file, or the shards of an index.
    case safetensors([URL])
    /// A whole graph, run as it is.
    case onnx(URL)
  }

  /// The shape of a BERT-family encoder, as in `config.json`.
  public struct Architecture: Hashable, Sendable {
    /// The components of a token's vector.
    public var hiddenSize: Int
    /// The encoder's layers.
    public var layerCount: Int
    /// Attention heads a layer; they divide `hiddenSize`.
    public var headCount: Int
    /// The components inside the feed-forward part.
    public var intermediateSize: Int
    /// The number of position vectors.
    public var positionCount: Int
    /// The number of token vectors.
    public var vocabularySize: Int
    /// The number of segment vectors.
    public var segmentCount: Int
    /// The epsilon of layer normalisation.
    public var normalizationEpsilon: Float
    /// The activation's name in `config.json`: `gelu` (erf), `gelu_new` (tanh), `relu`.
    public var activation: String

    /// Makes an architecture.
    public init(
      hiddenSize: Int, layerCount: Int, headCount: Int, intermediateSize: Int,
      positionCount: Int, vocabularySize: Int, segmentCount: Int, normalizationEpsilon: Float,
      activation: String
    ) {
      self.hiddenSize = hiddenSize
      self.layerCount = layerCount
      self.headCount = headCount
      self.intermediateSize = intermediateSize
      self.positionCount = positionCount
      self.vocabularySize = vocabularySize
      self.segmentCount = segmentCount
      self.normalizationEpsilon = normalizationEpsilon
      self.activation = activation
    }
  }

  /// The space of its vectors; `space.model` is the model's name.
  public var space: EmbeddingSpace
  /// The weights.
  public var weights: Weights
  /// `tokenizer.json`.
  public var tokenizerFile: URL
  /// The encoder's shape.
  public var architecture: Architecture
  /// The licence's SPDX identifier, where it is known.
  public var license: String?

  /// Makes a resolved model.
  public init(
    space: EmbeddingSpace, weights: Weights, tokenizerFile: URL, architecture: Architecture,
    license: String? = nil
  ) {
    self.space = space
    self.weights = weights
    self.tokenizerFile = tokenizerFile
    self.architecture = architecture
    self.license = license
  }
}
