#include "LociKernelChecks.h"

#include <math.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "CTransformerKernels.h"

// MARK: Random numbers and memory

static uint64_t state;

static uint32_t next(void) {
  state = state * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)(state >> 32);
}

static size_t upto(size_t limit) { return 1 + next() % limit; }

/// From −1 to 1; now and then 0, or so small that it counts as 0.
static float number(void) {
  uint32_t kind = next() % 50;
  if (kind == 0) return 0;
  if (kind == 1) return 1e-40f;
  return (float)((double)next() / 2147483648.0 - 1);
}

/// Memory of exactly that size, so that a sanitizer sees what reaches beyond it.
static void *room(size_t size) {
  void *memory = aligned_alloc(64, (size + 63) / 64 * 64);
  memset(memory, 0, (size + 63) / 64 * 64);
  return memory;
}

/// Rows with room for whole lanes, 0 beyond their length.
static float *rows_of(size_t count, size_t length, float scale, float offset) {
  float *values = room(4 * count * tk_padded(length));
  for (size_t row = 0; row < count; row++)
    for (size_t i = 0; i < length; i++)
      values[row * tk_padded(length) + i] = scale * number() + offset;
  return values;
}

static int fail(char *report, size_t capacity, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(report, capacity, format, arguments);
  va_end(arguments);
  return -1;
}

static bool has_fma(int cpu) { return cpu != TK_CPU_PORTABLE; }

// MARK: What the arithmetic should give

/// What a product takes of a number.
static double taken(float value, tk_precision precision) {
  if (fabsf(value) < 1.17549435e-38f) return 0;
  if (precision == TK_FLOAT32) return value;
  uint32_t bits;
  memcpy(&bits, &value, sizeof bits);
  bits = (bits + 0x7fff + (bits >> 16 & 1)) & 0xffff0000;
  memcpy(&value, &bits, sizeof bits);
  return value;
}

static double activated(double x, tk_epilogue epilogue) {
  switch (epilogue) {
    case TK_GELU: return x * 0.5 * erfc(-x / sqrt(2));
    case TK_GELU_TANH: return x * 0.5 * (1 + tanh(0.7978845608028654 * (x + 0.044715 * x * x * x)));
    case TK_RELU: return x > 0 ? x : 0;
    default: return x;
  }
}

/// How far an operand may be from its value, beyond what its sum may.
static double rounding(double value, tk_precision precision) {
  return precision == TK_BFLOAT16 ? fabs(value) / 256 : fabs(value) * 1e-6;
}

static float operand_at(const void *row, size_t index, bool isHalf) {
  uint32_t bits = 0;
  float value;
  if (isHalf) {
    uint16_t half;
    memcpy(&half, (const char *)row + 2 * index, sizeof half);
    bits = (uint32_t)half << 16;
  } else {
    memcpy(&bits, (const char *)row + 4 * index, sizeof bits);
  }
  memcpy(&value, &bits, sizeof value);
  return value;
}

static bool is_half(const tk_kernels *kernels, tk_precision precision) {
  return tk_operand_row(kernels, TK_LANES, precision) == 2 * TK_LANES;
}

/// Rows of operands as float32.
static float *widened(const tk_kernels *kernels, const void *operands, size_t count, size_t length,
                      tk_precision precision) {
  float *values = room(4 * count * tk_padded(length));
  size_t stride = tk_operand_row(kernels, length, precision);
  for (size_t row = 0; row < count; row++)
    for (size_t i = 0; i < tk_padded(length); i++)
      values[row * tk_padded(length) + i] =
          operand_at((const char *)operands + row * stride, i, is_half(kernels, precision));
  return values;
}

static void *operands_of(const tk_kernels *kernels, const float *rows, size_t count, size_t length,
                         tk_precision precision) {
  size_t stride = tk_operand_row(kernels, length, precision);
  // A pair of an odd head may reach one element beyond the last row.
  char *operands = room(count * stride + 4);
  for (size_t row = 0; row < count; row++)
    tk_make_operands(kernels, rows + row * tk_padded(length), length, precision,
                     operands + row * stride);
  return operands;
}

