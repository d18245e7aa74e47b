// Included once by each implementation: sixteen numbers at a time, and the functions of them that
// an encoder needs. The compiler makes of sixteen lanes what the CPU has.

#pragma STDC FP_CONTRACT OFF
// Every function that takes vectors is inlined, so how they would be passed does not matter.
#pragma clang diagnostic ignored "-Wpsabi"

#define INLINE static inline __attribute__((always_inline, unused))
#define UNROLLED _Pragma("clang loop unroll(full)")

typedef float floats __attribute__((ext_vector_type(TK_LANES)));
typedef int32_t ints __attribute__((ext_vector_type(TK_LANES)));
typedef uint32_t words __attribute__((ext_vector_type(TK_LANES)));
typedef uint16_t halves __attribute__((ext_vector_type(TK_LANES)));

INLINE floats load(const float *from) {
  floats values;
  memcpy(&values, from, sizeof values);
  return values;
}

INLINE void store(floats values, float *to) { memcpy(to, &values, sizeof values); }

INLINE words load_words(const void *from) {
  words values;
  memcpy(&values, from, sizeof values);
  return values;
}

INLINE floats splat(float value) { return (floats)value; }

/// a × b + c, rounded once where the CPU can.
INLINE floats fused(floats a, floats b, floats c) {
#if HAS_FMA
  return __builtin_elementwise_fma(a, b, c);
#else
  return a * b + c;
#endif
}

INLINE floats larger(floats a, floats b) { return a > b ? a : b; }
INLINE floats smaller(floats a, floats b) { return a < b ? a : b; }

/// The lanes before `count`; 0, or `other`, in the rest.
INLINE floats first_lanes(floats values, size_t count, float other) {
  const ints lanes = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
  return lanes < (int32_t)count ? values : splat(other);
}

INLINE float sum_of(floats v) {
  __typeof__(v.lo) eight = v.lo + v.hi;
  __typeof__(eight.lo) four = eight.lo + eight.hi;
  return (four.x + four.z) + (four.y + four.w);
}

INLINE float largest_of(floats v) {
  __typeof__(v.lo) eight = v.lo > v.hi ? v.lo : v.hi;
  __typeof__(eight.lo) four = eight.lo > eight.hi ? eight.lo : eight.hi;
  float even = four.x > four.z ? four.x : four.z, odd = four.y > four.w ? four.y : four.w;
  return even > odd ? even : odd;
}

/// Nearest bfloat16, ties to even, in the upper halves of the words.
INLINE words rounded_words(floats values) {
  words bits = (words)values;
  return (bits + 0x7fff + (bits >> 16 & 1)) & 0xffff0000;
}

/// 2^x for x ≤ 0, to 2e-7; what would be smaller than 2^-126 is 2^-126. The polynomial is the
/// minimax one of the relative error on [-1/2, 1/2], found by Remez' exchange.
INLINE floats power_of_two(floats x) {
  // Adding 1.5 × 2^23 leaves no bits for a fraction: the nearest whole number, in the low bits too.
  const float rounder = 12582912;
  x = larger(x, splat(-126));
  floats shifted = x + rounder;
  floats rest = x - (shifted - rounder);
  floats power = splat(0.0013276487f);
  power = fused(power, rest, splat(0.0096755404f));
  power = fused(power, rest, splat(0.055507132f));
  power = fused(power, rest, splat(0.2402212f));
  power = fused(power, rest, splat(0.69314697f));
  power = fused(power, rest, splat(1.0000001f));
  // The exponent is added to the number's own.
  return (floats)((words)power + ((words)shifted << 23));
}

#define LOG2_E 1.44269504f

/// x Φ(x), Φ by erfc of the magnitude, so that nothing cancels. Source: Abramowitz and Stegun,
/// Handbook of Mathematical Functions, 7.1.26 (error of erf at most 1.5e-7).
INLINE floats gelu(floats x) {
  floats magnitude = (floats)((words)x & 0x7fffffff);
  floats t = 1 / fused(magnitude, splat(0.3275911f * 0.70710678f), splat(1));
  floats series = splat(1.061405429f);
  series = fused(series, t, splat(-1.453152027f));
  series = fused(series, t, splat(1.421413741f));
  series = fused(series, t, splat(-0.284496736f));
  series = fused(series, t, splat(0.254829592f));
  floats tail = 0.5f * (series * t) * power_of_two(x * x * (-0.5f * LOG2_E));
  return x * (x < 0 ? tail : 1 - tail);
}

/// x / (1 + e^(−2u)), u = √(2/π) (x + 0.044715 x³): the tanh form, as BERT's first code had it.
INLINE floats gelu_tanh(floats x) {
  floats u = x * fused(x * x, splat(0.044715f), splat(1)) * 0.79788456f;
  floats magnitude = (floats)((words)u & 0x7fffffff);
  floats power = power_of_two(magnitude * (-2 * LOG2_E));
  // e^(−2|u|) never overflows; for negative u the quotient is turned round.
  return x * (u < 0 ? power : splat(1)) / (1 + power);
}
