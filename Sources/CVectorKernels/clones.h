#ifndef LOCI_CLONES_H
#define LOCI_CLONES_H

// The loops are plain C; the compiler makes a version for each kind of CPU named here, and the
// loader picks one. Elsewhere (aarch64, macOS) one version is made for the target as it is.
#if defined(__x86_64__) && defined(__linux__)
#define CLONES_WIDE __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#define CLONES_POPCOUNT __attribute__((target_clones("avx512vpopcntdq", "avx2", "default")))
#else
#define CLONES_WIDE
#define CLONES_POPCOUNT
#endif

#endif
