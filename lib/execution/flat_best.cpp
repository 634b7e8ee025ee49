// The best documents of a flat query in one segment; flat_search.h has the idea.
#include <algorithm>
#include <array>
#include <functional>

#include "execution/flat_search.h"

namespace stemma::execution {
namespace {

// The least level with which a posting reaches `threshold` if `rest` is added; 256 if none does.
std::uint32_t level_needed(std::uint32_t threshold, std::uint32_t rest, std::uint32_t unit) {
  if (threshold <= rest) return 0;
  if (unit == 0) return 256;
  return std::min((threshold - rest + unit - 1) / unit, std::uint32_t{256});
}

}  // namespace

void FlatSearch::best(TopK<Hit, BetterScore>& hits) {
  if (empty_ || hits.capacity() == 0) return;
  order_by_frequency();
  if (query_.any) {
    std::stable_sort(order_.begin(), order_.end(), [this](std::size_t a, std::size_t b) {
      if (lists_[a].by_document() != lists_[b].by_document()) return lists_[b].by_document();
      return lists_[a].most() > lists_[b].most();
    });
  }
  rest_.assign(order_.size() + 1, 0);
  for (std::size_t i = order_.size(); i-- > 0;) {
    rest_[i] = rest_[i + 1] + lists_[order_[i]].most();
  }
  threshold_ = 0;
  raise_threshold(hits);
  if (query_.any) {
    best_of_any(hits);
  } else {
    best_of_all(hits);
  }
}

void FlatSearch::raise_threshold(const TopK<Hit, BetterScore>& hits) {
  if (hits.full()) threshold_ = std::max(threshold_, scale_->threshold(hits.worst().score));
}

// Every posting of a list is a match of an OR, so the k-th best of any list is a score that the
// k-th hit reaches at least.
void FlatSearch::prime_threshold(std::size_t k) {
  const bool plain = conditions_.empty() && filters_.empty() && excluded_.empty();
  if (!view_.deleted.empty() || !plain) return;
  for (const LeafList& list : lists_) {
    const std::uint8_t level = list.list().level_of_best(k);
    const double score = scale_->least_score(list.leaf().weight, level);
    threshold_ = std::max(threshold_, scale_->threshold(score));
  }
}

void FlatSearch::best_of_any(TopK<Hit, BetterScore>& hits) {
  prime_threshold(hits.capacity());
  for (std::size_t turn = 0; turn < order_.size(); ++turn) {
    if (rest_[turn] < threshold_) return;
    if (lists_[order_[turn]].by_document() && turn + 1 < order_.size()) {
      best_of_rows(turn, hits);
      return;
    }
    best_of_turn(turn, hits);
  }
}

void FlatSearch::best_of_all(TopK<Hit, BetterScore>& hits) {
  if (rest_[0] < threshold_) return;
  if (lists_[order_[0]].by_document() && order_.size() > 1) {
    best_of_rows(0, hits);
  } else {
    best_of_turn(0, hits);
  }
}

// What one list proposes, the best of it first: then the threshold is high for all the rest.
void FlatSearch::best_of_turn(std::size_t turn, TopK<Hit, BetterScore>& hits) {
  const LeafList& list = lists_[order_[turn]];
  const bool told_apart = list.list().impacts() != nullptr && list.unit() > 0;
  const std::uint32_t high = told_apart ? list.list().level_of_best(hits.capacity() * 8) : 0;
  if (high > level_needed(threshold_, rest_[turn + 1], list.unit())) {
    best_of_levels(turn, {.least = high, .below = 256}, hits);
    best_of_levels(turn, {.least = 0, .below = high}, hits);
  } else {
    best_of_levels(turn, {}, hits);
  }
}

void FlatSearch::best_of_levels(std::size_t turn, LevelRange range, TopK<Hit, BetterScore>& hits) {
  LeafList& list = lists_[order_[turn]];
  const auto levels = [&] {
    const std::uint32_t needed = level_needed(threshold_, rest_[turn + 1], list.unit());
    return LevelRange{.least = std::max(range.least, needed), .below = range.below};
  };
  list.restart();
  Candidates candidates;
  for (bool more = true; more && !finished(hits);) {
    candidates.size = 0;
    more = list.propose(levels, candidates);
    interrupt_.spend(candidates.size);
    drop_filtered(candidates);
    sift(turn + 1, candidates);
    finish(candidates, turn, hits);
  }
}

// The lists behind the proposing one, each time with what those still behind can add.
void FlatSearch::sift(std::size_t from, Candidates& candidates) {
  for (std::size_t i = from; i < order_.size() && candidates.size > 0; ++i) {
    LeafList& list = lists_[order_[i]];
    if (query_.any) {
      list.add(candidates, rest_[i + 1], threshold_);
    } else {
      list.require(candidates, rest_[i + 1], threshold_);
    }
  }
}

// What is cheap to ask is asked first: of deletions and filters, before the other lists.
void FlatSearch::drop_filtered(Candidates& candidates) {
  const auto keep_if = [&candidates](const auto& wanted) {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < candidates.size; ++i) {
      const Ordinal doc = candidates.docs[i];
      candidates.docs[kept] = doc;
      candidates.bounds[kept] = candidates.bounds[i];
      kept += wanted(doc) ? 1U : 0U;
    }
    candidates.size = kept;
  };
  if (!view_.deleted.empty()) {
    keep_if([this](Ordinal doc) { return !view_.deleted.contains(doc); });
  }
  for (const ConditionPtr& filter : filters_) {
    keep_if([&filter](Ordinal doc) { return filter->holds(doc, {}); });
  }
}

