// How many documents match a flat query in one segment. No weights, no bounds: sets.
#include <algorithm>
#include <bit>
#include <numeric>

#include "execution/flat_search.h"

namespace stemma::execution {

std::uint64_t FlatSearch::best_and_count(TopK<Hit, BetterScore>& hits) {
  // Conditions are the dear part, and a count asks them of every candidate.
  if (query_.any || conditions_.empty() || hits.capacity() == 0) {
    best(hits);
    return count();
  }
  threshold_ = 0;
  raise_threshold(hits);
  counting_hits_ = &hits;
  const std::uint64_t total = count();
  counting_hits_ = nullptr;
  return total;
}

void FlatSearch::order_by_frequency() {
  order_.resize(lists_.size());
  std::iota(order_.begin(), order_.end(), std::size_t{0});
  std::stable_sort(order_.begin(), order_.end(), [this](std::size_t a, std::size_t b) {
    return lists_[a].documents() < lists_[b].documents();
  });
}

// Of the present document, which is in every list.
std::uint32_t FlatSearch::bound_of(Ordinal doc) const {
  std::uint32_t bound = 0;
  for (std::size_t i = 0; i < lists_.size(); ++i) bound += lists_[i].bound(doc, postings_[i]);
  return bound;
}

std::uint64_t FlatSearch::count() {
  if (empty_) return 0;
  order_by_frequency();
  if (!query_.any) return count_all();
  // |a or b| = |a| + |b| - |a and b|, and the last is the cheapest to find.
  const bool plain =
      conditions_.empty() && filters_.empty() && excluded_.empty() && view_.deleted.empty();
  if (lists_.size() <= 2 && plain) {
    if (lists_.size() == 1) return lists_[0].documents();
    return std::uint64_t{lists_[0].documents()} + lists_[1].documents() - count_all();
  }
  return count_any();
}

std::uint64_t FlatSearch::count_all() {
  const bool only_sets = conditions_.empty() && view_.deleted.empty();
  if (only_sets && excluded_.size() <= 1 && (filters_.empty() || all_are_bitmaps())) {
    // a AND NOT b: what has a, less what has both.
    const std::uint64_t wanted = count_common(nullptr);
    return excluded_.empty() ? wanted : wanted - count_common(&excluded_.front());
  }
  std::uint64_t total = 0;
  LeafList& lead = lists_[order_[0]];
  lead.restart();
  Candidates candidates;
  for (bool more = true; more;) {
    candidates.size = 0;
    more = lead.propose([] { return LevelRange{}; }, candidates);
    interrupt_.spend(candidates.size);
    drop_filtered(candidates);
    for (std::size_t i = 1; i < order_.size() && candidates.size > 0; ++i) {
      lists_[order_[i]].require(candidates);
    }
    for (LeafList& list : excluded_) list.exclude(candidates);
    total += conditions_.empty() ? candidates.size : count_conditional(candidates);
  }
  return total;
}

// Lists first: the members of a filter cost a pass over its column.
bool FlatSearch::all_are_bitmaps() const {
  const auto has_bitmap = [](const LeafList& list) { return list.list().bitmap() != nullptr; };
  return std::all_of(lists_.begin(), lists_.end(), has_bitmap) &&
         std::all_of(excluded_.begin(), excluded_.end(), has_bitmap) &&
         std::all_of(filters_.begin(), filters_.end(), [](const ConditionPtr& filter) {
           return filter->wants_members() && filter->members() != nullptr;
         });
}

// Documents in all lists, in `another` (if not null) and in all filters; there may be filters only
// where all_are_bitmaps().
std::uint64_t FlatSearch::count_common(LeafList* another) {
  const kernels::Scanner& scan = kernels::scanner();
  std::vector<LeafList*> lists;
  for (LeafList& list : lists_) lists.push_back(&list);
  if (another != nullptr) lists.push_back(another);
  if (lists.size() == 1 && filters_.empty()) return lists.front()->documents();
  const auto has_bitmap = [](const LeafList* list) { return list->list().bitmap() != nullptr; };
  std::vector<const std::uint8_t*> bitmaps;
  for (const ConditionPtr& filter : filters_) bitmaps.push_back(filter->members()->bytes());
  if (std::all_of(lists.begin(), lists.end(), has_bitmap)) {
    for (const LeafList* list : lists) bitmaps.push_back(list->list().bitmap());
    return scan.count_and(bitmaps.data(), bitmaps.size(), bitmap_words());
  }
  std::stable_sort(lists.begin(), lists.end(), [](const LeafList* a, const LeafList* b) {
    return a->documents() < b->documents();
  });
  std::uint64_t total = 0;
  lists.front()->restart();
  Candidates candidates;
  for (bool more = true; more;) {
    candidates.size = 0;
    more = lists.front()->propose([] { return LevelRange{}; }, candidates);
    interrupt_.spend(candidates.size);
    for (std::size_t i = 1; i < lists.size() && candidates.size > 0; ++i) {
      lists[i]->require(candidates);
    }
    total += candidates.size;
  }
  return total;
}

std::uint64_t FlatSearch::count_conditional(const Candidates& candidates) {
  find_batch(candidates);
  std::uint64_t total = 0;
  for (std::size_t i = 0; i < candidates.size; ++i) {
    const Ordinal doc = candidates.docs[i];
    take_from_batch(i);
    if (!conditions_hold(doc)) continue;
    ++total;
    if (counting_hits_ != nullptr && bound_of(doc) >= threshold_) offer(doc, *counting_hits_);
  }
  interrupt_.spend(candidates.size);
  return total;
}

bool FlatSearch::counts(Ordinal doc) {
  if (view_.deleted.contains(doc) || !filters_hold(doc)) return false;
  if (conditions_.empty()) return true;
  find_postings(doc);
  return conditions_hold(doc);
}

std::uint64_t FlatSearch::count_any() {
  const kernels::Scanner& scan = kernels::scanner();
  std::vector<std::uint64_t> words(bitmap_words());
  segment::BlockNumbers documents;
  for (const LeafList& leaf : lists_) {
    const segment::PostingList& list = leaf.list();
    if (list.bitmap() != nullptr) {
      scan.or_into(words.data(), list.bitmap(), words.size());
      continue;
    }
    for (std::uint32_t block = 0; block < list.block_count(); ++block) {
      const segment::BlockLayout layout = list.layout(block);
      list.read_documents(block, layout, documents);
      scan.add_to_bitmap(words.data(), documents.data(), layout.size);
      interrupt_.spend(layout.size);
    }
  }
  take_away_excluded(words);
  for (const ConditionPtr& filter : filters_) {
    const Bitmap* const members = filter->members();
    if (members == nullptr) continue;
    if (filter->wants_members()) {
      scan.and_into(words.data(), members->bytes(), words.size());
    } else {
      scan.and_not_into(words.data(), members->bytes(), words.size());
    }
  }
  const auto is_asked = [](const ConditionPtr& filter) { return filter->members() == nullptr; };
  if (conditions_.empty() && view_.deleted.empty() &&
      std::none_of(filters_.begin(), filters_.end(), is_asked)) {
    return scan.count_bits(words.data(), words.size());
  }
  std::uint64_t total = 0;
  for (std::size_t word = 0; word < words.size(); ++word) {
    for (std::uint64_t rest = words[word]; rest != 0; rest &= rest - 1) {
      const std::size_t doc = word * 64 + static_cast<std::size_t>(std::countr_zero(rest));
      total += counts(static_cast<Ordinal>(doc)) ? 1U : 0U;
    }
  }
  return total;
}

void FlatSearch::take_away_excluded(std::vector<std::uint64_t>& words) {
  segment::BlockNumbers documents;
  for (const LeafList& leaf : excluded_) {
    const segment::PostingList& list = leaf.list();
    if (list.bitmap() != nullptr) {
      kernels::scanner().and_not_into(words.data(), list.bitmap(), words.size());
      continue;
    }
    for (std::uint32_t block = 0; block < list.block_count(); ++block) {
      const segment::BlockLayout layout = list.layout(block);
      list.read_documents(block, layout, documents);
      for (std::uint32_t i = 0; i < layout.size; ++i) {
        words[documents[i] / 64] &= ~(std::uint64_t{1} << (documents[i] % 64));
      }
      interrupt_.spend(layout.size);
    }
  }
}

}  // namespace stemma::execution
