#include "kernels.h"

// Every 64-bit Arm has NEON with FMA.
#if defined(__aarch64__)
#include <string.h>

#define KERNELS tk_neon
#define HAS_FMA 1
#define HAS_BFLOAT16 0
#define TILE_VECTORS 1
#define TILE_ROWS 6

#include "operations.h"
#endif
