// Words that stand together: a phrase, a phrase within a window, and NEAR and ADJ over such.
//
// Documents first: a conjunction over the terms of all slots, rarest first. Positions are read in
// matches(), for documents that have every word. The score is that of the AND of the words.
#pragma once

#include <cstdint>
#include <vector>

#include "execution/conjunction.h"
#include "execution/operator.h"
#include "execution/slot.h"

namespace stemma::execution {

enum class Arrangement {
  one_phrase,  ///< a single operand
  near,        ///< any order
  adjacent,    ///< this order
};

class Phrase final : public Operator {
 public:
  /// Operands in the order of the query, each with at least one slot.
  Phrase(std::vector<Operand> operands, Arrangement arrangement, std::uint32_t window,
         Interrupt& interrupt);

  Ordinal next() override;
  Ordinal seek(Ordinal target) override;
  [[nodiscard]] bool matches() override;
  [[nodiscard]] double add_score(double sum, double length_part) override;
  [[nodiscard]] std::uint64_t cost() const override { return common_.cost(); }

 private:
  std::vector<Operand> operands_;
  Arrangement arrangement_;
  std::uint32_t window_;
  Conjunction<TermCursor> common_;
};

}  // namespace stemma::execution
