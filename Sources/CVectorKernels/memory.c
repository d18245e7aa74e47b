#if defined(__linux__)
#define _DEFAULT_SOURCE
#include <sys/mman.h>
#endif

#include "CVectorKernels.h"

void vk_prefer_huge_pages(void *memory, size_t byteCount) {
#if defined(__linux__)
  (void)madvise(memory, byteCount, MADV_HUGEPAGE);
#else
  (void)memory;
  (void)byteCount;
#endif
}
