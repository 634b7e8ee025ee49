// Seeds and random text for property tests: small alphabets that meet every rule often.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <random>
#include <string>
#include <string_view>

#include "text/utf8.h"

namespace stemma::testing {

/// Runs `property(random)` for seeds 1 to `count`; a failure names its seed.
template <class Property>
void for_all_seeds(std::uint32_t count, Property property) {
  for (std::uint32_t seed = 1; seed <= count; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    property(random);
    if (::testing::Test::HasFatalFailure()) return;
  }
}

inline std::uint32_t below(std::mt19937& random, std::size_t bound) {
  return static_cast<std::uint32_t>(random() % bound);
}

/// Up to `max_size` of the letters of `alphabet` (U"…"), as UTF-8.
inline std::string any_text(std::mt19937& random, std::u32string_view alphabet,
                            std::size_t max_size) {
  std::string out;
  const std::size_t size = below(random, max_size + 1);
  for (std::size_t i = 0; i < size; ++i) {
    text::append_utf8(out, alphabet[below(random, alphabet.size())]);
  }
  return out;
}

/// Any bytes; every other text is biased to those that begin and continue UTF-8.
inline std::string any_bytes(std::mt19937& random, std::size_t max_size) {
  static constexpr std::string_view kTelling =
      "a \xc3\xa9\xe2\x80\x99\xf0\x9f\x98\xed\xa0\xc0\xff\xad";
  const bool biased = below(random, 2) == 0;
  std::string out;
  const std::size_t size = below(random, max_size + 1);
  for (std::size_t i = 0; i < size; ++i) {
    out.push_back(biased ? kTelling[below(random, kTelling.size())]
                         : static_cast<char>(below(random, 256)));
  }
  return out;
}

}  // namespace stemma::testing
