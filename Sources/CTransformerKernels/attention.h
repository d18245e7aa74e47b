// Included once by each implementation: attention of a text, head after head. Keys and values are
// packed like weights, so that scores and sums of values are the same products as all others.

/// Packs a head's keys: a column a token, as deep as the head is wide.
INLINE void pack_keys(const tk_attention *a, size_t first, size_t stride, uint32_t *packed) {
  bool pairs = a->precision == TK_BFLOAT16;
  size_t depth = pairs ? (a->size + 1) / 2 : a->size;
  for (size_t token = 0; token < a->tokens; token++) {
    const char *row = (const char *)a->projected + token * stride;
    uint32_t *column = packed + token / TK_PANEL * depth * TK_PANEL + token % TK_PANEL;
    for (size_t k = 0; k < depth; k++) {
      if (!pairs) {
        column[k * TK_PANEL] = operand_bits(row, first + k, TK_FLOAT32);
        continue;
      }
      uint32_t even = operand_bits(row, first + 2 * k, TK_BFLOAT16);
      uint32_t odd =
          2 * k + 1 < a->size ? operand_bits(row, first + 2 * k + 1, TK_BFLOAT16) : 0;
      column[k * TK_PANEL] = even | odd << 16;
    }
  }
  // Whole vectors are computed: what is beyond the last token must be a number.
  for (size_t token = a->tokens; token % TK_LANES != 0; token++)
    for (size_t k = 0; k < depth; k++)
      packed[token / TK_PANEL * depth * TK_PANEL + token % TK_PANEL + k * TK_PANEL] = 0;
}

/// Packs a head's values: a column a component, as deep as there are tokens.
INLINE void pack_values(const tk_attention *a, size_t first, size_t stride, uint32_t *packed) {
  bool pairs = a->precision == TK_BFLOAT16;
  size_t depth = pairs ? (a->tokens + 1) / 2 : a->tokens;
  for (size_t k = 0; k < depth; k++) {
    const char *row = (const char *)a->projected + (pairs ? 2 * k : k) * stride;
    const char *next = pairs && 2 * k + 1 < a->tokens ? row + stride : 0;
    for (size_t c = 0; c < tk_padded(a->size); c++) {
      uint32_t bits = 0;
      if (c < a->size) {
        bits = operand_bits(row, first + c, a->precision);
        if (next) bits |= operand_bits(next, first + c, a->precision) << 16;
      }
      packed[(c / TK_PANEL * depth + k) * TK_PANEL + c % TK_PANEL] = bits;
    }
  }
}

/// Turns a row of scores into weights e^(score − largest), as operands; tells their sum.
INLINE float soften(const float *scores, size_t count, float factor, tk_precision precision,
                    void *weights) {
  floats largest = splat(-__builtin_inff());
  for (size_t i = 0; i < count; i += TK_LANES)
    largest = larger(largest, first_lanes(load(scores + i), count - i, -__builtin_inff()));
  float top = largest_of(largest);
  floats sums = splat(0);
  for (size_t i = 0; i < count; i += TK_LANES) {
    floats power = power_of_two((load(scores + i) - top) * factor);
    power = first_lanes(power, count - i, 0);
    sums += power;
    store_operands(power, weights, i, precision);
  }
  return sum_of(sums);
}

/// How many vectors of columns are computed together, of those that are left.
INLINE size_t vectors_of(size_t columns) {
  size_t left = (columns + TK_LANES - 1) / TK_LANES;
  return left < TILE_MOST_VECTORS ? left : TILE_MOST_VECTORS;
}

/// What all rows of a head have in common.
typedef struct {
  const tk_attention *text;
  /// The head's first component.
  size_t first;
  const uint32_t *keys, *values;
  float *scores;
  char *weights;
} head_parts;