/// Keeps the first result of those that promise the same bits, and compares the others with it.
static bool same_bits(int cpu, float **first, float *values, size_t count) {
  if (!has_fma(cpu)) {
    free(values);
    return true;
  }
  if (!*first) {
    *first = values;
    return true;
  }
  bool same = memcmp(*first, values, 4 * count) == 0;
  free(values);
  return same;
}

// MARK: Checks

int check_products(uint64_t seed, char *report, size_t capacity) {
  state = seed;
  size_t rows = upto(30), columns = upto(170), depth = upto(150);
  tk_precision precision = next() % 2 ? TK_BFLOAT16 : TK_FLOAT32;
  tk_epilogue epilogue = (tk_epilogue)(next() % 5);
  float *left = rows_of(rows, depth, 2, 0), *bias = rows_of(1, columns, 1, 0);
  float *added = rows_of(rows, columns, 1, 0);
  float *matrix = room(4 * columns * depth);
  for (size_t i = 0; i < columns * depth; i++) matrix[i] = number();
  char *packed = room(tk_packed_size(columns, depth, precision));
  size_t cut = next() % columns;  // in two parts, as queries, keys and values are
  tk_pack(matrix, cut, depth, precision, 0, packed);
  tk_pack(matrix + cut * depth, columns - cut, depth, precision, cut, packed);

  float *first = 0;
  int compared = 0;
  for (int cpu = 0; cpu < TK_CPU_COUNT; cpu++) {
    const tk_kernels *kernels = tk_kernels_for((tk_cpu)cpu);
    if (!kernels) continue;
    size_t width = tk_padded(columns);
    void *operands = operands_of(kernels, left, rows, depth, precision);
    float *result = room(4 * rows * width);
    memcpy(result, added, 4 * rows * width);
    void *stored = room(rows * tk_operand_row(kernels, columns, precision));
    tk_product product = {.rows = rows,
                          .columns = columns,
                          .depth = depth,
                          .precision = precision,
                          .epilogue = epilogue,
                          .left = operands,
                          .packed = packed,
                          .bias = bias,
                          .floats = result,
                          .operands = stored};
    tk_multiply(kernels, &product);
    if (epilogue != TK_ADD) {
      free(result);
      result = widened(kernels, stored, rows, columns, precision);
    }
    free(stored);
    free(operands);
    for (size_t row = 0; row < rows; row++)
      for (size_t column = 0; column < columns; column++) {
        double sum = 0, size = 1;
        for (size_t k = 0; k < depth; k++) {
          double term = taken(left[row * tk_padded(depth) + k], precision) *
                        taken(matrix[column * depth + k], precision);
          sum += term;
          size += fabs(term);
        }
        double value = sum + bias[column], found = result[row * width + column], room = size * 1e-6;
        if (epilogue == TK_ADD) value += added[row * width + column];
        else {
          value = activated(value, epilogue);
          room += rounding(value, precision);
        }
        if (!(fabs(found - value) <= room))
          return fail(report, capacity, "%s: %g in place of %g (%zu × %zu × %zu, %d, %d)",
                      tk_cpu_name((tk_cpu)cpu), found, value, rows, columns, depth, precision,
                      epilogue);
      }
    if (!same_bits(cpu, &first, result, rows * width))
      return fail(report, capacity, "%s: other bits (%zu × %zu × %zu, %d, %d)",
                  tk_cpu_name((tk_cpu)cpu), rows, columns, depth, precision, epilogue);
    compared++;
  }
  free(first), free(left), free(bias), free(added), free(matrix), free(packed);
  return compared;
}

