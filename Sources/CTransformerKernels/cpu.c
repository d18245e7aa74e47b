#include "kernels.h"

#if defined(__x86_64__)
#include <cpuid.h>

typedef struct {
  unsigned a, b, c, d;
} leaf;

static leaf cpuid(unsigned number, unsigned part) {
  leaf found = {0};
  (void)__get_cpuid_count(number, part, &found.a, &found.b, &found.c, &found.d);
  return found;
}

static bool has(unsigned word, unsigned bit) { return word >> bit & 1; }

/// Which registers the operating system saves: bits 1 and 2 those of AVX, 5 to 7 of AVX-512.
static uint64_t saved_registers(void) {
  if (!has(cpuid(1, 0).c, 27)) return 0;
  uint32_t low, high;
  __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return (uint64_t)high << 32 | low;
}

static bool has_avx2(void) {
  return (saved_registers() & 0x6) == 0x6 && has(cpuid(1, 0).c, 12) && has(cpuid(7, 0).b, 5);
}

static bool has_avx512(void) {
  unsigned b = cpuid(7, 0).b;
  return has_avx2() && (saved_registers() & 0xe6) == 0xe6 && has(b, 16) && has(b, 17) &&
         has(b, 30) && has(b, 31);
}

static bool has_avx512_bf16(void) { return has_avx512() && has(cpuid(7, 1).a, 5); }

/// AMD's cores do twice the work with VDPBF16PS. Intel's (Sapphire Rapids, measured) take longer
/// for it than for the two FMAs that it stands for, which give the same bits.
static bool gains_by_bf16(void) { return cpuid(0, 0).b == 0x68747541; }  // "Auth", enticAMD
#else
static bool gains_by_bf16(void) { return true; }
#endif

const char *tk_cpu_name(tk_cpu cpu) {
  switch (cpu) {
    case TK_CPU_PORTABLE: return "portable";
    case TK_CPU_NEON: return "neon";
    case TK_CPU_AVX2: return "avx2";
    case TK_CPU_AVX512: return "avx512";
    case TK_CPU_AVX512_BF16: return "avx512bf16";
  }
  return "unknown";
}

const tk_kernels *tk_kernels_for(tk_cpu cpu) {
  switch (cpu) {
    case TK_CPU_PORTABLE: return &tk_portable;
#if defined(__x86_64__)
    case TK_CPU_AVX2: return has_avx2() ? &tk_avx2 : 0;
    case TK_CPU_AVX512: return has_avx512() ? &tk_avx512 : 0;
    case TK_CPU_AVX512_BF16: return has_avx512_bf16() ? &tk_avx512bf16 : 0;
#elif defined(__aarch64__)
    case TK_CPU_NEON: return &tk_neon;
#endif
    default: return 0;
  }
}

bool tk_cpu_is_available(tk_cpu cpu) { return tk_kernels_for(cpu) != 0; }

tk_cpu tk_cpu_best(void) {
  int cpu = TK_CPU_COUNT - 1;
  if (cpu == TK_CPU_AVX512_BF16 && !gains_by_bf16()) cpu--;
  while (cpu > TK_CPU_PORTABLE && !tk_cpu_is_available((tk_cpu)cpu)) cpu--;
  return (tk_cpu)cpu;
}
