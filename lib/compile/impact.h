// A posting's impact: the BM25 tf-part in 255 levels, rounded up, so that a bound made of it never
// prunes a hit. Level 0 means a term frequency of 0 and nothing else.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "scoring/bm25.h"

namespace stemma::compile {

inline constexpr double kImpactLevels = 255;

[[nodiscard]] inline std::uint8_t impact_of(const scoring::Bm25& bm25, std::uint32_t term_frequency,
                                            std::uint32_t length, double average_length) {
  if (term_frequency == 0) return 0;
  const double part = scoring::tf_part(bm25, term_frequency, length, average_length);
  double level = std::ceil(part * kImpactLevels);
  // The product may have been rounded down to a whole number.
  if (level / kImpactLevels < part) ++level;
  if (level < 1) return 1;
  return static_cast<std::uint8_t>(level < kImpactLevels ? level : kImpactLevels);
}

/// impact_of() for one segment, where few lengths and frequencies come again and again.
class Impacts {
 public:
  Impacts(const scoring::Bm25& bm25, double average_length)
      : bm25_(bm25), average_length_(average_length), known_(kLengths * kFrequencies) {}

  [[nodiscard]] std::uint8_t of(std::uint32_t term_frequency, std::uint32_t length) {
    if (term_frequency >= kFrequencies || length >= kLengths) {
      return impact_of(bm25_, term_frequency, length, average_length_);
    }
    std::uint8_t& known = known_[length * kFrequencies + term_frequency];
    if (known == 0) known = impact_of(bm25_, term_frequency, length, average_length_);
    return known;
  }

 private:
  static constexpr std::size_t kLengths = 4096;
  static constexpr std::size_t kFrequencies = 16;
  scoring::Bm25 bm25_;
  double average_length_;
  std::vector<std::uint8_t> known_;  // 0: not yet
};

}  // namespace stemma::compile
