// BM25 as Xapian's BM25Weight(k1, 0, 0, b, 0) computes it (Robertson & Zaragoza 2009): pure
// functions, the same bits everywhere. No query-length part, no minimum normalised length.
//
// The order of the arithmetic is Xapian's too: log(odds) · boost · (k1 + 1), a length divided by
// multiplying with 1/average. Change nothing here for speed; two scores must tie where they tied.
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

/// The weight of a term by its rarity, times `boost`: Xapian's formula, in which a very common term
/// never weighs less than nothing.
[[nodiscard]] double term_weight(const Bm25& bm25, std::uint64_t documents,
                                 std::uint64_t document_frequency, double boost = 1);

/// The saturated term frequency, in [0, 1): what the term weight is multiplied with.
[[nodiscard]] double tf_part(const Bm25& bm25, std::uint32_t term_frequency, std::uint32_t length,
                             double average_length);

/// The document frequency of terms that stand for one word: at most every document.
[[nodiscard]] constexpr std::uint64_t union_document_frequency(std::uint64_t documents,
                                                               std::uint64_t sum) {
  return sum < documents ? sum : documents;
}

/// tf_part() in two steps, so that what belongs to the document is computed once for all leaves of
/// a query; the same bits as tf_part().
class TermFrequencyPart {
 public:
  TermFrequencyPart(const Bm25& bm25, double average_length)
      : k1_(bm25.k1),
        b_(bm25.b),
        length_factor_(average_length == 0 ? 0.0 : 1.0 / average_length) {}

  /// What a document's length adds to the denominator.
  [[nodiscard]] double length_part(std::uint32_t length) const {
    return k1_ * (static_cast<double>(length) * length_factor_ * b_ + (1 - b_));
  }
  [[nodiscard]] static double value(double length_part, std::uint32_t term_frequency) {
    const auto tf = static_cast<double>(term_frequency);
    const double denominator = length_part + tf;
    return denominator == 0 ? 0.0 : tf / denominator;
  }

 private:
  double k1_;
  double b_;
  double length_factor_;
};

}  // namespace stemma::scoring
