// XOR: the documents that an odd number of children have; the scores of those that have it.
#pragma once

#include <vector>

#include "execution/disjunction.h"
#include "execution/operator.h"

namespace stemma::execution {

class OneOf final : public Operator {
 public:
  /// In the order of the query; none null.
  OneOf(std::vector<OperatorPtr> children, Interrupt& interrupt);

  Ordinal next() override;
  Ordinal seek(Ordinal target) override;
  [[nodiscard]] bool matches() override { return any_.verify() % 2 == 1; }
  [[nodiscard]] double add_score(double sum, double length_part) override {
    return any_.add_score(sum, length_part);
  }
  [[nodiscard]] std::uint64_t cost() const override { return any_.cost(); }

 private:
  Disjunction any_;
};

}  // namespace stemma::execution
