// The two JSON scalars that Stemma reads by itself: strings, because half a surrogate pair must
// become U+FFFD instead of failing, and numbers, because digits must not get lost.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "stemma/article.h"

namespace stemma::articles {

struct Unescaped {
  std::string text;
  std::uint64_t replaced_bytes = 0;  ///< of half surrogate pairs
};

/// The string that starts behind its opening quote at the beginning of `json`, up to its closing
/// quote. Throws BadInput at a wrong escape or a missing quote.
[[nodiscard]] Unescaped unescape(std::string_view json);

/// A number, or its text where a binary64 could not give it back: an integer from 2^53 on (an id,
/// hardly a quantity) or something beyond 1e308. Throws BadInput if it is no JSON number.
[[nodiscard]] MetadataValue number_value(std::string_view token);

}  // namespace stemma::articles
