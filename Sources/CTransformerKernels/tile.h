// Included once by each implementation: the inner loops, a few rows of operands by a few vectors of
// columns, with all sums in registers over the whole depth.

/// The most rows of a tile with that many vectors of columns: what the registers hold.
INLINE size_t tile_rows(size_t vectors) {
#if TILE_VECTORS == 4
  const size_t rows[] = {12, 12, 12, 8, 6};
  return rows[vectors];
#else
  (void)vectors;
  return TILE_ROWS;
#endif
}
#define TILE_MOST_ROWS 12
/// The most vectors of columns, and the columns of a row of sums.
#define TILE_MOST_VECTORS 4
#define TILE_COLUMNS (TILE_MOST_VECTORS * TK_LANES)

/// `left` has rows of `stride` bytes; `right` is the first of some panels of `panelSize` bytes.
typedef struct {
  const char *left;
  size_t stride;
  const char *right;
  size_t panelSize;
  size_t depth;
  float *sums;
} tile;

#define PANEL_ROW (4 * TK_PANEL)

INLINE floats operand(const char *left, size_t index) {
  float value;
  memcpy(&value, left + 4 * index, sizeof value);
  return splat(value);
}

INLINE void tile_float32(size_t rows, size_t vectors, const tile *t) {
  floats sums[TILE_MOST_ROWS][TILE_VECTORS];
  UNROLLED for (size_t r = 0; r < rows; r++)
    UNROLLED for (size_t v = 0; v < vectors; v++) sums[r][v] = splat(0);
  const char *left = t->left, *right = t->right;
  const size_t stride = t->stride, panelSize = t->panelSize;
  for (size_t k = 0; k < t->depth; k++, left += 4, right += PANEL_ROW) {
    floats weights[TILE_VECTORS];
    UNROLLED for (size_t v = 0; v < vectors; v++)
      weights[v] = load((const float *)(right + panelSize * v));
    UNROLLED for (size_t r = 0; r < rows; r++) {
      floats own = operand(left + r * stride, 0);
      UNROLLED for (size_t v = 0; v < vectors; v++) sums[r][v] = fused(own, weights[v], sums[r][v]);
    }
  }
  UNROLLED for (size_t r = 0; r < rows; r++)
    UNROLLED for (size_t v = 0; v < vectors; v++)
      store(sums[r][v], t->sums + TILE_COLUMNS * r + TK_LANES * v);
}

