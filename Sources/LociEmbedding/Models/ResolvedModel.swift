public import Foundation
public import LociCore
public import LociTokenizer

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

  /// Where Loci's own engine keeps weights as it reads them, so that they are packed once.
  public struct Packing: Hashable, Sendable {
    /// The folder, which need not exist, nor be writable.
    public var folder: URL
    /// The SHA-256 of the weights' files, in hexadecimal: what is kept is of these weights only.
    public var digest: String

    /// Names a place.
    public init(folder: URL, digest: String) {
      self.folder = folder
      self.digest = digest
    }
  }

  /// The space of its vectors; `space.model` is the model's name.
  public var space: EmbeddingSpace
  /// The weights.
  public var weights: Weights
  /// `tokenizer.json`, or `vocab.txt` where there is none.
  public var tokenizerFile: URL
  /// What the model's other files say about its tokenizer.
  public var tokenizerOptions: TokenizerOptions
  /// The encoder's shape.
  public var architecture: Architecture
  /// Where packed weights are kept; nil: nowhere, they are packed whenever the model is loaded.
  public var packing: Packing?
  /// The licence's SPDX identifier, where it is known.
  public var license: String?
  /// What a user should know about these files: settings that Loci has no use for, or that are
  /// missing where they matter. A sentence or two each.
  public var notes: [String]

  /// Makes a resolved model.
  public init(
    space: EmbeddingSpace, weights: Weights, tokenizerFile: URL, architecture: Architecture,
    tokenizerOptions: TokenizerOptions = TokenizerOptions(), license: String? = nil,
    notes: [String] = [], packing: Packing? = nil
  ) {
    self.packing = packing
    self.space = space
    self.weights = weights
    self.tokenizerFile = tokenizerFile
    self.architecture = architecture
    self.tokenizerOptions = tokenizerOptions
    self.license = license
    self.notes = notes
  }

  /// Reads the tokenizer. Complexity: O(the file's size).
  ///
  /// - Throws: What ``Tokenizer/init(json:options:)`` throws, and ``LociError/Code/corrupt`` where
  ///   it knows more tokens than the model has vectors for.
  public func loadTokenizer() throws -> Tokenizer {
    let bytes = try RegularFile.contents(of: tokenizerFile, upTo: ModelFiles.maximumJSONBytes)
    let tokenizer =
      try tokenizerFile.pathExtension == "txt"
      ? Tokenizer(vocabulary: bytes, options: tokenizerOptions)
      : Tokenizer(json: bytes, options: tokenizerOptions)
    guard tokenizer.vocabularySize <= architecture.vocabularySize else {
      throw LociError(
        .corrupt,
        "\(tokenizerFile.lastPathComponent) has \(tokenizer.vocabularySize) tokens, and the model "
          + "has vectors for \(architecture.vocabularySize).",
        remedy: "Fetch the model again: its files do not belong together.")
    }
    return tokenizer
  }
}
