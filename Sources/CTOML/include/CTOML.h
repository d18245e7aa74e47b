// TOML for Swift: the part of toml++ that configuration needs, behind a C interface.

#ifndef LOCI_CTOML_H
#define LOCI_CTOML_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A document: its values, or what is wrong with it.
typedef struct LociTOML LociTOML;

typedef enum {
  LOCI_TOML_TEXT,
  LOCI_TOML_INTEGER,
  LOCI_TOML_NUMBER,
  LOCI_TOML_BOOLEAN,
  /// A date, an array or an empty table: kinds that no setting has.
  LOCI_TOML_OTHER,
} LociTOMLKind;

/// A value, by its dotted path. The pointers live as long as the document; neither text holds a
/// zero byte beyond its length, but either may hold one inside.
typedef struct {
  const char *key;
  size_t key_length;
  LociTOMLKind kind;
  const char *text;
  size_t text_length;
  int64_t integer;
  double number;
  bool boolean;
  uint32_t line;
} LociTOMLValue;

/// What is wrong with a document, and where, from 1.
typedef struct {
  const char *message;
  uint32_t line;
  uint32_t column;
} LociTOMLError;

/// Parses bytes. Free the answer with loci_toml_free; NULL only where memory ran out.
LociTOML *loci_toml_parse(const char *bytes, size_t count);
void loci_toml_free(LociTOML *document);

/// What is wrong; false where nothing is.
bool loci_toml_error(const LociTOML *document, LociTOMLError *error);

/// The number of values, in the order of their keys; 0 where something is wrong.
size_t loci_toml_count(const LociTOML *document);
/// The value at an index below the count.
LociTOMLValue loci_toml_value(const LociTOML *document, size_t index);

#ifdef __cplusplus
}
#endif

#endif