#if HAS_BFLOAT16
INLINE void tile_bfloat16(size_t rows, size_t vectors, const tile *t) {
  __m512 sums[TILE_MOST_ROWS][TILE_VECTORS];
  UNROLLED for (size_t r = 0; r < rows; r++)
    UNROLLED for (size_t v = 0; v < vectors; v++) sums[r][v] = _mm512_setzero_ps();
  const char *left = t->left, *right = t->right;
  const size_t stride = t->stride, panelSize = t->panelSize;
  for (size_t k = 0; k < t->depth; k += 2, left += 4, right += PANEL_ROW) {
    __m512i weights[TILE_VECTORS];
    UNROLLED for (size_t v = 0; v < vectors; v++)
      weights[v] = _mm512_loadu_si512(right + panelSize * v);
    UNROLLED for (size_t r = 0; r < rows; r++) {
      int32_t pair;
      memcpy(&pair, left + r * stride, sizeof pair);
      __m512bh own = (__m512bh)_mm512_set1_epi32(pair);
      UNROLLED for (size_t v = 0; v < vectors; v++)
        sums[r][v] = _mm512_dpbf16_ps(sums[r][v], own, (__m512bh)weights[v]);
    }
  }
  UNROLLED for (size_t r = 0; r < rows; r++)
    UNROLLED for (size_t v = 0; v < vectors; v++)
      _mm512_storeu_ps(t->sums + TILE_COLUMNS * r + TK_LANES * v, sums[r][v]);
}
#else
/// What VDPBF16PS does, in two steps: first the odd elements, then the even ones.
INLINE void tile_bfloat16(size_t rows, size_t vectors, const tile *t) {
  floats sums[TILE_MOST_ROWS][TILE_VECTORS];
  UNROLLED for (size_t r = 0; r < rows; r++)
    UNROLLED for (size_t v = 0; v < vectors; v++) sums[r][v] = splat(0);
  const char *left = t->left, *right = t->right;
  const size_t stride = t->stride, panelSize = t->panelSize;
  for (size_t k = 0; k < t->depth; k += 2, left += 8, right += PANEL_ROW) {
    floats weights[TILE_VECTORS];
    UNROLLED for (size_t v = 0; v < vectors; v++)
      weights[v] = (floats)(load_words(right + panelSize * v) & 0xffff0000);
    UNROLLED for (size_t r = 0; r < rows; r++) {
      floats own = operand(left + r * stride, 1);
      UNROLLED for (size_t v = 0; v < vectors; v++) sums[r][v] = fused(own, weights[v], sums[r][v]);
    }
    // They are loaded again: registers are too few to keep them.
    __asm__ volatile("" : : : "memory");
    UNROLLED for (size_t v = 0; v < vectors; v++)
      weights[v] = (floats)(load_words(right + panelSize * v) << 16);
    UNROLLED for (size_t r = 0; r < rows; r++) {
      floats own = operand(left + r * stride, 0);
      UNROLLED for (size_t v = 0; v < vectors; v++) sums[r][v] = fused(own, weights[v], sums[r][v]);
    }
  }
  UNROLLED for (size_t r = 0; r < rows; r++)
    UNROLLED for (size_t v = 0; v < vectors; v++)
      store(sums[r][v], t->sums + TILE_COLUMNS * r + TK_LANES * v);
}
#endif

#define CASE(kind, vectors, rows) \
  case TILE_MOST_ROWS * vectors + rows: return tile_##kind(rows, vectors, t);
#define CASES_2(kind, vectors) CASE(kind, vectors, 1) CASE(kind, vectors, 2)
#define CASES_6(kind, vectors) \
  CASES_2(kind, vectors) \
  CASE(kind, vectors, 3) CASE(kind, vectors, 4) CASE(kind, vectors, 5) CASE(kind, vectors, 6)
#define CASES_8(kind, vectors) \
  CASES_6(kind, vectors) CASE(kind, vectors, 7) CASE(kind, vectors, 8)
#define CASES_12(kind, vectors) \
  CASES_8(kind, vectors) \
  CASE(kind, vectors, 9) CASE(kind, vectors, 10) CASE(kind, vectors, 11) CASE(kind, vectors, 12)

#if TILE_VECTORS == 4
#define ALL_CASES(kind) CASES_12(kind, 1) CASES_12(kind, 2) CASES_8(kind, 3) CASES_6(kind, 4)
#elif TILE_ROWS == 6
#define ALL_CASES(kind) CASES_6(kind, 1)
#else
#define ALL_CASES(kind) CASES_2(kind, 1)
#endif

static void run_float32(size_t rows, size_t vectors, const tile *t) {
  switch (TILE_MOST_ROWS * vectors + rows) { ALL_CASES(float32) }
}

static void run_bfloat16(size_t rows, size_t vectors, const tile *t) {
  switch (TILE_MOST_ROWS * vectors + rows) { ALL_CASES(bfloat16) }
}

/// Computes a tile of up to tile_rows(vectors) rows and up to 4 vectors of columns.
static void run_tile(size_t rows, size_t vectors, tile t, tk_precision precision) {
  for (size_t v = 0; v < vectors; v += TILE_VECTORS) {
    size_t wide = vectors - v < TILE_VECTORS ? vectors - v : TILE_VECTORS;
    if (precision == TK_BFLOAT16) run_bfloat16(rows, wide, &t);
    else run_float32(rows, wide, &t);
    t.right += t.panelSize * TILE_VECTORS;
    t.sums += TK_LANES * TILE_VECTORS;
  }
}
