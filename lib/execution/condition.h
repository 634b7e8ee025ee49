// What a document must be or must not be, beside having the words: the last question asked of a
// candidate, so the dearest come here.
//
// A phrase of consecutive words reads positions itself, a range its column (range.h), a pattern is
// a set (document_set.h); every other condition is a walking operator that is moved to the
// candidate. Candidates come in ascending order; where a search goes over a segment again, the
// operator is built anew.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "execution/bitmap.h"
#include "execution/leaf_list.h"
#include "execution/operator.h"
#include "execution/plan.h"

namespace stemma::execution {

class Condition {
 public:
  Condition() = default;
  virtual ~Condition() = default;
  Condition(const Condition&) = delete;
  Condition& operator=(const Condition&) = delete;

  /// `postings[i]` is where `doc` stands in the list of the query's leaf i.
  [[nodiscard]] virtual bool holds(Ordinal doc, std::span<const PostingIndex> postings) = 0;
  /// All documents that it is about, where that costs less than asking for a good part of them;
  /// null if not. holds() is being one of them or, without wants_members(), not being one.
  [[nodiscard]] virtual const Bitmap* members() { return nullptr; }
  [[nodiscard]] virtual bool wants_members() const { return true; }
};

using ConditionPtr = std::unique_ptr<Condition>;

/// `plan` matches the document, or does not match it.
[[nodiscard]] ConditionPtr operator_condition(const PlanNode& plan, bool wanted,
                                              const segment::Segment& segment,
                                              Interrupt& interrupt);

/// Leaves [first, first + size) of the query stand at consecutive positions. Null unless all of
/// them are verbatim words; `lists` are those of all leaves, and must outlive the condition.
[[nodiscard]] ConditionPtr phrase_condition(std::span<LeafList> lists, std::size_t first,
                                            std::size_t size);

}  // namespace stemma::execution
