import CTransformerKernels

/// The shape of an encoder of the BERT family. Whoever makes one has checked that its numbers are
/// positive and of a sensible size, and that the heads divide the hidden size.
package struct EncoderShape: Hashable, Sendable {
  /// What comes between the two products of the feed-forward part.
  package enum Activation: Sendable {
    /// By erf.
    case gelu
    /// By tanh.
    case geluTanh
    case relu

    var epilogue: tk_epilogue {
      switch self {
      case .gelu: TK_GELU
      case .geluTanh: TK_GELU_TANH
      case .relu: TK_RELU
      }
    }
  }

  package var hidden: Int
  package var layers: Int
  package var heads: Int
  /// The components inside the feed-forward part.
  package var wide: Int
  package var positions: Int
  package var vocabulary: Int
  package var segments: Int
  package var epsilon: Float
  package var activation: Activation

  package init(
    hidden: Int, layers: Int, heads: Int, wide: Int, positions: Int, vocabulary: Int,
    segments: Int, epsilon: Float, activation: Activation
  ) {
    self.hidden = hidden
    self.layers = layers
    self.heads = heads
    self.wide = wide
    self.positions = positions
    self.vocabulary = vocabulary
    self.segments = segments
    self.epsilon = epsilon
    self.activation = activation
  }
}

/// How token vectors become one vector a text.
package enum EncoderPooling: Sendable {
  case mean, cls, max

  var identifier: tk_pooling {
    switch self {
    case .mean: TK_MEAN
    case .cls: TK_CLS
    case .max: TK_MAX
    }
  }
}
