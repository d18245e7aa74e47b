// Included once by each implementation: what happens to the rows of token states.

static void normalize(float *rows, size_t count, size_t length, const float *weight,
                      const float *bias, float epsilon, tk_precision precision, void *operands) {
  size_t width = tk_padded(length);
  char *to = operands;
  for (size_t row = 0; row < count; row++, rows += width, to += width * operand_size(precision)) {
    floats sums = splat(0), squares = splat(0);
    for (size_t i = 0; i < length; i += TK_LANES) sums += load(rows + i);
    float mean = sum_of(sums) / (float)length;
    for (size_t i = 0; i < length; i += TK_LANES) {
      floats own = first_lanes(load(rows + i) - mean, length - i, 0);
      squares = fused(own, own, squares);
    }
    float variance = sum_of(squares) / (float)length;
    float scale = 1 / __builtin_sqrtf(variance + epsilon);
    for (size_t i = 0; i < length; i += TK_LANES) {
      floats own = (load(rows + i) - mean) * scale;
      own = fused(own, load(weight + i), load(bias + i));
      store(own, rows + i);
      store_operands(own, to, i, precision);
    }
  }
}

static void add_positions(float *rows, const float *positions, size_t tokens, size_t width) {
  for (size_t i = 0; i < tokens * width; i += TK_LANES)
    store(load(rows + i) + load(positions + i), rows + i);
}

static void pool(const float *rows, size_t tokens, size_t length, tk_pooling pooling,
                 float *vector) {
  size_t width = tk_padded(length);
  size_t used = pooling == TK_CLS ? 1 : tokens;
  for (size_t i = 0; i < length; i += TK_LANES) {
    floats own = load(rows + i);
    for (size_t token = 1; token < used; token++) {
      floats next = load(rows + token * width + i);
      own = pooling == TK_MAX ? larger(own, next) : own + next;
    }
    store(own, vector + i);
  }
}
