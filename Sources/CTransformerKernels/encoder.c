#include "kernels.h"
#include "rounding.h"

static size_t largest(size_t a, size_t b) { return a > b ? a : b; }

static size_t aligned(size_t bytes) { return (bytes + 63) / 64 * 64; }

size_t tk_operand_row(const tk_kernels *kernels, size_t length, tk_precision precision) {
  return tk_padded(length) * tk_operand_size(kernels, precision);
}

void tk_make_operands(const tk_kernels *kernels, const float *values, size_t length,
                      tk_precision precision, void *operands) {
  tk_mode mode = tk_flush_denormals();
  kernels->makeOperands(values, length, precision, operands);
  tk_restore(mode);
}

void tk_multiply(const tk_kernels *kernels, const tk_product *product) {
  tk_mode mode = tk_flush_denormals();
  kernels->multiply(product);
  tk_restore(mode);
}

void tk_normalize(const tk_kernels *kernels, float *rows, size_t count, size_t length,
                  const float *weight, const float *bias, float epsilon, tk_precision precision,
                  void *operands) {
  tk_mode mode = tk_flush_denormals();
  kernels->normalize(rows, count, length, weight, bias, epsilon, precision, operands);
  tk_restore(mode);
}

size_t tk_attention_workspace(size_t tokens, size_t size) {
  size_t keys = tk_padded(tokens) * (size + 1), values = tk_padded(size) * (tokens + 1);
  // Twelve rows of scores, and of weights.
  return aligned(4 * (keys + values + 2 * 12 * tk_padded(tokens)));
}

void tk_attend(const tk_kernels *kernels, const tk_attention *attention) {
  tk_mode mode = tk_flush_denormals();
  kernels->attend(attention);
  tk_restore(mode);
}

void tk_pool(const tk_kernels *kernels, const float *rows, size_t tokens, size_t length,
             tk_pooling pooling, float *vector) {
  tk_mode mode = tk_flush_denormals();
  kernels->pool(rows, tokens, length, pooling, vector);
  tk_restore(mode);
}

/// The parts of a workspace, one after another.
typedef struct {
  /// The states as operands.
  char *states;
  /// Queries, keys and values; or the widened states.
  char *wide;
  /// What attention made.
  char *attended;
  char *attention;
  size_t size;
} workspace;

static workspace parts(const tk_kernels *kernels, const tk_encoder *e, size_t tokens,
                       size_t longest, char *start) {
  size_t narrow = aligned(tokens * tk_operand_row(kernels, e->hidden, e->precision));
  size_t wide =
      aligned(tokens * tk_operand_row(kernels, largest(3 * e->hidden, e->wide), e->precision));
  workspace w = {.states = start};
  w.attended = w.states + narrow;
  w.wide = w.attended + narrow;
  w.attention = w.wide + wide;
  w.size = 2 * narrow + wide + tk_attention_workspace(longest, e->hidden / e->heads);
  return w;
}

size_t tk_encoder_workspace(const tk_kernels *kernels, const tk_encoder *encoder, size_t tokens,
                            size_t longest) {
  char start;
  // One vector more, since an odd head's last pair reaches beyond it.
  return parts(kernels, encoder, tokens, longest, &start).size + 64;
}

static void run_layer(const tk_kernels *kernels, const tk_encoder *e, const tk_layer *layer,
                      const size_t *lengths, size_t texts, size_t tokens, float *states,
                      const workspace *w) {
  tk_product product = {.rows = tokens, .precision = e->precision};
  size_t wideRow = tk_operand_row(kernels, 3 * e->hidden, e->precision);
  size_t narrowRow = tk_operand_row(kernels, e->hidden, e->precision);

  product.columns = 3 * e->hidden, product.depth = e->hidden;
  product.left = w->states, product.packed = layer->projection;
  product.bias = layer->projectionBias;
  product.epilogue = TK_STORE, product.operands = w->wide;
  kernels->multiply(&product);

  tk_attention attention = {.heads = e->heads,
                            .headCount = e->heads,
                            .size = e->hidden / e->heads,
                            .precision = e->precision,
                            .workspace = w->attention};
  for (size_t text = 0, first = 0; text < texts; first += lengths[text++]) {
    attention.tokens = lengths[text];
    attention.projected = w->wide + first * wideRow;
    attention.attended = w->attended + first * narrowRow;
    kernels->attend(&attention);
  }

  product.columns = e->hidden;
  product.left = w->attended, product.packed = layer->output, product.bias = layer->outputBias;
  product.epilogue = TK_ADD, product.floats = states;
  kernels->multiply(&product);
  kernels->normalize(states, tokens, e->hidden, layer->middleWeight, layer->middleBias, e->epsilon,
                     e->precision, w->states);

  product.columns = e->wide;
  product.left = w->states, product.packed = layer->widening, product.bias = layer->wideningBias;
  product.epilogue = e->activation, product.operands = w->wide;
  kernels->multiply(&product);

  product.columns = e->hidden, product.depth = e->wide;
  product.left = w->wide, product.packed = layer->narrowing, product.bias = layer->narrowingBias;
  product.epilogue = TK_ADD, product.floats = states;
  kernels->multiply(&product);
  kernels->normalize(states, tokens, e->hidden, layer->lastWeight, layer->lastBias, e->epsilon,
                     e->precision, w->states);
}

void tk_encode(const tk_kernels *kernels, const tk_encoder *encoder, const size_t *lengths,
               size_t texts, float *states, void *memory) {
  size_t tokens = 0, longest = 0, width = tk_padded(encoder->hidden);
  tk_mode mode = tk_flush_denormals();
  for (size_t text = 0; text < texts; text++) {
    kernels->addPositions(states + tokens * width, encoder->positions, lengths[text], width);
    tokens += lengths[text];
    longest = largest(longest, lengths[text]);
  }
  workspace w = parts(kernels, encoder, tokens, longest, memory);
  kernels->normalize(states, tokens, encoder->hidden, encoder->firstWeight, encoder->firstBias,
                     encoder->epsilon, encoder->precision, w.states);
  for (size_t i = 0; i < encoder->layerCount; i++)
    run_layer(kernels, encoder, encoder->layers + i, lengths, texts, tokens, states, &w);
  tk_restore(mode);
}
