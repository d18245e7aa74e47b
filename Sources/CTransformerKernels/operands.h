// Included once by each implementation: how the left factors of products are stored.

INLINE size_t operand_size(tk_precision precision) {
  return precision == TK_BFLOAT16 && HAS_BFLOAT16 ? 2 : 4;
}

/// Stores sixteen operands from element `index` of a row on.
INLINE void store_operands(floats values, void *row, size_t index, tk_precision precision) {
  if (precision == TK_FLOAT32) return store(values, (float *)row + index);
#if HAS_BFLOAT16
  _mm256_storeu_si256((__m256i *)((char *)row + 2 * index),
                      (__m256i)_mm512_cvtneps_pbh((__m512)values));
#else
  store((floats)rounded_words(values), (float *)row + index);
#endif
}

/// Stores the first `count` of sixteen operands, and nothing beyond.
INLINE void store_some_operands(floats values, size_t count, void *row, size_t index,
                                tk_precision precision) {
  if (count == TK_LANES) return store_operands(values, row, index, precision);
  char all[4 * TK_LANES];
  size_t size = operand_size(precision);
  store_operands(values, all, 0, precision);
  memcpy((char *)row + size * index, all, size * count);
}

/// The bits of one operand as packed weights have them: of a bfloat16 in the low half.
INLINE uint32_t operand_bits(const void *row, size_t index, tk_precision precision) {
  if (operand_size(precision) == 2) {
    uint16_t half;
    memcpy(&half, (const char *)row + 2 * index, sizeof half);
    return half;
  }
  uint32_t bits;
  memcpy(&bits, (const char *)row + 4 * index, sizeof bits);
  return precision == TK_BFLOAT16 ? bits >> 16 : bits;
}

static void make_operands(const float *values, size_t length, tk_precision precision,
                          void *operands) {
  for (size_t i = 0; i < length; i += TK_LANES) {
    floats own = first_lanes(load(values + i), length - i, 0);
    store_operands(own, operands, i, precision);
  }
}
