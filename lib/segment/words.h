// The words of a stem or of an accent-folded form: a varint count, then the words front-coded, the
// first against the stem or form itself.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "segment/front_coding.h"

namespace stemma::segment {

[[nodiscard]] inline std::string encode_words(std::string_view text,
                                              std::span<const std::string_view> words) {
  ByteWriter out;
  if (words.empty()) return {};
  out.varint(words.size());
  for (const std::string_view word : words) {
    write_front_coded(text, word, out);
    text = word;
  }
  return out.take();
}

/// Throws Error{corrupt}.
[[nodiscard]] inline std::vector<std::string> decode_words(std::string_view text, Bytes bytes) {
  std::vector<std::string> words;
  if (bytes.empty()) return words;
  ByteReader reader(bytes, "the words of a stem");
  const std::uint64_t count = reader.varint();
  if (count > reader.left()) corrupt("the words of a stem");
  words.reserve(static_cast<std::size_t>(count));
  std::string word(text);
  for (std::uint64_t i = 0; i < count; ++i) {
    read_front_coded(reader, word);
    words.push_back(word);
  }
  if (!reader.empty()) corrupt("the words of a stem");
  return words;
}

}  // namespace stemma::segment
