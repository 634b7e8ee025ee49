// AND: the documents that every child has; the scores of all children.
//
// AllWords is the common case, an AND of plain words, with its cursors as values; AllOf takes any
// operators.
#pragma once

#include <vector>

#include "execution/conjunction.h"
#include "execution/operator.h"
#include "execution/term.h"

namespace stemma::execution {

class AllWords final : public Operator {
 public:
  /// In the order of the query; at least one.
  AllWords(std::vector<WeightedCursor> words, Interrupt& interrupt);

  Ordinal next() override;
  Ordinal seek(Ordinal target) override;
  [[nodiscard]] double add_score(double sum, double length_part) override;
  void collect(Window& window) override;
  [[nodiscard]] std::uint64_t cost() const override { return common_.cost(); }

 private:
  std::vector<WeightedCursor> words_;
  Conjunction<TermCursor> common_;
};

class AllOf final : public Operator {
 public:
  /// In the order of the query; at least one, none null.
  AllOf(std::vector<OperatorPtr> children, Interrupt& interrupt);

  Ordinal next() override;
  Ordinal seek(Ordinal target) override;
  [[nodiscard]] bool matches() override;
  [[nodiscard]] double add_score(double sum, double length_part) override;
  [[nodiscard]] std::uint64_t cost() const override { return common_.cost(); }

 private:
  std::vector<OperatorPtr> children_;
  Conjunction<Operator> common_;
};

}  // namespace stemma::execution
