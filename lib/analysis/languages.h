// The languages that have a Snowball stemmer, in one table, and the many names people give them.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace stemma::analysis {

struct Language {
  std::string_view code;      ///< canonical: ISO 639-1
  std::string_view snowball;  ///< libstemmer's name, which is the English name too
  std::string_view aliases;   ///< ISO 639-2 and -3 codes and other names, separated by spaces
};

/// Index into language_table().
using LanguageId = std::uint8_t;
inline constexpr LanguageId kNoLanguage = 0xff;

/// Sorted by code.
[[nodiscard]] std::span<const Language> language_table();

/// kNoLanguage if no stemmer answers to `name`. Case and what follows '-' or '_' ("en-GB") are
/// ignored.
[[nodiscard]] LanguageId find_language(std::string_view name);

}  // namespace stemma::analysis
