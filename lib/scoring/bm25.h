// BM25 as Xapian's BM25Weight(k1, 0, 0, b, 0) computes it (Robertson & Zaragoza 2009): pure
// functions, the same bits everywhere. No query-length part, no minimum normalised length.
#pragma once

#include <cmath>
#include <cstdint>

namespace stemma::scoring {

struct Bm25 {
  double k1 = 1.2;
  double b = 0.9;
};

/// What a collection tells of itself.
struct Collection {
  std::uint64_t documents = 0;
  std::uint64_t total_length = 0;
  [[nodiscard]] double average_length() const {
    return documents == 0 ? 0.0
                          : static_cast<double>(total_length) / static_cast<double>(documents);
  }
};

/// The weight of a term by its rarity, before boosts: Xapian's formula, in which a very common term
/// never weighs less than nothing.
[[nodiscard]] double term_weight(const Bm25& bm25, std::uint64_t documents,
                                 std::uint64_t document_frequency);

/// The saturated term frequency, in [0, 1): what the term weight is multiplied with.
[[nodiscard]] double tf_part(const Bm25& bm25, std::uint32_t term_frequency, std::uint32_t length,
                             double average_length);

}  // namespace stemma::scoring
