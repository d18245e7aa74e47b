#include "kernels.h"

#if defined(__x86_64__)
#include <immintrin.h>
#include <string.h>

#define KERNELS tk_avx512bf16
#define HAS_FMA 1
#define HAS_BFLOAT16 1
#define TILE_VECTORS 4

#pragma clang attribute push( \
    __attribute__((target("avx2,fma,avx512f,avx512bw,avx512dq,avx512vl,avx512bf16"))), \
    apply_to = function)
#include "operations.h"
#pragma clang attribute pop
#endif
