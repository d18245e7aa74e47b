#include "kernels.h"

#if defined(__x86_64__)
#include <string.h>

#define KERNELS tk_avx2
#define HAS_FMA 1
#define HAS_BFLOAT16 0
#define TILE_VECTORS 1
#define TILE_ROWS 6

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#include "operations.h"
#pragma clang attribute pop
#endif
