// See printable.h.
#include "printable.h"

#include <cstddef>

namespace stemma::command {

namespace {

constexpr char kHex[] = "0123456789abcdef";

bool within(char32_t value, char32_t first, char32_t last) {
  return first <= value && value <= last;
}

void append_byte_escape(std::string& out, unsigned char byte) {
  out += "\\x";
  out += kHex[byte >> 4U];
  out += kHex[byte & 15U];
}

void append_code_point_escape(std::string& out, char32_t value) {
  out += "\\u";
  for (unsigned shift = 16; shift > 0; shift -= 4) out += kHex[(value >> (shift - 4)) & 15U];
}

bool is_line_space(char32_t value) {
  return within(value, '\t', '\r') || value == 0x2028 || value == 0x2029;
}

bool is_blank(char32_t value) {
  return value == ' ' || is_line_space(value) || value == 0x85 || value == 0xA0 ||
         value == 0x1680 || within(value, 0x2000, 0x200A) || value == 0x202F || value == 0x205F ||
         value == 0x3000;
}

}  // namespace

Character character_at(std::string_view text, std::size_t offset) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[offset + i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return {lead, 1, true};
  const Character bad{0xFFFD, 1, false};
  const std::uint32_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() - offset < size) return bad;
  char32_t value = lead & (0x7FU >> size);
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xC0U) != 0x80) return bad;
    value = (value << 6U) | (byte(i) & 0x3FU);
  }
  const bool overlong = (size == 3 && value < 0x800) || (size == 4 && value < 0x10000);
  if (overlong || value > 0x10FFFF || within(value, 0xD800, 0xDFFF)) return bad;
  return {value, size, true};
}

bool is_control(char32_t value) {
  return value < 0x20 || within(value, 0x7F, 0x9F) || value == 0x061C ||
         within(value, 0x200E, 0x200F) || within(value, 0x202A, 0x202E) ||
         within(value, 0x2066, 0x2069);
}

std::string printable(std::string_view text, Lines lines) {
  std::string out;
  out.reserve(text.size());
  bool in_line_space = false;
  for (std::size_t at = 0; at < text.size();) {
    const Character next = character_at(text, at);
    const std::string_view bytes = text.substr(at, next.size);
    at += next.size;
    const bool after_line_space = in_line_space;
    in_line_space = next.valid && is_line_space(next.value);
    const bool line_end = next.value == '\r' && at < text.size() && text[at] == '\n';
    if (!next.valid) {
      append_byte_escape(out, static_cast<unsigned char>(bytes.front()));
    } else if (lines == Lines::join && is_line_space(next.value)) {
      if (!after_line_space) out += ' ';
    } else if (lines == Lines::keep && line_end) {
      continue;  // "\r\n" is a line end; the '\n' follows
    } else if (!is_control(next.value) ||
               (lines == Lines::keep && (next.value == '\n' || next.value == '\t'))) {
      out += bytes;
    } else if (next.value < 0x80) {
      append_byte_escape(out, static_cast<unsigned char>(next.value));
    } else {
      append_code_point_escape(out, next.value);
    }
  }
  return out;
}

std::string valid_utf8(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const Character next = character_at(text, at);
    out += next.valid ? text.substr(at, next.size) : std::string_view("\xEF\xBF\xBD");
    at += next.size;
  }
  return out;
}

std::string percent_escaped(std::string_view text) {
  constexpr char kUpperHex[] = "0123456789ABCDEF";
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const Character next = character_at(text, at);
    const std::string_view bytes = text.substr(at, next.size);
    at += next.size;
    if (next.valid && next.value != '%' && !is_blank(next.value) && !is_control(next.value)) {
      out += bytes;
      continue;
    }
    for (const char c : bytes) {
      const auto byte = static_cast<unsigned char>(c);
      out += '%';
      out += kUpperHex[byte >> 4U];
      out += kUpperHex[byte & 15U];
    }
  }
  return out;
}

}  // namespace stemma::command
