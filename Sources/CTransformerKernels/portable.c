#include "kernels.h"

#include <string.h>

// A product and a sum are rounded one by one, since a fused one may be a slow call here: other bits
// than with FMA, as good.
#define KERNELS tk_portable
#define HAS_FMA 0
#define HAS_BFLOAT16 0
#define TILE_VECTORS 1
#define TILE_ROWS 2

#include "operations.h"
