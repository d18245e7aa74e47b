#ifndef LOCI_TRANSFORMER_KERNELS_H
#define LOCI_TRANSFORMER_KERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// The arithmetic of transformer encoders. No function allocates, keeps a pointer, or reads or
// writes beyond the lengths that it is given; buffers of one call do not overlap, unless that is
// said.
//
// Texts lie end to end, one row a token, and nothing is padded: a row's result depends on its own
// text alone, and comes out the same whatever lies beside it.
//
// Numbers. On x86 the same bits come out of every implementation that has FMA:
// - a product's sum starts at 0 and takes the terms in their order, one FMA each; of a pair of
//   bfloat16 the odd term comes first, as in VDPBF16PS;
// - other sums have 16 partial ones, lane i of which takes the terms i, i + 16, …; then halves are
//   added (8, 4, 2, 1);
// - denormal numbers count as 0, and become 0, as in VDPBF16PS; the mode is set back afterwards;
// - nothing else is fused.

/// Lanes of a vector, and the granularity of rows: a row has room for a multiple of these.
#define TK_LANES 16
/// Columns of a panel of packed weights: those of one vector, so that a panel is read from its
/// start to its end, and lies in the nearest cache meanwhile.
#define TK_PANEL TK_LANES

/// Which instructions are used, the slowest first.
typedef enum {
  TK_CPU_PORTABLE,
  TK_CPU_NEON,
  TK_CPU_AVX2,
  TK_CPU_AVX512,
  TK_CPU_AVX512_BF16,
} tk_cpu;
#define TK_CPU_COUNT 5

/// What weights and the other factor of a product are rounded to. Sums are float32 always.
typedef enum { TK_FLOAT32, TK_BFLOAT16 } tk_precision;

/// An implementation of all that is below.
typedef struct tk_kernels tk_kernels;

/// The name that LOCI_CPU takes: portable, neon, avx2, avx512, avx512bf16.
const char *tk_cpu_name(tk_cpu cpu);
/// Whether this machine, its operating system and this build have it.
bool tk_cpu_is_available(tk_cpu cpu);
/// The fastest that is available.
tk_cpu tk_cpu_best(void);
/// The implementation for a CPU; null where it is not available.
const tk_kernels *tk_kernels_for(tk_cpu cpu);

/// `length` rounded up to whole lanes.
static inline size_t tk_padded(size_t length) {
  return (length + TK_LANES - 1) / TK_LANES * TK_LANES;
}

// MARK: Packed weights: the same bytes for every CPU

/// The bytes of a packed matrix: panels of TK_PANEL columns, [depth][TK_PANEL] float32, or
/// [depth / 2, rounded up][TK_PANEL][2] bfloat16. What is beyond the matrix is 0.
size_t tk_packed_size(size_t columns, size_t depth, tk_precision precision);

/// Packs a matrix [columns][depth] of float32, as PyTorch stores a linear layer, into columns
/// `firstColumn`… of a packed one. A panel's other columns stay as they are: clear them first.
void tk_pack(const float *matrix, size_t columns, size_t depth, tk_precision precision,
             size_t firstColumn, void *packed);

/// A sum that changes with any single word and with the order of words; `state` holds 16 words, all
/// 0 at first. Only the last piece may have a length that is no multiple of 64.
void tk_checksum(const void *bytes, size_t count, uint64_t *state);

/// Whether every value is a finite number.
bool tk_all_finite(const float *values, size_t count);

// MARK: Operands: the left factors of products

/// The bytes of a row of `length` operands, whole lanes: bfloat16, or float32 rounded to it where
/// the CPU has no bfloat16, or float32.
size_t tk_operand_row(const tk_kernels *kernels, size_t length, tk_precision precision);

/// Rounds a row of float32 to operands; both have room for whole lanes, and the rest becomes 0.
void tk_make_operands(const tk_kernels *kernels, const float *values, size_t length,
                      tk_precision precision, void *operands);