int check_normalization(uint64_t seed, char *report, size_t capacity) {
  state = seed;
  size_t rows = upto(9), length = upto(400);
  tk_precision precision = next() % 2 ? TK_BFLOAT16 : TK_FLOAT32;
  float *values = rows_of(rows, length, 3, 1), *weight = rows_of(1, length, 1, 1);
  float *bias = rows_of(1, length, 1, 0), *first = 0, *firstOperands = 0;
  size_t width = tk_padded(length);
  const double epsilon = 1e-5;
  int compared = 0;
  for (int cpu = 0; cpu < TK_CPU_COUNT; cpu++) {
    const tk_kernels *kernels = tk_kernels_for((tk_cpu)cpu);
    if (!kernels) continue;
    float *result = room(4 * rows * width);
    memcpy(result, values, 4 * rows * width);
    void *stored = room(rows * tk_operand_row(kernels, length, precision));
    tk_normalize(kernels, result, rows, length, weight, bias, (float)epsilon, precision, stored);
    float *operands = widened(kernels, stored, rows, length, precision);
    free(stored);
    for (size_t row = 0; row < rows; row++) {
      const float *own = values + row * width;
      double mean = 0, variance = 0;
      for (size_t i = 0; i < length; i++) mean += own[i] / (double)length;
      for (size_t i = 0; i < length; i++)
        variance += (own[i] - mean) * (own[i] - mean) / (double)length;
      for (size_t i = 0; i < width; i++) {
        double value = 0, found = result[row * width + i], operand = operands[row * width + i];
        if (i < length)
          value = (own[i] - mean) / sqrt(variance + epsilon) * weight[i] + bias[i];
        // One number alone is its own mean: what is left of it is rounding.
        double room = length == 1 ? 1e-3 : 2e-5;
        if (!(fabs(found - value) <= room) ||
            !(fabs(operand - value) <= room + rounding(value, precision)))
          return fail(report, capacity, "%s: %g and %g in place of %g (%zu × %zu)",
                      tk_cpu_name((tk_cpu)cpu), found, operand, value, rows, length);
      }
    }
    if (!same_bits(cpu, &first, result, rows * width) ||
        !same_bits(cpu, &firstOperands, operands, rows * width))
      return fail(report, capacity, "%s: other bits (%zu × %zu)", tk_cpu_name((tk_cpu)cpu), rows,
                  length);
    compared++;
  }
  free(first), free(firstOperands), free(values), free(weight), free(bias);
  return compared;
}

