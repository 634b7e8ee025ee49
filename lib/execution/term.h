// One word: its documents, and its share of their scores.
#pragma once

#include "execution/operator.h"
#include "execution/term_cursor.h"

namespace stemma::execution {

/// A word that scores only if it has a weight (field filters and patterns have none).
struct WeightedCursor {
  WeightedCursor(TermCursor cursor, double leaf_weight, bool has_weight)
      : terms(std::move(cursor)), weight(leaf_weight), weighted(has_weight) {}

  [[nodiscard]] double add_score(double sum, double length_part) {
    if (!weighted) return sum;
    return sum + weight * scoring::TermFrequencyPart::value(length_part, terms.term_frequency());
  }

  TermCursor terms;
  double weight;
  bool weighted;
};

class Term final : public Operator {
 public:
  Term(WeightedCursor word, Interrupt& interrupt);

  Ordinal next() override;
  Ordinal seek(Ordinal target) override;
  [[nodiscard]] double add_score(double sum, double length_part) override;
  void collect(Window& window) override;
  [[nodiscard]] std::uint64_t cost() const override { return word_.terms.cost(); }

 private:
  WeightedCursor word_;
};

}  // namespace stemma::execution