/// What becomes of a product's sums.
typedef enum {
  /// operands = sum + bias
  TK_STORE,
  /// floats = sum + bias + floats
  TK_ADD,
  /// operands = gelu(sum + bias), by erf to 2e-7
  TK_GELU,
  /// operands = gelu(sum + bias), in its tanh form
  TK_GELU_TANH,
  /// operands = max(0, sum + bias)
  TK_RELU,
} tk_epilogue;

/// A product of operands [rows][depth] and a packed matrix of `columns`.
typedef struct {
  size_t rows, columns, depth;
  tk_precision precision;
  tk_epilogue epilogue;
  /// Rows of tk_operand_row(depth) bytes.
  const void *left;
  const void *packed;
  /// tk_padded(columns) values, 0 beyond the columns.
  const float *bias;
  /// [rows][tk_padded(columns)], for TK_ADD.
  float *floats;
  /// Rows of tk_operand_row(columns) bytes, for the others.
  void *operands;
} tk_product;

/// Complexity: O(rows × columns × depth).
void tk_multiply(const tk_kernels *kernels, const tk_product *product);

/// Layer normalisation of rows [rows][tk_padded(length)] in place, and as operands beside.
/// `weight` and `bias` have tk_padded(length) values, 0 beyond the length.
void tk_normalize(const tk_kernels *kernels, float *rows, size_t count, size_t length,
                  const float *weight, const float *bias, float epsilon, tk_precision precision,
                  void *operands);

/// Attention of one text, each token to all: softmax(Q Kᵀ / √size) V, for some of the heads.
typedef struct {
  size_t tokens;
  /// All heads, and those that are computed.
  size_t heads, firstHead, headCount;
  /// The components of a head.
  size_t size;
  tk_precision precision;
  /// The text's rows of tk_operand_row(3 × heads × size) bytes: queries, keys, values.
  const void *projected;
  /// The text's rows of tk_operand_row(heads × size) bytes, of which the heads' part is written.
  void *attended;
  /// tk_attention_workspace bytes, at a multiple of 64.
  void *workspace;
} tk_attention;

/// The bytes that attention needs for a text of so many tokens.
size_t tk_attention_workspace(size_t tokens, size_t size);
/// Complexity: O(headCount × tokens² × size).
void tk_attend(const tk_kernels *kernels, const tk_attention *attention);

/// How a text's token vectors become one. The mean's length means nothing: it is left as a sum.
typedef enum { TK_MEAN, TK_CLS, TK_MAX } tk_pooling;

/// Pools rows [tokens][tk_padded(length)] into `vector`, which has room for whole lanes.
void tk_pool(const tk_kernels *kernels, const float *rows, size_t tokens, size_t length,
             tk_pooling pooling, float *vector);

// MARK: A whole encoder

/// A layer of BERT: attention, then a feed-forward part, each added to its input and normalised.
typedef struct {
  const void *projection, *output, *widening, *narrowing;
  const float *projectionBias, *outputBias, *wideningBias, *narrowingBias;
  const float *middleWeight, *middleBias, *lastWeight, *lastBias;
} tk_layer;

/// An encoder of the BERT family. Vectors have tk_padded values, 0 beyond their length.
typedef struct {
  size_t hidden, heads, wide, layerCount;
  float epsilon;
  tk_epilogue activation;
  tk_precision precision;
  /// [positions][tk_padded(hidden)]; the segment's vector is already added.
  const float *positions;
  const float *firstWeight, *firstBias;
  const tk_layer *layers;
} tk_encoder;

/// The bytes that an encoder needs for so many tokens, of texts of at most `longest`.
size_t tk_encoder_workspace(const tk_kernels *kernels, const tk_encoder *encoder, size_t tokens,
                            size_t longest);

/// Runs texts of `lengths` tokens through all layers. `states`, [tokens][tk_padded(hidden)], holds
/// the tokens' word vectors before, and their states afterwards. No text has more tokens than there
/// are positions. `workspace` is at a multiple of 64.
///
/// Complexity: O(layers × (tokens × hidden × (hidden + wide) + Σ length² × hidden)).
void tk_encode(const tk_kernels *kernels, const tk_encoder *encoder, const size_t *lengths,
               size_t texts, float *states, void *workspace);

#endif
