// A cursor over terms that stand for one word: one list as it is, or the union of several.
//
// In a union the counts of the terms add up and their positions are merged; to the operators above
// it is one term. Nearly every word is a single list, so that case is inline.
#pragma once

#include <concepts>
#include <cstdint>
#include <span>
#include <vector>

#include "segment/posting_cursor.h"
#include "stemma/types.h"

namespace stemma::execution {

/// What a conjunction needs of what it joins.
template <class C>
concept DocumentCursor = requires(C& cursor, const C& at, Ordinal target) {
  { at.doc() } -> std::same_as<Ordinal>;             // kEndOfList once exhausted
  { cursor.next() } -> std::same_as<Ordinal>;        // legal when exhausted
  { cursor.seek(target) } -> std::same_as<Ordinal>;  // first doc >= target
  { at.cost() } -> std::same_as<std::uint64_t>;      // documents at most
};

/// Movable, not copyable. The segment must outlive it.
class TermCursor {
 public:
  /// Empty lists are legal; no list at all is an empty cursor.
  explicit TermCursor(std::vector<segment::PostingCursor> lists);

  [[nodiscard]] Ordinal doc() const { return doc_; }
  Ordinal next() { return doc_ = more_.empty() ? first_.next() : next_of_union(); }
  Ordinal seek(Ordinal target) {
    if (doc_ >= target) return doc_;
    return doc_ = more_.empty() ? first_.seek(target) : seek_of_union(target);
  }
  [[nodiscard]] std::uint64_t cost() const { return cost_; }

  // Of the present document.
  [[nodiscard]] std::uint32_t term_frequency() {
    return more_.empty() ? first_.term_frequency() : frequency_of_union();
  }
  /// Ascending, no repeats. Valid until the next call on this cursor.
  [[nodiscard]] std::span<const std::uint32_t> positions() {
    return more_.empty() ? first_.positions() : positions_of_union();
  }

 private:
  Ordinal next_of_union();
  Ordinal seek_of_union(Ordinal target);
  [[nodiscard]] Ordinal lowest() const;
  std::uint32_t frequency_of_union();
  std::span<const std::uint32_t> positions_of_union();

  Ordinal doc_ = kEndOfList;
  segment::PostingCursor first_;
  std::vector<segment::PostingCursor> more_;
  std::vector<std::uint32_t> merged_;  // positions of a union, reused
  std::uint64_t cost_ = 0;
};
static_assert(DocumentCursor<TermCursor>);

/// Sorts and removes repeats.
void normalise_positions(std::vector<std::uint32_t>& positions);

}  // namespace stemma::execution
