#include <stdbool.h>
#include <string.h>

#include "CVectorKernels.h"
#include "clones.h"

typedef uint64_t words8 __attribute__((vector_size(64)));
typedef int32_t ints8 __attribute__((vector_size(32)));
typedef float floats8 __attribute__((vector_size(32)));
typedef int8_t bytes64 __attribute__((vector_size(64)));
typedef bool bits64 __attribute__((ext_vector_type(64)));

CLONES_POPCOUNT
size_t vk_scan_signs(const vk_sign_test *test, const uint64_t *planes, const uint64_t *signs,
                     const float *alignments, size_t count, uint32_t first, uint32_t *passed) {
  size_t words = test->words;
  size_t found = 0;
  for (size_t base = 0; base < count; base += VK_LANES) {
    words8 counts[VK_PLANES] = {0};
    for (size_t word = 0; word < words; word++, signs += VK_LANES) {
      words8 eight;
      memcpy(&eight, signs, sizeof eight);
      for (size_t plane = 0; plane < VK_PLANES; plane++) {
        words8 differing = eight ^ planes[word * VK_PLANES + plane];
        for (size_t lane = 0; lane < VK_LANES; lane++)
          counts[plane][lane] += (uint64_t)__builtin_popcountll(differing[lane]);
      }
    }
    words8 sums = counts[0] + (counts[1] << 1) + (counts[2] << 2) + (counts[3] << 3);
    floats8 dots = __builtin_convertvector(__builtin_convertvector(sums, ints8), floats8);
    floats8 alignment;
    memcpy(&alignment, alignments + base, sizeof alignment);
    floats8 short_by = alignment * test->threshold - (dots * test->step - test->bias);
    floats8 room = test->varianceBase - test->varianceSlope * alignment * alignment;
    ints8 pass = (short_by <= 0) | (short_by * short_by <= room);
    if (!__builtin_reduce_or(pass)) continue;
    for (size_t lane = 0; lane < VK_LANES && base + lane < count; lane++)
      if (pass[lane]) passed[found++] = first + (uint32_t)(base + lane);
  }
  return found;
}

CLONES_WIDE
int64_t vk_pack_signs(const int8_t *levels, size_t words, uint64_t *signs) {
  int64_t magnitudes = 0;
  for (size_t word = 0; word < words; word++, levels += 64) {
    bytes64 own;
    memcpy(&own, levels, sizeof own);
    bits64 negative = __builtin_convertvector(own < 0, bits64);
    memcpy(&signs[word * VK_LANES], &negative, sizeof(uint64_t));
    int32_t sum = 0;
    for (size_t i = 0; i < 64; i++) sum += levels[i] < 0 ? -levels[i] : levels[i];
    magnitudes += sum;
  }
  return magnitudes;
}

CLONES_WIDE
void vk_estimate_levels(const int16_t *query, size_t width, float factor, float slack,
                        const int8_t *levels, const float *scales, const float *residuals,
                        const uint32_t *slots, size_t count, float *estimates, float *margins) {
  const size_t ahead = 4;
  for (size_t i = 0; i < count; i++) {
    if (i + ahead < count)
      for (size_t line = 0; line < width; line += 64)
        __builtin_prefetch(levels + slots[i + ahead] * width + line);
    const int8_t *own = levels + slots[i] * width;
    int32_t sum = 0;
    for (size_t j = 0; j < width; j++) sum += (int32_t)query[j] * (int32_t)own[j];
    estimates[i] = factor * scales[slots[i]] * (float)sum;
  }
  for (size_t i = 0; i < count; i++) {
    float magnitude = (estimates[i] < 0 ? -estimates[i] : estimates[i]) - slack;
    if (magnitude < 0) magnitude = 0;
    float rest = 1 - magnitude * magnitude;
    margins[i] = residuals[slots[i]] * __builtin_elementwise_sqrt(rest < 0 ? 0 : rest) + slack;
  }
}
