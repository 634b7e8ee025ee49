// The documents that any of several operators has, and which of them have it.
//
// A heap of children by their present document; those of the lowest document form its top, so they
// are found by walking down from there, without looking at the others.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "execution/operator.h"

namespace stemma::execution {

/// What OR and XOR share.
class Disjunction {
 public:
  /// In the order of the query; none null.
  explicit Disjunction(std::vector<OperatorPtr> children);

  [[nodiscard]] Ordinal doc() const { return heap_.empty() ? kEndOfList : heap_.front().doc; }
  Ordinal next();
  Ordinal seek(Ordinal target);
  /// Asks every child that stands at doc() whether it matches; how many do.
  std::size_t verify();
  /// `sum` with the scores of the children that matched, in the order of the query.
  [[nodiscard]] double add_score(double sum, double length_part) const;
  [[nodiscard]] std::uint64_t cost() const;
  [[nodiscard]] const std::vector<OperatorPtr>& children() const { return children_; }

 private:
  struct Entry {
    Ordinal doc;
    std::uint32_t child;
  };
  void sink_top();
  void move_top(Ordinal doc);

  std::vector<OperatorPtr> children_;
  std::vector<Entry> heap_;             // lowest document first
  std::vector<std::uint32_t> visit_;    // heap places still to look at, reused
  std::vector<std::uint32_t> matched_;  // children that match at doc(), ascending
};

}  // namespace stemma::execution
