// Decoding: a scan of UTF-8 that knows every ill-formed part, and ICU's converters for the rest.
//
// ICU's own substitution writes U+001A for some converters and does not count, so a callback of
// ours does both. Windows-1252 stands in for Latin-1, as browsers do; the C1 controls it then
// leaves over fit nothing either.
#include "text/encoding.h"

#include <unicode/ucnv.h>
#include <unicode/ucnv_cb.h>
#include <unicode/ucsdet.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "stemma/error.h"
#include "text/utf8.h"

namespace stemma::text {
namespace {

constexpr std::string_view kReplacementText = "\xEF\xBF\xBD";
constexpr std::size_t kDetectBytes = 64U << 10;
constexpr std::size_t kDetectLead = 1U << 10;

std::size_t skip_ascii(std::string_view text, std::size_t at) {
  static constexpr std::uint64_t kHighBits = 0x8080'8080'8080'8080U;
  std::uint64_t word = 0;
  for (; at + sizeof word <= text.size(); at += sizeof word) {
    std::memcpy(&word, text.data() + at, sizeof word);
    if ((word & kHighBits) != 0) break;
  }
  while (at < text.size() && static_cast<std::uint8_t>(text[at]) < 0x80) ++at;
  return at;
}

struct Utf8Scan {
  std::uint64_t characters = 0;  ///< valid ones that are not ASCII
  std::uint64_t bad_parts = 0;
};

Utf8Scan scan(std::string_view text) {
  Utf8Scan result;
  for (std::size_t at = skip_ascii(text, 0); at < text.size(); at = skip_ascii(text, at)) {
    const DecodedCharacter character = decode_utf8(text, at);
    ++(character.valid ? result.characters : result.bad_parts);
    at += character.size;
  }
  return result;
}

/// Copies what is valid and calls `bad(result, part)` for each ill-formed part.
template <class Bad>
std::string copy_valid(std::string_view text, const Bad& bad) {
  std::string result;
  result.reserve(text.size() + text.size() / 8);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t plain_end = skip_ascii(text, at);
    result.append(text.substr(at, plain_end - at));
    at = plain_end;
    if (at == text.size()) break;
    const DecodedCharacter character = decode_utf8(text, at);
    const std::string_view part = text.substr(at, character.size);
    if (character.valid) {
      result.append(part);
    } else {
      bad(result, part);
    }
    at += character.size;
  }
  return result;
}

Decoded repair(std::string_view text) {
  std::uint64_t replaced_bytes = 0;
  std::string repaired = copy_valid(text, [&](std::string& result, std::string_view part) {
    result.append(kReplacementText);
    replaced_bytes += part.size();
  });
  return {std::move(repaired), replaced_bytes};
}

void count_and_replace(const void* context, UConverterToUnicodeArgs* arguments, const char*,
                       std::int32_t length, UConverterCallbackReason reason, UErrorCode* status) {
  if (reason > UCNV_IRREGULAR) return;  // reset, close, clone
  *const_cast<std::uint64_t*>(static_cast<const std::uint64_t*>(context)) +=
      static_cast<std::uint64_t>(length);
  *status = U_ZERO_ERROR;
  const UChar replacement = 0xFFFD;
  ucnv_cbToUWriteUChars(arguments, &replacement, 1, 0, status);
}

/// Latin-1 as browsers read it; other names as they are.
const char* effective_name(const std::string& name) {
  static constexpr std::array<const char*, 3> kLatin1 = {"ISO-8859-1", "US-ASCII", "windows-1252"};
  const bool latin1 = std::any_of(kLatin1.begin(), kLatin1.end(), [&name](const char* other) {
    return ucnv_compareNames(name.c_str(), other) == 0;
  });
  return latin1 ? "windows-1252" : name.c_str();
}

/// Encodings that ICU may guess for text, but that no article is in: EBCDIC, and Unicode forms
/// that count only with a byte order mark.
bool is_plausible(std::string_view name) {
  return name.rfind("IBM", 0) != 0 && name.rfind("UTF", 0) != 0;
}

}  // namespace

struct StreamDecoder::State {
  ~State() {
    if (converter != nullptr) ucnv_close(converter);
  }
  UConverter* converter = nullptr;
  std::uint64_t replaced_bytes = 0;
  char16_t high_surrogate = 0;  ///< waits for its other half
};

StreamDecoder::StreamDecoder(std::string_view encoding) : state_(std::make_unique<State>()) {
  const std::string name(encoding);
  UErrorCode status = U_ZERO_ERROR;
  // An empty name would mean the platform's default: not ours to know.
  if (!name.empty()) state_->converter = ucnv_open(effective_name(name), &status);
  if (state_->converter == nullptr || U_FAILURE(status)) {
    throw Error(Error::Kind::invalid_argument, "unknown text encoding \"" + name + "\"",
                "convert the text to UTF-8 first");
  }
  ucnv_setToUCallBack(state_->converter, count_and_replace, &state_->replaced_bytes, nullptr,
                      nullptr, &status);
}

