// AND NOT: the documents of the first child that the second has not; the score of the first.
#pragma once

#include "execution/operator.h"

namespace stemma::execution {

class Without final : public Operator {
 public:
  /// Neither may be null.
  Without(OperatorPtr wanted, OperatorPtr unwanted, Interrupt& interrupt);

  Ordinal next() override;
  Ordinal seek(Ordinal target) override;
  [[nodiscard]] bool matches() override;
  [[nodiscard]] double add_score(double sum, double length_part) override {
    return wanted_->add_score(sum, length_part);
  }
  [[nodiscard]] std::uint64_t cost() const override { return wanted_->cost(); }

 private:
  OperatorPtr wanted_;
  OperatorPtr unwanted_;
};

}  // namespace stemma::execution
