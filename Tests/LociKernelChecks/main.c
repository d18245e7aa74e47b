#include <stdio.h>
#include <stdlib.h>

#include "CTransformerKernels.h"
#include "LociKernelChecks.h"

// For an emulator and for sanitizers: checks [how many seeds] [the first]
int main(int count, char **arguments) {
  int (*const checks[])(uint64_t, char *, size_t) = {
      check_products, check_normalization, check_attention, check_pooling, check_encoder};
  const char *const names[] = {"products", "normalization", "attention", "pooling", "encoder"};
  uint64_t seeds = count > 1 ? strtoull(arguments[1], 0, 10) : 200;
  uint64_t first = count > 2 ? strtoull(arguments[2], 0, 10) : 1;
  char report[256];
  for (int cpu = 0; cpu < TK_CPU_COUNT; cpu++)
    if (tk_cpu_is_available((tk_cpu)cpu)) printf("%s ", tk_cpu_name((tk_cpu)cpu));
  fflush(stdout);
  for (size_t check = 0; check < sizeof checks / sizeof *checks; check++)
    for (uint64_t seed = first; seed < first + seeds; seed++)
      if (checks[check](seed, report, sizeof report) < 1) {
        printf("\n%s, seed %llu: %s\n", names[check], (unsigned long long)seed, report);
        return 1;
      }
  printf("agree on %llu seeds\n", (unsigned long long)seeds);
  return 0;
}