int check_attention(uint64_t seed, char *report, size_t capacity) {
  state = seed;
  size_t tokens = upto(150), heads = upto(4), size = upto(80), hidden = heads * size;
  tk_precision precision = next() % 2 ? TK_BFLOAT16 : TK_FLOAT32;
  float *projected = rows_of(tokens, 3 * hidden, 2, 0), *first = 0;
  size_t width = tk_padded(3 * hidden);
  double *scores = malloc(sizeof(double) * tokens);
  int compared = 0;
  for (int cpu = 0; cpu < TK_CPU_COUNT; cpu++) {
    const tk_kernels *kernels = tk_kernels_for((tk_cpu)cpu);
    if (!kernels) continue;
    void *operands = operands_of(kernels, projected, tokens, 3 * hidden, precision);
    void *attended = room(tokens * tk_operand_row(kernels, hidden, precision));
    void *workspace = room(tk_attention_workspace(tokens, size));
    size_t part = next() % heads;  // in two calls, as two threads would
    tk_attention attention = {.tokens = tokens,
                              .heads = heads,
                              .firstHead = part,
                              .headCount = heads - part,
                              .size = size,
                              .precision = precision,
                              .projected = operands,
                              .attended = attended,
                              .workspace = workspace};
    tk_attend(kernels, &attention);
    attention.firstHead = 0, attention.headCount = part;
    tk_attend(kernels, &attention);
    float *result = widened(kernels, attended, tokens, hidden, precision);
    free(operands), free(attended), free(workspace);
    for (size_t token = 0; token < tokens; token++)
      for (size_t head = 0; head < heads; head++) {
        const float *query = projected + token * width + head * size;
        double total = 0, largest = -INFINITY;
        for (size_t other = 0; other < tokens; other++) {
          const float *key = projected + other * width + hidden + head * size;
          scores[other] = 0;
          for (size_t i = 0; i < size; i++)
            scores[other] += taken(query[i], precision) * taken(key[i], precision);
          scores[other] /= sqrt((double)size);
          largest = scores[other] > largest ? scores[other] : largest;
        }
        for (size_t other = 0; other < tokens; other++)
          total += scores[other] = exp(scores[other] - largest);
        for (size_t i = 0; i < size; i++) {
          double value = 0, magnitude = 0, found;
          for (size_t other = 0; other < tokens; other++) {
            double own = projected[other * width + 2 * hidden + head * size + i];
            own = taken((float)own, precision) * scores[other] / total;
            value += own;
            magnitude += fabs(own);
          }
          found = result[token * tk_padded(hidden) + head * size + i];
          double room = magnitude * (precision == TK_BFLOAT16 ? 1.0 / 128 : 1e-5) + 1e-6;
          if (!(fabs(found - value) <= room))
            return fail(report, capacity, "%s: %g in place of %g (%zu tokens, %zu × %zu, %d)",
                        tk_cpu_name((tk_cpu)cpu), found, value, tokens, heads, size, precision);
        }
      }
    if (!same_bits(cpu, &first, result, tokens * tk_padded(hidden)))
      return fail(report, capacity, "%s: other bits (%zu tokens, %zu × %zu, %d)",
                  tk_cpu_name((tk_cpu)cpu), tokens, heads, size, precision);
    compared++;
  }
  free(first), free(projected), free(scores);
  return compared;
}

int check_pooling(uint64_t seed, char *report, size_t capacity) {
  state = seed;
  size_t tokens = upto(40), length = upto(70), width = tk_padded(length);
  tk_pooling pooling = (tk_pooling)(next() % 3);
  float *rows = rows_of(tokens, length, 1, 0), *first = 0;
  int compared = 0;
  for (int cpu = 0; cpu < TK_CPU_COUNT; cpu++) {
    const tk_kernels *kernels = tk_kernels_for((tk_cpu)cpu);
    if (!kernels) continue;
    float *vector = room(4 * width);
    tk_pool(kernels, rows, tokens, length, pooling, vector);
    for (size_t i = 0; i < length; i++) {
      double value = rows[i];
      for (size_t token = 1; token < tokens && pooling != TK_CLS; token++) {
        double own = rows[token * width + i];
        value = pooling == TK_MEAN ? value + own : own > value ? own : value;
      }
      if (!(fabs(value - vector[i]) <= 1e-5))
        return fail(report, capacity, "%s: %g in place of %g (%zu × %zu, %d)",
                    tk_cpu_name((tk_cpu)cpu), (double)vector[i], value, tokens, length, pooling);
    }
    if (!same_bits(cpu, &first, vector, width))
      return fail(report, capacity, "%s: other bits", tk_cpu_name((tk_cpu)cpu));
    compared++;
  }
  free(first), free(rows);
  return compared;
}

// MARK: A whole encoder

static void *packed_matrix(size_t columns, size_t depth, tk_precision precision) {
  float *matrix = room(4 * columns * depth);
  for (size_t i = 0; i < columns * depth; i++) matrix[i] = number() / 2;
  void *packed = room(tk_packed_size(columns, depth, precision));
  tk_pack(matrix, columns, depth, precision, 0, packed);
  free(matrix);
  return packed;
}

#define MOST_TEXTS 6
#define LONGEST 90

