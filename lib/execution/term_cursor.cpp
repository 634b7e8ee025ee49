// Unions are small (a word's stems in a few languages): the lowest document is found by looking at
// every list, which beats a heap for fewer than about ten.
#include "execution/term_cursor.h"

#include <algorithm>
#include <utility>

namespace stemma::execution {

void normalise_positions(std::vector<std::uint32_t>& positions) {
  std::sort(positions.begin(), positions.end());
  positions.erase(std::unique(positions.begin(), positions.end()), positions.end());
}

TermCursor::TermCursor(std::vector<segment::PostingCursor> lists) {
  for (const segment::PostingCursor& list : lists) cost_ += list.document_frequency();
  if (lists.empty()) return;
  first_ = std::move(lists.front());
  lists.erase(lists.begin());
  more_ = std::move(lists);
  doc_ = lowest();
}

Ordinal TermCursor::lowest() const {
  Ordinal doc = first_.doc();
  for (const segment::PostingCursor& list : more_) doc = std::min(doc, list.doc());
  return doc;
}

Ordinal TermCursor::next_of_union() {
  if (doc_ == kEndOfList) return doc_;
  if (first_.doc() == doc_) first_.next();
  for (segment::PostingCursor& list : more_) {
    if (list.doc() == doc_) list.next();
  }
  return lowest();
}

Ordinal TermCursor::seek_of_union(Ordinal target) {
  if (first_.doc() < target) first_.seek(target);
  for (segment::PostingCursor& list : more_) {
    if (list.doc() < target) list.seek(target);
  }
  return lowest();
}

std::uint32_t TermCursor::frequency_of_union() {
  std::uint32_t sum = first_.doc() == doc_ ? first_.term_frequency() : 0;
  for (segment::PostingCursor& list : more_) {
    if (list.doc() == doc_) sum += list.term_frequency();
  }
  return sum;
}

std::span<const std::uint32_t> TermCursor::positions_of_union() {
  merged_.clear();
  const auto append = [this](segment::PostingCursor& list) {
    if (list.doc() != doc_) return;
    const std::span<const std::uint32_t> positions = list.positions();
    merged_.insert(merged_.end(), positions.begin(), positions.end());
  };
  append(first_);
  for (segment::PostingCursor& list : more_) append(list);
  normalise_positions(merged_);
  return merged_;
}

}  // namespace stemma::execution