// Without weights every score is 0 and the first documents are the best; the lists of an OR come
// one after the other, so there the first are known only at the end.
bool FlatSearch::finished(const TopK<Hit, BetterScore>& hits) const {
  return rest_[0] == 0 && hits.full() && (!query_.any || lists_.size() == 1);
}

// Where many candidates are left, those with the best bounds first.
void FlatSearch::finish(const Candidates& candidates, std::size_t turn,
                        TopK<Hit, BetterScore>& hits) {
  const std::size_t k = hits.capacity();
  std::uint32_t pivot = 0;
  if (candidates.size >= 64 && candidates.size > 2 * k) {
    std::array<std::uint32_t, Candidates::kCapacity> bounds{};
    std::copy_n(candidates.bounds.begin(), candidates.size, bounds.begin());
    const auto kth = bounds.begin() + static_cast<std::ptrdiff_t>(k - 1);
    std::nth_element(bounds.begin(), kth,
                     bounds.begin() + static_cast<std::ptrdiff_t>(candidates.size),
                     std::greater<>());
    pivot = *kth;
  }
  finish_between(candidates, {pivot, UINT32_MAX}, turn, hits);
  if (pivot > 0) finish_between(candidates, {0, pivot}, turn, hits);
}

void FlatSearch::finish_between(const Candidates& candidates, BoundRange range, std::size_t turn,
                                TopK<Hit, BetterScore>& hits) {
  Candidates chosen;
  chosen.size = 0;
  for (std::size_t i = 0; i < candidates.size; ++i) {
    const std::uint32_t bound = candidates.bounds[i];
    chosen.docs[chosen.size] = candidates.docs[i];
    chosen.bounds[chosen.size] = bound;
    chosen.size += bound >= range.least && bound < range.below && bound >= threshold_ ? 1 : 0;
  }
  constexpr std::size_t kWorthABatch = 6;
  const bool batch = chosen.size >= kWorthABatch;
  if (batch) find_batch(chosen);
  for (std::size_t i = 0; i < chosen.size; ++i) {
    interrupt_.tick();
    const Ordinal doc = chosen.docs[i];
    if (chosen.bounds[i] < threshold_) continue;
    if (batch) {
      take_from_batch(i);
    } else {
      find_postings(doc);
    }
    if (!proposed_before(turn) && !is_excluded(doc)) offer_if_it_holds(doc, hits);
  }
}

// While hits are few any score is wanted, and conditions may spare the work; later few scores are,
// and spare asking the conditions.
void FlatSearch::offer_if_it_holds(Ordinal doc, TopK<Hit, BetterScore>& hits) {
  if (!conditions_.empty() && hits.full() && !hits.wants({0, score(doc)})) return;
  if (conditions_hold(doc)) offer(doc, hits);
}

void FlatSearch::offer(Ordinal doc, TopK<Hit, BetterScore>& hits) {
  Hit hit{0, score(doc)};
  if (!hits.wants(hit)) return;
  hit.doc = segment_.doc_id(doc);
  hits.offer(hit);
  raise_threshold(hits);
}

}  // namespace stemma::execution
