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
  order_.resize(lists_.size());
  for (std::size_t i = 0; i < order_.size(); ++i) order_[i] = i;
  if (query_.any) {
    std::stable_sort(order_.begin(), order_.end(), [this](std::size_t a, std::size_t b) {
      if (lists_[a].by_document() != lists_[b].by_document()) return lists_[b].by_document();
      return lists_[a].most() > lists_[b].most();
    });
  } else {
    std::stable_sort(order_.begin(), order_.end(), [this](std::size_t a, std::size_t b) {
      return lists_[a].documents() < lists_[b].documents();
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
    std::array<std::uint32_t, Candidates::kCapacity> bounds;
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
    if (chosen.bounds[i] < threshold_ || view_.deleted.contains(doc) || !filters_hold(doc)) {
      continue;
    }
    if (batch) {
      take_from_batch(i);
    } else {
      find_postings(doc);
    }
    if (!proposed_before(turn) && !is_excluded(doc)) offer(doc, hits);
  }
}

// While hits are few any score is wanted, and conditions may spare the work; later few scores are,
// and spare asking the conditions.
void FlatSearch::offer(Ordinal doc, TopK<Hit, BetterScore>& hits) {
  const bool conditions_first = !hits.full() && !conditions_.empty();
  if (conditions_first && !conditions_hold(doc)) return;
  Hit hit{0, score(doc)};
  if (!hits.wants(hit)) return;
  if (!conditions_first && !conditions_hold(doc)) return;
  hit.doc = segment_.doc_id(doc);
  hits.offer(hit);
  raise_threshold(hits);
}

namespace {

// Lists with impacts by document, as the kernel takes them: 16-bit weights, `divisor` bound units
// each.
struct Rows {
  static constexpr std::size_t kMost = 8;
  std::array<const std::uint8_t*, kMost> lists{};
  std::array<std::uint16_t, kMost> weights{};
  std::size_t size = 0;
  std::uint32_t divisor = 1;
  std::uint32_t most = 0;  // of a sum of weighted levels

  void set_weights(const std::array<std::uint32_t, kMost>& units) {
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < size; ++i) sum += std::uint64_t{units[i]} * 255;
    // Rounding upward adds less than 255 a list: 63,000 + 8 * 255 < 65,536.
    divisor = static_cast<std::uint32_t>(sum / 63'000 + 1);
    for (std::size_t i = 0; i < size; ++i) {
      // At least 1, so that a sum of 0 says that no list has the document.
      weights[i] = static_cast<std::uint16_t>(std::max((units[i] + divisor - 1) / divisor, 1U));
      most += weights[i] * 255U;
    }
  }
};

}  // namespace

// Rows of impacts are looked at in passes: first for sums so high that hardly more than the wanted
// number of documents has them, then for all that the threshold still allows.
void FlatSearch::best_of_rows(std::size_t turn, TopK<Hit, BetterScore>& hits) {
  Rows rows;
  std::array<std::uint32_t, Rows::kMost> units{};
  std::vector<std::size_t> others;  // places in order_
  std::uint32_t rest = 0;           // what these can add
  for (std::size_t i = turn; i < order_.size(); ++i) {
    const LeafList& list = lists_[order_[i]];
    if (list.by_document() && rows.size < Rows::kMost) {
      units[rows.size] = list.unit();
      rows.lists[rows.size++] = list.list().impacts();
    } else {
      others.push_back(i);
      rest += list.most();
    }
  }
  rows.set_weights(units);
  const kernels::Scanner& scan = kernels::scanner();
  const kernels::ByteLists lists{rows.lists.data(), rows.weights.data(), rows.size};
  const std::uint32_t documents = segment_.document_count();
  const auto least_sum = [&] {
    return threshold_ <= rest ? 0 : (threshold_ - rest) / rows.divisor;
  };

  constexpr std::uint32_t kStretch = 2048;
  std::array<std::uint32_t, kStretch + kKernelRoom> found;
  Candidates candidates;
  const auto flush = [&] {
    for (std::size_t i = 0; i < candidates.size; ++i) {
      std::uint32_t bound = 0;
      for (std::size_t row = 0; row < rows.size; ++row) {
        bound += rows.lists[row][candidates.docs[i]] * units[row];
      }
      candidates.bounds[i] = bound;
    }
    std::uint32_t left = rest;
    for (const std::size_t place : others) {
      LeafList& list = lists_[order_[place]];
      left -= list.most();
      if (query_.any) {
        list.add(candidates, left, threshold_);
      } else {
        list.require(candidates, left, threshold_);
      }
    }
    finish(candidates, turn, hits);
    candidates.size = 0;
  };
  const auto pass = [&](std::uint32_t low, std::uint32_t below) {
    for (std::uint32_t begin = 0; begin < documents && !finished(hits); begin += kStretch) {
      const std::uint32_t size = std::min(kStretch, documents - begin);
      const std::uint32_t least = std::max({low, least_sum(), 1U});
      if (least >= below) break;
      const std::size_t count =
          scan.find_joint(lists, begin, size, least, below, !query_.any, found.data());
      interrupt_.spend(size / 16);
      for (std::size_t i = 0; i < count; ++i) {
        candidates.docs[candidates.size++] = found[i];
        if (candidates.size == Candidates::kCapacity) flush();
      }
    }
    flush();
  };

  const std::uint32_t sample = std::min(documents, std::uint32_t{8192});
  std::array<std::uint32_t, 8192 + kKernelRoom> scratch;
  // A sum that about `wanted` documents reach.
  const auto sum_of_best = [&](std::uint64_t wanted, std::uint32_t below) {
    std::uint32_t low = least_sum();
    std::uint32_t high = below;
    const std::uint64_t target = wanted * sample / documents + 1;
    while (high - low > rows.most / 64 + 1) {
      const std::uint32_t middle = low + (high - low) / 2;
      const std::size_t count =
          scan.find_joint(lists, 0, sample, middle, below, !query_.any, scratch.data());
      if (count >= target) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  };

  std::uint32_t below = rows.most + 1;
  if (rest_[turn] == 0) {
    pass(0, below);
    return;
  }
  for (std::uint64_t wanted = hits.capacity() * 2 + 8; below > least_sum() && !finished(hits);
       wanted *= 16) {
    const std::uint32_t low = wanted < documents / 4 ? sum_of_best(wanted, below) : 0;
    if (low >= below) break;
    pass(low, below);
    below = low;
    if (low == 0) break;
  }
}

}  // namespace stemma::execution
