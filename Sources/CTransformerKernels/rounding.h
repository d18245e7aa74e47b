#ifndef LOCI_ROUNDING_H
#define LOCI_ROUNDING_H

#include <stdint.h>

// The thread's mode of floating-point arithmetic: round to nearest, denormal numbers count as 0 and
// become 0. It is the mode of VDPBF16PS, whatever the thread's own is.
#if defined(__x86_64__)
typedef unsigned tk_mode;
static inline tk_mode tk_flush_denormals(void) {
  tk_mode mode = __builtin_ia32_stmxcsr();
  __builtin_ia32_ldmxcsr(0x9fc0);  // flush to zero, denormals are zeros, all exceptions masked
  return mode;
}
static inline void tk_restore(tk_mode mode) { __builtin_ia32_ldmxcsr(mode); }
#elif defined(__aarch64__)
typedef uint64_t tk_mode;
static inline tk_mode tk_flush_denormals(void) {
  tk_mode mode;
  __asm__ volatile("mrs %0, fpcr" : "=r"(mode));
  __asm__ volatile("msr fpcr, %0" : : "r"((uint64_t)1 << 24) : "memory");
  return mode;
}
static inline void tk_restore(tk_mode mode) {
  __asm__ volatile("msr fpcr, %0" : : "r"(mode) : "memory");
}
#else
typedef int tk_mode;
static inline tk_mode tk_flush_denormals(void) { return 0; }
static inline void tk_restore(tk_mode mode) { (void)mode; }
#endif

#endif
