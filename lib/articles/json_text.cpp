// RFC 8259, sections 6 and 7.
#include "articles/json_text.h"

#include <charconv>
#include <cmath>
#include <cstring>
#include <optional>

#include "articles/byte_source.h"
#include "text/utf8.h"

namespace stemma::articles {
namespace {

/// The next quote or backslash from `at` on, eight bytes a step.
std::size_t find_special(std::string_view json, std::size_t at) {
  static constexpr std::uint64_t kOnes = 0x0101'0101'0101'0101U;
  static constexpr std::uint64_t kHighs = 0x8080'8080'8080'8080U;
  const auto has_zero = [](std::uint64_t word) { return ((word - kOnes) & ~word & kHighs) != 0; };
  std::uint64_t word = 0;
  for (; at + sizeof word <= json.size(); at += sizeof word) {
    std::memcpy(&word, json.data() + at, sizeof word);
    if (has_zero(word ^ (kOnes * '"')) || has_zero(word ^ (kOnes * '\\'))) break;
  }
  while (at < json.size() && json[at] != '"' && json[at] != '\\') ++at;
  return at;
}

/// The four hexadecimal digits at `at`.
std::optional<char32_t> hex4(std::string_view json, std::size_t at) {
  if (at + 4 > json.size()) return std::nullopt;
  std::uint32_t value = 0;
  const char* const end = json.data() + at + 4;
  const auto [stop, error] = std::from_chars(json.data() + at, end, value, 16);
  if (error != std::errc() || stop != end) return std::nullopt;
  return static_cast<char32_t>(value);
}

bool is_high(char32_t unit) { return unit >= 0xD800 && unit < 0xDC00; }
bool is_low(char32_t unit) { return unit >= 0xDC00 && unit < 0xE000; }

/// Appends what \uXXXX stands for, with its other half if it has one; `at` is behind the `u`.
/// Returns the bytes read.
std::size_t append_unicode_escape(Unescaped& result, std::string_view json, std::size_t at) {
  const std::optional<char32_t> unit = hex4(json, at);
  if (!unit) throw BadInput("\\u is not followed by four hexadecimal digits");
  if (is_high(*unit) && json.substr(at + 4, 2) == "\\u") {
    const std::optional<char32_t> low = hex4(json, at + 6);
    if (low && is_low(*low)) {
      text::append_utf8(result.text, 0x10000 + ((*unit - 0xD800) << 10) + (*low - 0xDC00));
      return 10;
    }
  }
  if (is_high(*unit) || is_low(*unit)) {
    text::append_utf8(result.text, text::kReplacement);
    result.replaced_bytes += 6;
  } else {
    text::append_utf8(result.text, *unit);
  }
  return 4;
}

std::optional<char> simple_escape(char letter) {
  switch (letter) {
    case '"':
    case '\\':
    case '/':
      return letter;
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    default:
      return std::nullopt;
  }
}

std::size_t skip_digits(std::string_view token, std::size_t at) {
  while (at < token.size() && token[at] >= '0' && token[at] <= '9') ++at;
  return at;
}

enum class NumberKind { none, integer, real };

NumberKind number_kind(std::string_view token) {
  std::size_t at = token.substr(0, 1) == "-" ? 1 : 0;
  const std::size_t digits = at;
  at = skip_digits(token, at);
  if (at == digits || (token[digits] == '0' && at > digits + 1)) return NumberKind::none;
  if (at == token.size()) return NumberKind::integer;
  if (token[at] == '.') {
    const std::size_t fraction = ++at;
    at = skip_digits(token, at);
    if (at == fraction) return NumberKind::none;
  }
  if (at < token.size() && (token[at] == 'e' || token[at] == 'E')) {
    ++at;
    if (at < token.size() && (token[at] == '+' || token[at] == '-')) ++at;
    const std::size_t exponent = at;
    at = skip_digits(token, at);
    if (at == exponent) return NumberKind::none;
  }
  return at == token.size() ? NumberKind::real : NumberKind::none;
}

}  // namespace

Unescaped unescape(std::string_view json) {
  Unescaped result;
  std::size_t at = 0;
  while (true) {
    const std::size_t special = find_special(json, at);
    if (at == 0) result.text.reserve(special);  // exact for a text without escapes
    result.text.append(json.substr(at, special - at));
    at = special;
    if (at == json.size()) throw BadInput("a string has no closing quote");
    if (json[at] == '"') return result;
    if (at + 1 == json.size()) throw BadInput("a string ends inside an escape");
    const char letter = json[at + 1];
    at += 2;
    if (letter == 'u') {
      at += append_unicode_escape(result, json, at);
    } else if (const std::optional<char> plain = simple_escape(letter)) {
      result.text.push_back(*plain);
    } else {
      throw BadInput(std::string("unknown escape \\") + letter + " in a string");
    }
  }
}

MetadataValue number_value(std::string_view token) {
  static constexpr double kExactIntegers = 9007199254740992.0;  // 2^53
  const NumberKind kind = number_kind(token);
  if (kind == NumberKind::none) throw BadInput("\"" + std::string(token) + "\" is no JSON value");
  double value = 0;
  const auto [stop, error] = std::from_chars(token.data(), token.data() + token.size(), value);
  const bool lost = error != std::errc() || stop != token.data() + token.size() ||
                    (kind == NumberKind::integer && std::abs(value) >= kExactIntegers);
  if (lost) return std::string(token);
  return value;
}

}  // namespace stemma::articles
