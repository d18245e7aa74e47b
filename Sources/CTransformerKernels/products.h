// Included once by each implementation: products with packed weights, and what becomes of them.

/// Bias, activation and rounding of a tile's sums.
static void finish(const tk_product *p, const float *sums, size_t row, size_t rows, size_t column,
                   size_t vectors) {
  size_t width = tk_padded(p->columns);
  size_t stride = width * operand_size(p->precision);
  for (size_t r = 0; r < rows; r++, row++, sums += TILE_COLUMNS) {
    for (size_t v = 0; v < vectors; v++) {
      size_t own = column + TK_LANES * v;
      floats value = load(sums + TK_LANES * v) + load(p->bias + own);
      if (p->epilogue == TK_ADD) {
        float *result = p->floats + row * width + own;
        store(value + load(result), result);
        continue;
      }
      if (p->epilogue == TK_GELU) value = gelu(value);
      if (p->epilogue == TK_GELU_TANH) value = gelu_tanh(value);
      if (p->epilogue == TK_RELU) value = larger(value, splat(0));
      store_operands(value, (char *)p->operands + row * stride, own, p->precision);
    }
  }
}

/// Panels outside, so that each is read from memory once; rows in tiles of about the same height.
static void multiply(const tk_product *p) {
  size_t stride = tk_padded(p->depth) * operand_size(p->precision);
  size_t panelSize = tk_panel_size(p->depth, p->precision);
  _Alignas(64) float sums[TILE_MOST_ROWS * TILE_COLUMNS];
  for (size_t column = 0; column < p->columns; column += TILE_COLUMNS) {
    size_t left = (p->columns - column + TK_LANES - 1) / TK_LANES;
    size_t vectors = left < TILE_MOST_VECTORS ? left : TILE_MOST_VECTORS;
    size_t tiles = (p->rows + tile_rows(vectors) - 1) / tile_rows(vectors);
    tile own = {.left = p->left,
                .stride = stride,
                .right = (const char *)p->packed + column / TK_PANEL * panelSize,
                .panelSize = panelSize,
                .depth = p->depth,
                .sums = sums};
    for (size_t i = 0, row = 0; i < tiles; i++) {
      size_t rows = p->rows / tiles + (i < p->rows % tiles);
      run_tile(rows, vectors, own, p->precision);
      finish(p, sums, row, rows, column, vectors);
      own.left += rows * stride;
      row += rows;
    }
  }
}
