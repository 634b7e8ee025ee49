// The documents that all of several cursors have: the rarest leads, the others follow.
//
// The lead proposes; each other cursor is moved to the proposal, and the first that lands behind it
// sends the lead there. Rarer cursors are asked first, since they refuse most often.
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

#include "execution/interrupt.h"
#include "execution/term_cursor.h"
#include "stemma/types.h"

namespace stemma::execution {

/// Views cursors that it does not own; there is at least one.
template <class Cursor>
requires DocumentCursor<Cursor>
class Conjunction {
 public:
  Conjunction(std::vector<Cursor*> cursors, Interrupt& interrupt)
      : cursors_(std::move(cursors)), interrupt_(interrupt) {
    std::stable_sort(cursors_.begin(), cursors_.end(),
                     [](const Cursor* a, const Cursor* b) { return a->cost() < b->cost(); });
  }

  /// The first common document from where the lead stands.
  Ordinal first() { return align(cursors_.front()->doc()); }
  Ordinal next() { return align(cursors_.front()->next()); }
  Ordinal seek(Ordinal target) { return align(cursors_.front()->seek(target)); }
  [[nodiscard]] std::uint64_t cost() const { return cursors_.front()->cost(); }

 private:
  Ordinal align(Ordinal proposal) {
    while (proposal != kEndOfList) {
      interrupt_.tick();
      const Ordinal refused = first_refusal(proposal);
      if (refused == proposal) return proposal;
      proposal = cursors_.front()->seek(refused);
    }
    return kEndOfList;
  }
  // Where the first cursor that has not `proposal` stands instead; `proposal` if all have it.
  Ordinal first_refusal(Ordinal proposal) {
    for (std::size_t i = 1; i < cursors_.size(); ++i) {
      const Ordinal doc = cursors_[i]->seek(proposal);
      if (doc != proposal) return doc;
    }
    return proposal;
  }

  std::vector<Cursor*> cursors_;
  Interrupt& interrupt_;
};

}  // namespace stemma::execution
