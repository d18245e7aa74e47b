// The only place that sees toml++. No exception leaves it.
//
// toml++ 3.3 asserts where it should report: "[[[" ends the process. So its assertions throw here,
// which needs its exceptions, too.

#undef NDEBUG

#include <stdexcept>

[[noreturn]] static void failed_assertion() { throw std::logic_error("unexpected"); }

#define TOML_EXCEPTIONS 1
#define TOML_ASSERT(condition) ((condition) ? void() : failed_assertion())
#include <toml++/toml.h>

#include "CTOML.h"

#include <algorithm>
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

/// toml++ goes one call deeper for each part of a key: this many dots are safe on any stack, and
/// more than any configuration needs.
constexpr std::ptrdiff_t maximum_dots = 2000;

/// Whether toml++ meets a place in the text that it asserts instead of reporting.
bool asserts(std::string_view text) {
  try {
    (void)toml::parse(text);
  } catch (const toml::parse_error &) {
  } catch (const std::logic_error &) {
    return true;
  }
  return false;
}

/// The line of that place: the first that the text can't be cut after without getting rid of it.
uint32_t asserting_line(std::string_view text) {
  std::vector<size_t> ends;
  for (size_t index = 0; index < text.size(); ++index) {
    if (text[index] == '\n') ends.push_back(index + 1);
  }
  const auto place = std::partition_point(
      ends.begin(), ends.end(), [&](size_t end) { return !asserts(text.substr(0, end)); });
  return static_cast<uint32_t>(place - ends.begin()) + 1;
}

}  // namespace

struct LociTOML {
  std::vector<Value> values;
  bool failed = false;
  std::string message;
  toml::source_position position{};

  void fail(std::string_view why, toml::source_position where) {
    failed = true;
    message = why;
    position = where;
  }
};

extern "C" {

LociTOML *loci_toml_parse(const char *bytes, size_t count) {
  try {
    auto document = std::make_unique<LociTOML>();
    const std::string_view text(bytes, count);
    if (std::count(text.begin(), text.end(), '.') > maximum_dots) {
      document->fail("there are more dots than in any configuration", {1, 1});
      return document.release();
    }
    try {
      flatten(toml::parse(text), "", document->values);
    } catch (const toml::parse_error &error) {
      document->fail(error.description(), error.source().begin);
    } catch (const std::logic_error &) {
      document->fail("a key is expected", {asserting_line(text), 1});
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
