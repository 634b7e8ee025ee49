// Bytes of unknown encoding become UTF-8.
//
// A byte order mark decides. Without one, text that is valid UTF-8 is UTF-8; text that mostly is
// stays UTF-8 with its bad bytes replaced; anything else is in the encoding that its author
// declared or, failing that, the one ICU finds likeliest. Nothing is refused: bytes that fit
// nothing become U+FFFD, one for each maximal ill-formed part (Unicode 15, section 3.9), and are
// counted.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace stemma::text {

struct Decoded {
  std::string text;                  ///< valid UTF-8, without a byte order mark
  std::uint64_t replaced_bytes = 0;  ///< bytes of the input that became U+FFFD
};

/// `bytes` as UTF-8; valid UTF-8 is moved through without a copy. `declared` is the encoding named
/// by the document itself (a header, a meta element), believed only where UTF-8 does not fit; a
/// name that ICU does not know is ignored.
[[nodiscard]] Decoded to_utf8(std::string bytes, std::string_view declared = {});

/// ICU's name of the likeliest encoding of bytes that are not UTF-8; empty if none is likely.
/// Reads at most 64 KiB, from shortly before the first byte that is not ASCII.
[[nodiscard]] std::string detect_encoding(std::string_view bytes);

/// What a byte order mark says: the encoding's name (empty if there is none) and how long it is.
struct ByteOrderMark {
  std::string_view encoding;
  std::size_t length_bytes = 0;
};
[[nodiscard]] ByteOrderMark byte_order_mark(std::string_view bytes);

/// `text` with each byte that is not part of valid UTF-8 written as \xHH.
[[nodiscard]] std::string escape_bad_bytes(std::string_view text);

/// Decodes a stream piece by piece; a character may lie across pieces.
class StreamDecoder {
 public:
  /// Throws Error{invalid_argument} if ICU does not know `encoding`.
  explicit StreamDecoder(std::string_view encoding);
  ~StreamDecoder();
  StreamDecoder(StreamDecoder&&) noexcept;
  StreamDecoder& operator=(StreamDecoder&&) noexcept;

  /// The characters that `bytes` complete. `last`: the stream ends here.
  [[nodiscard]] std::string decode(std::string_view bytes, bool last);
  [[nodiscard]] std::uint64_t replaced_bytes() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace stemma::text
