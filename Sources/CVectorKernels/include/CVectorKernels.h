#ifndef LOCI_VECTOR_KERNELS_H
#define LOCI_VECTOR_KERNELS_H

#include <stddef.h>
#include <stdint.h>

// Loops over vectors and their codes. No function allocates, keeps a pointer, or reads or writes
// beyond the lengths that it is given. Pointers of one call do not overlap.

/// Sign words are stored for 8 vectors at a time: word 0 of all eight, then word 1 of all eight, …
#define VK_LANES 8
/// Bits of a query component in the sign scan.
#define VK_PLANES 4

/// Rotates `dimension` values in place: `rounds` times, flip signs (`rounds × dimension` factors
/// of ±1), then an orthonormal Walsh–Hadamard transform of the first `block` values, and of the
/// last `block` values where block < dimension. `block` is a power of two; `scratch` has `block`.
///
/// The same bits come out on every CPU.
void vk_rotate(float *values, size_t dimension, size_t block, const float *signs, size_t rounds,
               float *scratch);

/// The largest of the values' magnitudes; 0 for none.
float vk_largest_magnitude(const float *values, size_t count);

/// levels[i] = values[i] × factor, rounded to nearest, ties to even. The caller sees to the range.
/// The same bits come out on every CPU.
void vk_quantize8(const float *values, size_t count, float factor, int8_t *levels);

/// The sums of values × levels and of levels², the same bits on every CPU.
void vk_project8(const float *values, const int8_t *levels, size_t count, double *product,
                 double *square);

/// The sum of (values − scale × levels)², the same bits on every CPU.
double vk_residual8(const float *values, const int8_t *levels, size_t count, float scale);

/// The sum of a × b in double precision.
double vk_dot(const float *a, const float *b, size_t count);

/// Writes the sign bit of each level (1 = negative), 64 to a word, to signs[0], signs[VK_LANES], …
/// Returns the sum of the levels' magnitudes.
int64_t vk_pack_signs(const int8_t *levels, size_t words, uint64_t *signs);

/// What the sign scan compares: with S = Σ_plane 2^plane · popcount(signs ^ plane),
/// dot = S × step − bias is compared with alignment × threshold; see vk_scan_signs.
typedef struct {
  size_t words;
  float step;
  float bias;
  float threshold;
  float varianceBase;
  float varianceSlope;
} vk_sign_test;

/// Finds the vectors whose sign codes leave room for a cosine of `threshold`.
///
/// With m = max(0, alignment × threshold − dot), a vector passes where
/// m² ≤ varianceBase − varianceSlope × alignment².
/// - planes: words × VK_PLANES words, the planes of a word next to each other.
/// - signs: words × VK_LANES words for each started eight of `count` vectors.
/// - passed: room for `count`; gets first + i for each vector i that passes, ascending.
/// Returns how many passed.
size_t vk_scan_signs(const vk_sign_test *test, const uint64_t *planes, const uint64_t *signs,
                     const float *alignments, size_t count, uint32_t first, uint32_t *passed);

/// Estimates the cosines of some 8-bit codes with a 16-bit query.
///
/// estimates[i] = factor × scales[s] × Σ query × levels of s, s = slots[i];
/// margins[i] = residuals[s] × sqrt(1 − (|estimate| − slack)²) + slack.
/// The caller sees to it that the integer sum fits 32 bits.
/// - width: the length of the query and of each vector's levels.
void vk_estimate_levels(const int16_t *query, size_t width, float factor, float slack,
                        const int8_t *levels, const float *scales, const float *residuals,
                        const uint32_t *slots, size_t count, float *estimates, float *margins);

/// Asks the system to back memory with huge pages, which cost less to touch first and to scan.
/// Only a hint, and only on Linux.
void vk_prefer_huge_pages(void *memory, size_t byteCount);

#endif
