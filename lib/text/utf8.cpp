// The table of well-formed byte sequences (Unicode 15, table 3-7) as code: the first byte gives the
// length and, for four of them, a narrower range of the second byte.
#include "text/utf8.h"

#include <cstring>

namespace stemma::text {
namespace {

struct LeadByte {
  std::uint32_t size = 0;  // 0: no code point starts with this byte
  std::uint8_t low = 0x80;
  std::uint8_t high = 0xbf;  // of the second byte
};

constexpr LeadByte lead_byte(std::uint8_t byte) {
  if (byte >= 0xc2 && byte <= 0xdf) return {2, 0x80, 0xbf};
  if (byte == 0xe0) return {3, 0xa0, 0xbf};
  if (byte == 0xed) return {3, 0x80, 0x9f};
  if (byte >= 0xe1 && byte <= 0xef) return {3, 0x80, 0xbf};
  if (byte == 0xf0) return {4, 0x90, 0xbf};
  if (byte >= 0xf1 && byte <= 0xf3) return {4, 0x80, 0xbf};
  if (byte == 0xf4) return {4, 0x80, 0x8f};
  return {};
}

}  // namespace

DecodedCharacter decode_beyond_ascii(std::string_view text, std::size_t at) {
  const auto byte_at = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
  const std::uint8_t first = byte_at(at);
  const LeadByte lead = lead_byte(first);
  if (lead.size == 0) return {};
  char32_t code = first & (0xffU >> (lead.size + 1));
  for (std::uint32_t used = 1; used < lead.size; ++used) {
    if (at + used >= text.size()) return {kReplacement, used, false};
    const std::uint8_t next = byte_at(at + used);
    const std::uint8_t low = used == 1 ? lead.low : 0x80;
    const std::uint8_t high = used == 1 ? lead.high : 0xbf;
    if (next < low || next > high) return {kReplacement, used, false};
    code = (code << 6) | (next & 0x3fU);
  }
  return {code, lead.size, true};
}

void append_utf8(std::string& out, char32_t code) {
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) code = kReplacement;
  const auto put = [&](char32_t value) { out.push_back(static_cast<char>(value)); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xc0 | (code >> 6));
    put(0x80 | (code & 0x3f));
  } else if (code < 0x10000) {
    put(0xe0 | (code >> 12));
    put(0x80 | ((code >> 6) & 0x3f));
    put(0x80 | (code & 0x3f));
  } else {
    put(0xf0 | (code >> 18));
    put(0x80 | ((code >> 12) & 0x3f));
    put(0x80 | ((code >> 6) & 0x3f));
    put(0x80 | (code & 0x3f));
  }
}

RepairedText repair_utf8(std::string_view text) {
  RepairedText repaired;
  repaired.text.reserve(text.size());
  std::size_t copied = 0;
  for (std::size_t at = 0; at < text.size();) {
    if (static_cast<std::uint8_t>(text[at]) < 0x80) {
      ++at;
      continue;
    }
    const DecodedCharacter decoded = decode_utf8(text, at);
    if (!decoded.valid) {
      repaired.text.append(text, copied, at - copied);
      append_utf8(repaired.text, kReplacement);
      ++repaired.bad_places;
      copied = at + decoded.size;
    }
    at += decoded.size;
  }
  repaired.text.append(text, copied, text.size() - copied);
  return repaired;
}

bool is_ascii(std::string_view text) {
  std::size_t at = 0;
  for (; at + 8 <= text.size(); at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + at, 8);
    if ((word & 0x8080'8080'8080'8080U) != 0) return false;
  }
  for (; at < text.size(); ++at) {
    if (static_cast<std::uint8_t>(text[at]) >= 0x80) return false;
  }
  return true;
}

bool is_valid_utf8(std::string_view text) {
  if (is_ascii(text)) return true;
  for (std::size_t at = 0; at < text.size();) {
    const DecodedCharacter decoded = decode_utf8(text, at);
    if (!decoded.valid) return false;
    at += decoded.size;
  }
  return true;
}

std::string_view cut_utf8(std::string_view text, std::size_t max_bytes) {
  if (text.size() <= max_bytes) return text;
  // A code point of well-formed text has at most three continuation bytes to step back over.
  std::size_t end = max_bytes;
  for (int step = 0; step < 3 && end > 0; ++step) {
    if ((static_cast<std::uint8_t>(text[end]) & 0xc0U) != 0x80) break;
    --end;
  }
  if ((static_cast<std::uint8_t>(text[end]) & 0xc0U) == 0x80) end = max_bytes;  // no UTF-8 anyway
  return text.substr(0, end);
}

}  // namespace stemma::text
