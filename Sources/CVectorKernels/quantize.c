#include <string.h>

#include "CVectorKernels.h"
#include "clones.h"

// Everything here goes into stored codes, so it must give the same bits on every CPU: sums have a
// fixed order (eight partial sums), products that are added are exact in double precision, and a
// product and a sum are never fused.
#define PARTS 8

static inline __attribute__((always_inline)) double total(const double parts[PARTS]) {
  double sum = 0;
  for (size_t part = 0; part < PARTS; part++) sum += parts[part];
  return sum;
}

static inline __attribute__((always_inline)) void butterflies(const float *restrict from,
                                                              float *restrict to, size_t half) {
  for (size_t i = 0; i < half; i++) {
    to[2 * i] = from[i] + from[i + half];
    to[2 * i + 1] = from[i] - from[i + half];
  }
}

// Pease's constant-geometry form: every stage has the same access pattern, so every stage
// vectorises. After log2(count) stages the order is the natural one again.
static inline __attribute__((always_inline)) void hadamard(float *values, size_t count,
                                                           float *scratch) {
  size_t stage = 1;
  for (; stage * 2 < count; stage *= 4) {
    butterflies(values, scratch, count / 2);
    butterflies(scratch, values, count / 2);
  }
  if (stage < count) {
    butterflies(values, scratch, count / 2);
    memcpy(values, scratch, count * sizeof(float));
  }
  float scale = (float)(1 / __builtin_sqrt((double)count));
  for (size_t i = 0; i < count; i++) values[i] *= scale;
}

CLONES_WIDE
void vk_rotate(float *values, size_t dimension, size_t block, const float *signs, size_t rounds,
               float *scratch) {
  for (size_t round = 0; round < rounds; round++) {
    for (size_t i = 0; i < dimension; i++) values[i] *= signs[round * dimension + i];
    hadamard(values, block, scratch);
    if (block < dimension) hadamard(values + dimension - block, block, scratch);
  }
}

CLONES_WIDE
float vk_largest_magnitude(const float *values, size_t count) {
  float largest = 0;
  for (size_t i = 0; i < count; i++) {
    float magnitude = values[i] < 0 ? -values[i] : values[i];
    largest = magnitude > largest ? magnitude : largest;
  }
  return largest;
}

CLONES_WIDE
void vk_quantize8(const float *values, size_t count, float factor, int8_t *levels) {
#pragma clang fp contract(off)
  // Adding 1.5 × 2^23 leaves no bits for a fraction: the CPU's own rounding, on every CPU.
  const float rounder = 12582912.0f;
  for (size_t i = 0; i < count; i++) {
    float scaled = values[i] * factor;
    levels[i] = (int8_t)(int32_t)((scaled + rounder) - rounder);
  }
}

CLONES_WIDE
void vk_project8(const float *values, const int8_t *levels, size_t count, double *product,
                 double *square) {
  double parts[PARTS] = {0};
  int64_t squares = 0;
  size_t whole = count - count % PARTS;
  for (size_t i = 0; i < whole; i += PARTS)
    for (size_t part = 0; part < PARTS; part++)
      parts[part] += (double)values[i + part] * (double)levels[i + part];
  for (size_t i = whole; i < count; i++)
    parts[i - whole] += (double)values[i] * (double)levels[i];
  for (size_t i = 0; i < count; i++) squares += (int32_t)levels[i] * (int32_t)levels[i];
  *product = total(parts);
  *square = (double)squares;
}

CLONES_WIDE
double vk_residual8(const float *values, const int8_t *levels, size_t count, float scale) {
#pragma clang fp contract(off)
  double parts[PARTS] = {0};
  size_t whole = count - count % PARTS;
  for (size_t i = 0; i < whole; i += PARTS)
    for (size_t part = 0; part < PARTS; part++) {
      double rest = (double)values[i + part] - (double)scale * (double)levels[i + part];
      parts[part] += rest * rest;
    }
  for (size_t i = whole; i < count; i++) {
    double rest = (double)values[i] - (double)scale * (double)levels[i];
    parts[i - whole] += rest * rest;
  }
  return total(parts);
}

CLONES_WIDE
double vk_dot(const float *a, const float *b, size_t count) {
  double parts[PARTS] = {0};
  size_t whole = count - count % PARTS;
  for (size_t i = 0; i < whole; i += PARTS)
    for (size_t part = 0; part < PARTS; part++)
      parts[part] += (double)a[i + part] * (double)b[i + part];
  for (size_t i = whole; i < count; i++) parts[i - whole] += (double)a[i] * (double)b[i];
  return total(parts);
}
