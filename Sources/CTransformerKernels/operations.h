// Included once by each implementation, with its instructions switched on: all of the arithmetic.
// Before it, KERNELS names the table, HAS_FMA and HAS_BFLOAT16 say what the CPU has, and
// TILE_VECTORS and TILE_ROWS how much of a product its registers hold.

#include "numbers.h"
#include "operands.h"
#include "tile.h"
#include "products.h"
#include "attention.h"
#include "rows.h"

const tk_kernels KERNELS = {
    .hasBFloat16 = HAS_BFLOAT16,
    .makeOperands = make_operands,
    .multiply = multiply,
    .normalize = normalize,
    .attend = attend,
    .pool = pool,
    .addPositions = add_positions,
};
