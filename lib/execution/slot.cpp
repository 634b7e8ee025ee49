// Positions are read only when all slots have a document in common, and a phrase of consecutive
// words stops at the first place where it stands.
#include "execution/slot.h"

#include <utility>

namespace stemma::execution {

Positions Slot::positions() {
  if (!stemmed_) return word_.terms.positions();
  const Ordinal doc = word_.terms.doc();
  merged_.clear();
  for (segment::PostingCursor& list : words_) {
    if (list.doc() < doc) list.seek(doc);
    if (list.doc() != doc) continue;
    const Positions positions = list.positions();
    merged_.insert(merged_.end(), positions.begin(), positions.end());
  }
  normalise_positions(merged_);
  return merged_;
}

Operand::Operand(std::vector<Slot> slots, std::uint32_t window)
    : slots_(std::move(slots)),
      window_(window),
      consecutive_(window == 0 || window == slots_.size()) {
  positions_.resize(slots_.size());
}

void Operand::read_positions() {
  for (std::size_t i = 0; i < slots_.size(); ++i) positions_[i] = slots_[i].positions();
}

SpanList Operand::loose_spans() const {
  std::vector<SpanList> lists(slots_.size());
  for (std::size_t i = 0; i < slots_.size(); ++i) {
    lists[i].reserve(positions_[i].size());
    for (const std::uint32_t position : positions_[i]) lists[i].push_back({position, position});
  }
  return chains(lists, window_);
}

bool Operand::stands() {
  read_positions();
  if (!consecutive_) return !loose_spans().empty();
  bool found = false;
  for_each_consecutive(positions_, at_, [&found](std::uint32_t) { return found = true; });
  return found;
}

SpanList Operand::spans() {
  read_positions();
  if (!consecutive_) return loose_spans();
  SpanList found;
  const auto more = static_cast<std::uint32_t>(slots_.size() - 1);
  for_each_consecutive(positions_, at_, [&found, more](std::uint32_t start) {
    found.push_back({start, start + more});
    return false;
  });
  return found;
}

}  // namespace stemma::execution