/// The scores of some rows' queries: `scores` has rows of tk_padded(tokens).
INLINE void score(const head_parts *h, size_t row, size_t rows, float *sums) {
  const tk_attention *a = h->text;
  size_t size = operand_size(a->precision), width = tk_padded(a->tokens);
  size_t stride = tk_padded(3 * a->heads * a->size) * size;
  size_t panelSize = tk_panel_size(a->size, a->precision);
  tile own = {.left = (const char *)a->projected + row * stride + h->first * size,
              .stride = stride,
              .panelSize = panelSize,
              .depth = a->size,
              .sums = sums};
  for (size_t column = 0; column < width; column += TILE_COLUMNS) {
    size_t vectors = vectors_of(width - column);
    own.right = (const char *)h->keys + column / TK_PANEL * panelSize;
    run_tile(rows, vectors, own, a->precision);
    for (size_t r = 0; r < rows; r++)
      for (size_t v = 0; v < vectors; v++)
        store(load(sums + TILE_COLUMNS * r + TK_LANES * v),
              h->scores + width * r + column + TK_LANES * v);
  }
}

/// The sums of values, by some rows' weights, each times its scale.
INLINE void gather(const head_parts *h, size_t row, size_t rows, const float *scales, float *sums) {
  const tk_attention *a = h->text;
  size_t size = operand_size(a->precision), width = tk_padded(a->tokens);
  size_t stride = tk_padded(a->heads * a->size) * size;
  size_t panelSize = tk_panel_size(a->tokens, a->precision);
  tile own = {.left = h->weights,
              .stride = width * size,
              .panelSize = panelSize,
              .depth = a->tokens,
              .sums = sums};
  for (size_t column = 0; column < a->size; column += TILE_COLUMNS) {
    size_t vectors = vectors_of(a->size - column), most = tile_rows(vectors);
    own.right = (const char *)h->values + column / TK_PANEL * panelSize;
    for (size_t done = 0; done < rows; done += most) {
      size_t some = rows - done < most ? rows - done : most;
      own.left = h->weights + done * width * size;
      run_tile(some, vectors, own, a->precision);
      for (size_t r = 0; r < some; r++)
        for (size_t v = 0; v < vectors; v++) {
          size_t component = column + TK_LANES * v, left = a->size - component;
          floats value = load(sums + TILE_COLUMNS * r + TK_LANES * v) * scales[done + r];
          store_some_operands(value, left < TK_LANES ? left : TK_LANES,
                              (char *)a->attended + (row + done + r) * stride,
                              h->first + component, a->precision);
        }
    }
  }
}

static void attend(const tk_attention *a) {
  size_t hidden = a->heads * a->size, width = tk_padded(a->tokens);
  size_t size = operand_size(a->precision), stride = tk_padded(3 * hidden) * size;
  uint32_t *keys = a->workspace;
  uint32_t *values = keys + width * (a->size + 1);
  float *scores = (float *)(values + tk_padded(a->size) * (a->tokens + 1));
  head_parts head = {.text = a,
                     .keys = keys,
                     .values = values,
                     .scores = scores,
                     .weights = (char *)(scores + TILE_MOST_ROWS * width)};
  _Alignas(64) float sums[TILE_MOST_ROWS * TILE_COLUMNS];
  float scales[TILE_MOST_ROWS];
  float factor = LOG2_E / __builtin_sqrtf((float)a->size);
  size_t most = tile_rows(vectors_of(a->tokens));
  for (size_t i = a->firstHead; i < a->firstHead + a->headCount; i++) {
    head.first = i * a->size;
    pack_keys(a, hidden + head.first, stride, keys);
    pack_values(a, 2 * hidden + head.first, stride, values);
    for (size_t row = 0, rows; row < a->tokens; row += rows) {
      rows = a->tokens - row < most ? a->tokens - row : most;
      score(&head, row, rows, sums);
      for (size_t r = 0; r < rows; r++)
        scales[r] = 1 / soften(scores + width * r, a->tokens, factor, a->precision,
                               head.weights + width * r * size);
      gather(&head, row, rows, scales, sums);
    }
  }
}