StreamDecoder::~StreamDecoder() = default;
StreamDecoder::StreamDecoder(StreamDecoder&&) noexcept = default;
StreamDecoder& StreamDecoder::operator=(StreamDecoder&&) noexcept = default;

std::string StreamDecoder::decode(std::string_view bytes, bool last) {
  std::string text;
  text.reserve(bytes.size() + bytes.size() / 2);
  std::array<UChar, 8192> pivot;
  const char* source = bytes.data();
  const char* const source_end = source + bytes.size();
  UErrorCode status = U_ZERO_ERROR;
  do {
    status = U_ZERO_ERROR;
    UChar* target = pivot.data();
    ucnv_toUnicode(state_->converter, &target, pivot.data() + pivot.size(), &source, source_end,
                   nullptr, static_cast<UBool>(last), &status);
    for (const UChar* unit = pivot.data(); unit != target; ++unit) {
      if (U16_IS_LEAD(*unit)) {
        state_->high_surrogate = *unit;
      } else if (U16_IS_TRAIL(*unit)) {
        append_utf8(text,
                    static_cast<char32_t>(U16_GET_SUPPLEMENTARY(state_->high_surrogate, *unit)));
      } else if (*unit >= 0x80 && *unit < 0xA0 && *unit != 0x85) {
        text.append(kReplacementText);
        ++state_->replaced_bytes;
      } else {
        append_utf8(text, *unit);
      }
    }
  } while (status == U_BUFFER_OVERFLOW_ERROR);
  if (U_FAILURE(status)) {
    throw Error(Error::Kind::io, std::string("text conversion failed: ") + u_errorName(status));
  }
  return text;
}

std::uint64_t StreamDecoder::replaced_bytes() const { return state_->replaced_bytes; }

Decoded to_utf8(std::string bytes, std::string_view declared) {
  const ByteOrderMark mark = byte_order_mark(bytes);
  if (mark.length_bytes != 0) {
    const std::string_view rest = std::string_view(bytes).substr(mark.length_bytes);
    if (mark.encoding == "UTF-8") return repair(rest);
    StreamDecoder decoder(mark.encoding);
    std::string text = decoder.decode(rest, true);
    return {std::move(text), decoder.replaced_bytes()};
  }
  const Utf8Scan found = scan(bytes);
  if (found.bad_parts == 0) return {std::move(bytes), 0};
  // A letter that is not ASCII is hardly ever valid UTF-8 by chance, so a text with more good
  // sequences than bad ones is UTF-8 that was damaged.
  if (found.characters > found.bad_parts) return repair(bytes);
  for (const std::string& encoding : {std::string(declared), detect_encoding(bytes)}) {
    // What claims to be a form of Unicode has just been shown to be none.
    if (encoding.empty() || encoding.find_first_of("uU") == 0) continue;
    try {
      StreamDecoder decoder(encoding);
      std::string text = decoder.decode(bytes, true);
      return {std::move(text), decoder.replaced_bytes()};
    } catch (const Error& error) {
      if (error.kind() != Error::Kind::invalid_argument) throw;
    }
  }
  return repair(bytes);
}

std::string escape_bad_bytes(std::string_view text) {
  return copy_valid(text, [](std::string& result, std::string_view part) {
    static constexpr std::string_view kDigits = "0123456789ABCDEF";
    for (const char byte : part) {
      const auto value = static_cast<std::uint8_t>(byte);
      result.append("\\x").append(1, kDigits[value >> 4]).append(1, kDigits[value & 15]);
    }
  });
}

std::string detect_encoding(std::string_view bytes) {
  const std::size_t first = skip_ascii(bytes, 0);
  const std::string_view sample =
      bytes.substr(first > kDetectLead ? first - kDetectLead : 0, kDetectBytes);
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UCharsetDetector, decltype(&ucsdet_close)> detector(ucsdet_open(&status),
                                                                            &ucsdet_close);
  if (U_FAILURE(status)) return {};
  ucsdet_setText(detector.get(), sample.data(), static_cast<std::int32_t>(sample.size()), &status);
  std::int32_t count = 0;
  const UCharsetMatch** const matches = ucsdet_detectAll(detector.get(), &count, &status);
  if (U_FAILURE(status)) return {};
  for (std::int32_t i = 0; i < count; ++i) {  // best first
    const char* const name = ucsdet_getName(matches[i], &status);
    if (U_SUCCESS(status) && is_plausible(name)) return name;
  }
  return {};
}

ByteOrderMark byte_order_mark(std::string_view bytes) {
  using namespace std::string_view_literals;
  // UTF-32 first: its little-endian mark begins with that of UTF-16.
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kMarks = {{
      {"\xFF\xFE\0\0"sv, "UTF-32LE"},
      {"\0\0\xFE\xFF"sv, "UTF-32BE"},
      {"\xEF\xBB\xBF"sv, "UTF-8"},
      {"\xFF\xFE"sv, "UTF-16LE"},
      {"\xFE\xFF"sv, "UTF-16BE"},
  }};
  for (const auto& [mark, encoding] : kMarks) {
    if (bytes.substr(0, mark.size()) == mark) return {encoding, mark.size()};
  }
  return {};
}

}  // namespace stemma::text
