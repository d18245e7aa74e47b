// The only place that sees toml++. No exception leaves it.

#define TOML_EXCEPTIONS 0
#define TOML_UNRELEASED_FEATURES 0
#include <toml++/toml.h>

#include "CTOML.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace {

struct Value {
  std::string key;
  LociTOMLKind kind = LOCI_TOML_OTHER;
  std::string text;
  int64_t integer = 0;
  double number = 0;
  bool boolean = false;
  uint32_t line = 0;
};

Value leaf(const std::string &key, const toml::node &node) {
  Value value;
  value.key = key;
  value.line = node.source().begin.line;
  if (const auto *text = node.as_string()) {
    value.kind = LOCI_TOML_TEXT;
    value.text = text->get();
  } else if (const auto *integer = node.as_integer()) {
    value.kind = LOCI_TOML_INTEGER;
    value.integer = integer->get();
  } else if (const auto *number = node.as_floating_point()) {
    value.kind = LOCI_TOML_NUMBER;
    value.number = number->get();
  } else if (const auto *boolean = node.as_boolean()) {
    value.kind = LOCI_TOML_BOOLEAN;
    value.boolean = boolean->get();
  }
  return value;
}

void flatten(const toml::table &table, const std::string &prefix, std::vector<Value> &values) {
  for (const auto &[name, node] : table) {
    const std::string key = prefix + std::string(std::string_view(name));
    const toml::table *inner = node.as_table();
    if (inner != nullptr && !inner->empty()) {
      flatten(*inner, key + ".", values);
    } else {
      values.push_back(leaf(key, node));
    }
  }
}

}  // namespace

struct LociTOML {
  std::vector<Value> values;
  bool failed = false;
  std::string message;
  toml::source_position position{};
};

extern "C" {

LociTOML *loci_toml_parse(const char *bytes, size_t count) {
  try {
    auto document = std::make_unique<LociTOML>();
    const auto result = toml::parse(std::string_view(bytes, count));
    if (result) {
      flatten(result.table(), "", document->values);
    } else {
      document->failed = true;
      document->message = std::string(result.error().description());
      document->position = result.error().source().begin;
    }
    return document.release();
  } catch (...) {
    return nullptr;
  }
}

void loci_toml_free(LociTOML *document) { delete document; }

bool loci_toml_error(const LociTOML *document, LociTOMLError *error) {
  if (!document->failed) return false;
  *error = {document->message.c_str(), document->position.line, document->position.column};
  return true;
}

size_t loci_toml_count(const LociTOML *document) { return document->values.size(); }

LociTOMLValue loci_toml_value(const LociTOML *document, size_t index) {
  const Value &value = document->values[index];
  return {value.key.data(), value.key.size(), value.kind, value.text.data(), value.text.size(),
          value.integer, value.number, value.boolean, value.line};
}

}  // extern "C"
