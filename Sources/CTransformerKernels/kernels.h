#ifndef LOCI_KERNELS_H
#define LOCI_KERNELS_H

#include "CTransformerKernels.h"

/// What each file that includes operations.h fills in.
struct tk_kernels {
  /// Whether bfloat16 operands are stored as such; else as float32 that were rounded to it.
  bool hasBFloat16;
  void (*makeOperands)(const float *values, size_t length, tk_precision precision, void *operands);
  void (*multiply)(const tk_product *product);
  void (*normalize)(float *rows, size_t count, size_t length, const float *weight,
                    const float *bias, float epsilon, tk_precision precision, void *operands);
  void (*attend)(const tk_attention *attention);
  void (*pool)(const float *rows, size_t tokens, size_t length, tk_pooling pooling, float *vector);
  void (*addPositions)(float *rows, const float *positions, size_t tokens, size_t stride);
};

extern const tk_kernels tk_portable;
#if defined(__x86_64__)
extern const tk_kernels tk_avx2, tk_avx512, tk_avx512bf16;
#elif defined(__aarch64__)
extern const tk_kernels tk_neon;
#endif

static inline size_t tk_operand_size(const tk_kernels *kernels, tk_precision precision) {
  return precision == TK_BFLOAT16 && kernels->hasBFloat16 ? 2 : 4;
}

/// The bytes of one panel of a packed matrix.
static inline size_t tk_panel_size(size_t depth, tk_precision precision) {
  return TK_PANEL * 4 * (precision == TK_BFLOAT16 ? (depth + 1) / 2 : depth);
}

#endif
