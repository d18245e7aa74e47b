#ifndef LOCI_KERNEL_CHECKS_H
#define LOCI_KERNEL_CHECKS_H

#include <stddef.h>
#include <stdint.h>

// Every implementation that this machine has, on random shapes, against double precision, and
// those that promise the same bits against each other. In C, so that they run under an emulator,
// too.

/// Fails where a sum, an activation or a rounding is wrong; `report` then says what was.
/// Returns the number of implementations that were compared, or −1.
int check_products(uint64_t seed, char *report, size_t capacity);
/// The same for layer normalisation.
int check_normalization(uint64_t seed, char *report, size_t capacity);
/// The same for attention.
int check_attention(uint64_t seed, char *report, size_t capacity);
/// The same for pooling.
int check_pooling(uint64_t seed, char *report, size_t capacity);
/// A whole encoder: the bits of a text's states are the same alone and among others.
int check_encoder(uint64_t seed, char *report, size_t capacity);

#endif