int check_encoder(uint64_t seed, char *report, size_t capacity) {
  state = seed;
  size_t heads = upto(3), hidden = heads * upto(24), wide = upto(90);
  tk_precision precision = next() % 2 ? TK_BFLOAT16 : TK_FLOAT32;
  tk_layer layers[2];
  for (size_t i = 0; i < 2; i++)
    layers[i] = (tk_layer){.projection = packed_matrix(3 * hidden, hidden, precision),
                           .output = packed_matrix(hidden, hidden, precision),
                           .widening = packed_matrix(wide, hidden, precision),
                           .narrowing = packed_matrix(hidden, wide, precision),
                           .projectionBias = rows_of(1, 3 * hidden, 1, 0),
                           .outputBias = rows_of(1, hidden, 1, 0),
                           .wideningBias = rows_of(1, wide, 1, 0),
                           .narrowingBias = rows_of(1, hidden, 1, 0),
                           .middleWeight = rows_of(1, hidden, 0.5f, 1),
                           .middleBias = rows_of(1, hidden, 1, 0),
                           .lastWeight = rows_of(1, hidden, 0.5f, 1),
                           .lastBias = rows_of(1, hidden, 1, 0)};
  tk_encoder encoder = {.hidden = hidden,
                        .heads = heads,
                        .wide = wide,
                        .layerCount = 2,
                        .epsilon = 1e-12f,
                        .activation = TK_GELU,
                        .precision = precision,
                        .positions = rows_of(LONGEST, hidden, 1, 0),
                        .firstWeight = rows_of(1, hidden, 0.5f, 1),
                        .firstBias = rows_of(1, hidden, 1, 0),
                        .layers = layers};
  size_t texts = upto(MOST_TEXTS), lengths[MOST_TEXTS], tokens = 0, longest = 0;
  size_t width = tk_padded(hidden);
  for (size_t text = 0; text < texts; text++) {
    lengths[text] = upto(LONGEST);
    tokens += lengths[text];
    longest = lengths[text] > longest ? lengths[text] : longest;
  }
  float *words = rows_of(tokens, hidden, 1, 0), *first = 0;
  int compared = 0, outcome = 0;
  for (int cpu = 0; cpu < TK_CPU_COUNT && outcome == 0; cpu++) {
    const tk_kernels *kernels = tk_kernels_for((tk_cpu)cpu);
    if (!kernels) continue;
    void *workspace = room(tk_encoder_workspace(kernels, &encoder, tokens, longest));
    float *together = room(4 * tokens * width), *alone = room(4 * longest * width);
    memcpy(together, words, 4 * tokens * width);
    tk_encode(kernels, &encoder, lengths, texts, together, workspace);
    for (size_t text = 0, before = 0; text < texts; before += lengths[text++]) {
      memcpy(alone, words + before * width, 4 * lengths[text] * width);
      tk_encode(kernels, &encoder, lengths + text, 1, alone, workspace);
      if (memcmp(alone, together + before * width, 4 * lengths[text] * width) != 0)
        outcome = fail(report, capacity, "%s: a text of %zu tokens has other bits alone",
                       tk_cpu_name((tk_cpu)cpu), lengths[text]);
    }
    free(workspace), free(alone);
    if (!same_bits(cpu, &first, together, tokens * width))
      outcome = fail(report, capacity, "%s: other bits (%zu tokens, %zu × %zu, %zu, %d)",
                     tk_cpu_name((tk_cpu)cpu), tokens, heads, hidden / heads, wide, precision);
    compared++;
  }
  for (size_t i = 0; i < 2; i++) {
    const void *parts[sizeof(tk_layer) / sizeof(void *)];
    memcpy(parts, layers + i, sizeof parts);
    for (size_t part = 0; part < sizeof parts / sizeof *parts; part++) free((void *)parts[part]);
  }
  free((void *)encoder.positions), free((void *)encoder.firstWeight);
  free((void *)encoder.firstBias), free(first), free(words);
  return outcome < 0 ? outcome : compared;
}
