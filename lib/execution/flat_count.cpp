// How many documents match a flat query in one segment. No weights, no bounds: sets.
#include <algorithm>
#include <numeric>

#include "execution/flat_search.h"

namespace stemma::execution {

std::uint64_t FlatSearch::count() {
  if (empty_) return 0;
  order_.resize(lists_.size());
  std::iota(order_.begin(), order_.end(), std::size_t{0});
  std::stable_sort(order_.begin(), order_.end(), [this](std::size_t a, std::size_t b) {
    return lists_[a].documents() < lists_[b].documents();
  });
  if (!query_.any) return count_all();
  // |a or b| = |a| + |b| - |a and b|, and the last is the cheapest to find.
  if (lists_.size() <= 2 && conditions_.empty() && view_.deleted.empty()) {
    if (lists_.size() == 1) return lists_[0].documents();
    return std::uint64_t{lists_[0].documents()} + lists_[1].documents() - count_all();
  }
  return count_any();
}

std::uint64_t FlatSearch::count_all() {
  const bool unconditional = conditions_.empty() && view_.deleted.empty();
  if (unconditional && lists_.size() == 1) return lists_[0].documents();
  const kernels::Scanner& scan = kernels::scanner();
  const auto has_bitmap = [](const LeafList& list) { return list.list().bitmap() != nullptr; };
  if (unconditional && std::all_of(lists_.begin(), lists_.end(), has_bitmap)) {
    std::vector<const std::uint8_t*> bitmaps;
    for (const LeafList& list : lists_) bitmaps.push_back(list.list().bitmap());
    return scan.count_and(bitmaps.data(), bitmaps.size(), bitmap_words());
  }
  std::uint64_t total = 0;
  LeafList& lead = lists_[order_[0]];
  lead.restart();
  Candidates candidates;
  for (bool more = true; more;) {
    candidates.size = 0;
    more = lead.propose([] { return LevelRange{}; }, candidates);
    interrupt_.spend(candidates.size);
    for (std::size_t i = 1; i < order_.size() && candidates.size > 0; ++i) {
      lists_[order_[i]].require(candidates);
    }
    if (unconditional) {
      total += candidates.size;
      continue;
    }
    for (std::size_t i = 0; i < candidates.size; ++i) total += counts(candidates.docs[i]) ? 1 : 0;
  }
  return total;
}

bool FlatSearch::counts(Ordinal doc) {
  if (view_.deleted.contains(doc)) return false;
  if (conditions_.empty()) return true;
  find_postings(doc, 0);
  return conditions_hold(doc);
}

std::uint64_t FlatSearch::count_any() {
  const kernels::Scanner& scan = kernels::scanner();
  std::vector<std::uint64_t> words(bitmap_words());
  for (const LeafList& leaf : lists_) {
    const segment::PostingList& list = leaf.list();
    if (list.bitmap() != nullptr) {
      scan.or_into(words.data(), list.bitmap(), words.size());
      continue;
    }
    segment::BlockNumbers documents;
    for (std::uint32_t block = 0; block < list.block_count(); ++block) {
      const segment::BlockLayout layout = list.layout(block);
      list.read_documents(block, layout, documents);
      scan.add_to_bitmap(words.data(), documents.data(), layout.size);
      interrupt_.spend(layout.size);
    }
  }
  if (conditions_.empty() && view_.deleted.empty()) {
    return scan.count_bits(words.data(), words.size());
  }
  std::uint64_t total = 0;
  for (std::size_t word = 0; word < words.size(); ++word) {
    for (std::uint64_t rest = words[word]; rest != 0; rest &= rest - 1) {
      const std::size_t doc = word * 64 + static_cast<std::size_t>(std::countr_zero(rest));
      total += counts(static_cast<Ordinal>(doc)) ? 1 : 0;
    }
  }
  return total;
}

}  // namespace stemma::execution
