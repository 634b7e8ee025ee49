// Queries without scores are sets of documents: patterns, ranges, "everything", and AND, OR, XOR
// and NOT of them.
//
// A set is bits, so that counting is counting bits and, every score being 0, the best k are its
// first k. If only the first k documents of a pattern are wanted, no bits are needed either: what
// lies behind the k-th that was found so far is passed over, which is nearly all.
#pragma once

#include "execution/bitmap.h"
#include "execution/condition.h"
#include "execution/plan.h"
#include "execution/ranking.h"
#include "snapshot/snapshot.h"

namespace stemma::execution {

/// Whether `plan` is made of nothing but sets; words without weight count as such.
[[nodiscard]] bool is_document_set(const PlanNode& plan);

/// The documents of a set in a segment, deleted ones too.
[[nodiscard]] Bitmap documents_of(const PlanNode& plan, const segment::Segment& segment,
                                  Interrupt& interrupt);
/// Of a pattern.
[[nodiscard]] Bitmap documents_of_pattern(const query::Node& pattern,
                                          const segment::Segment& segment, Interrupt& interrupt);

/// Offers the first documents of a set, and counts all of them if `count`. Segments must come in
/// the order of their documents.
void rank_set(const PlanNode& plan, const snapshot::SegmentView& view, bool count,
              Interrupt& interrupt, Ranking& ranking);

/// The document is, or is not, of the set, whose bits are made at the first question. All arguments
/// must outlive it.
[[nodiscard]] ConditionPtr set_condition(const PlanNode& plan, bool wanted,
                                         const segment::Segment& segment, Interrupt& interrupt);

}  // namespace stemma::execution
