#include "kernels.h"

#include <string.h>

size_t tk_packed_size(size_t columns, size_t depth, tk_precision precision) {
  return (columns + TK_PANEL - 1) / TK_PANEL * tk_panel_size(depth, precision);
}

/// The nearest bfloat16, ties to even; denormal numbers are 0, as the products take them.
static inline uint32_t nearest_bfloat16(uint32_t bits) {
  uint32_t rounded = (bits + 0x7fff + (bits >> 16 & 1)) >> 16;
  return (bits & 0x7f800000) == 0 ? bits >> 16 & 0x8000 : rounded;
}

/// Packs up to TK_LANES elements of a row, from an even one on, into their column.
static void pack_part(const float *row, size_t first, size_t count, tk_precision precision,
                      char *column) {
  uint32_t bits[TK_LANES] = {0};
  memcpy(bits, row + first, 4 * count);
  if (precision == TK_FLOAT32) {
    for (size_t i = 0; i < count; i++) memcpy(column + 4 * TK_PANEL * (first + i), bits + i, 4);
    return;
  }
  for (size_t i = 0; i < TK_LANES; i++) bits[i] = nearest_bfloat16(bits[i]);
  for (size_t i = 0; i < count; i += 2) {
    uint32_t pair = bits[i] | bits[i + 1] << 16;
    memcpy(column + 4 * TK_PANEL * ((first + i) / 2), &pair, 4);
  }
}

void tk_pack(const float *matrix, size_t columns, size_t depth, tk_precision precision,
             size_t firstColumn, void *packed) {
  size_t panelSize = tk_panel_size(depth, precision);
  for (size_t begin = 0, end; begin < columns; begin = end) {
    size_t inPanel = (firstColumn + begin) % TK_PANEL;
    end = begin + TK_PANEL - inPanel < columns ? begin + TK_PANEL - inPanel : columns;
    char *panel = (char *)packed + (firstColumn + begin) / TK_PANEL * panelSize;
    // A few elements of all columns at a time: what is written stays in the cache until it is full.
    for (size_t first = 0; first < depth; first += TK_LANES) {
      size_t count = depth - first < TK_LANES ? depth - first : TK_LANES;
      for (size_t i = begin; i < end; i++)
        pack_part(matrix + i * depth, first, count, precision, panel + 4 * (inPanel + i - begin));
    }
  }
}

void tk_checksum(const void *bytes, size_t count, uint64_t *state) {
  const char *from = bytes;
  for (; count > 0; from += 64) {
    uint64_t next[8] = {0};
    size_t own = count < 64 ? count : 64;
    memcpy(next, from, own);
    for (size_t i = 0; i < 8; i++) {
      state[i] += next[i] + 1;
      state[8 + i] += state[i];
    }
    count -= own;
  }
}

bool tk_all_finite(const float *values, size_t count) {
  uint32_t found = 0;
  for (size_t i = 0; i < count; i++) {
    uint32_t bits;
    memcpy(&bits, values + i, sizeof bits);
    found |= (bits & 0x7f800000) == 0x7f800000;
  }
  return !found;
}
