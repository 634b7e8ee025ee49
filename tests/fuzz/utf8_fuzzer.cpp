// Any bytes decode to valid UTF-8; decoding is idempotent; valid UTF-8 is left alone; a stream cut
// anywhere decodes as the whole.
#include <cstdint>
#include <string>
#include <string_view>

#include "fuzz/require.h"
#include "text/encoding.h"
#include "text/utf8.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace stemma;  // NOLINT: the one function of this file
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  const text::Decoded decoded = text::to_utf8(bytes);
  require(text::is_valid_utf8(decoded.text), "the output is UTF-8");
  require(decoded.replaced_bytes <= size, "no more bytes are replaced than there are");
  const std::size_t mark = text::byte_order_mark(bytes).length_bytes;
  if (mark == 0 && text::is_valid_utf8(bytes)) require(decoded.text == bytes, "UTF-8 is kept");
  if (text::byte_order_mark(decoded.text).length_bytes == 0) {
    const text::Decoded again = text::to_utf8(decoded.text);
    require(again.text == decoded.text && again.replaced_bytes == 0, "decoding is idempotent");
  }
  const std::string escaped = text::escape_bad_bytes(bytes);
  require(text::is_valid_utf8(escaped), "escaped bytes are UTF-8");
  if (size < 2) return 0;
  for (const std::string_view encoding : {"UTF-16LE", "UTF-16BE", "Shift_JIS", "windows-1252"}) {
    text::StreamDecoder whole(encoding);
    text::StreamDecoder parts(encoding);
    const std::size_t cut = data[0] % size;
    const std::string_view all = bytes;
    const std::string once = whole.decode(all, true);
    std::string twice = parts.decode(all.substr(0, cut), false);
    twice += parts.decode(all.substr(cut), true);
    require(once == twice, "a stream decodes as the whole");
    require(whole.replaced_bytes() == parts.replaced_bytes(), "and counts as the whole");
    require(text::is_valid_utf8(once), "a stream gives UTF-8");
  }
  return 0;
}
