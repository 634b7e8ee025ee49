// Opening, exact scores, and the threshold; flat_best.cpp and flat_count.cpp have the two answers.
#include "execution/flat_search.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include "execution/document_set.h"
#include "execution/range.h"

namespace stemma::execution {

std::unique_ptr<FlatSearch> FlatSearch::open(const FlatQuery& query, const Plan& plan,
                                             const snapshot::Snapshot& snapshot,
                                             std::size_t segment, Interrupt& interrupt) {
  auto made =
      std::unique_ptr<FlatSearch>(new FlatSearch(query, plan, snapshot, segment, interrupt));
  if (!made->add_lists()) return nullptr;
  if (!made->empty_) made->add_conditions();
  return made;
}

bool FlatSearch::add_lists() {
  double total_weight = 0;
  for (const Leaf* leaf : query_.leaves) {
    if (!(leaf->weight >= 0) || !std::isfinite(leaf->weight)) return false;
    total_weight += leaf->weight;
  }
  scale_ = std::make_unique<ImpactScale>(segment_, plan_.bm25, plan_.collection.average_length(),
                                         total_weight);
  lists_.reserve(query_.leaves.size());
  for (const Leaf* leaf : query_.leaves) {
    segment::PostingList list;
    for (std::size_t term = 0; term < leaf->word->terms.size(); ++term) {
      const segment::TermInfo& info = leaf->info(term, index_);
      if (info.document_frequency == 0) continue;
      if (list.document_frequency() > 0) return false;  // a union
      list = segment_.list(info);
    }
    if (list.document_frequency() > 0) {
      lists_.emplace_back(list, *leaf, leaf->weighted ? scale_->unit(leaf->weight) : 0);
    } else if (!query_.any) {
      empty_ = true;
      return true;
    }
  }
  empty_ = lists_.empty();
  postings_.resize(lists_.size());
  return true;
}

// Words under NOT are lists like any others; false if `plan` is something else.
bool FlatSearch::add_excluded(const PlanNode& plan) {
  if (plan.kind == query::NodeKind::any_of) {
    const std::size_t before = excluded_.size();
    for (const PlanNode& child : plan.children) {
      if (child.kind == query::NodeKind::word && add_excluded(child)) continue;
      excluded_.erase(excluded_.begin() + static_cast<std::ptrdiff_t>(before), excluded_.end());
      return false;
    }
    return true;
  }
  if (plan.kind != query::NodeKind::word) return false;
  const Leaf& leaf = plan.leaves.front();
  for (std::size_t term = 0; term < leaf.word->terms.size(); ++term) {
    const segment::TermInfo& info = leaf.info(term, index_);
    if (info.document_frequency > 0) excluded_.emplace_back(segment_.list(info), leaf, 0);
  }
  return true;
}

void FlatSearch::add_conditions() {
  const auto add = [this](const PlanNode& part, bool wanted) {
    if (part.kind == query::NodeKind::number_range || part.kind == query::NodeKind::date_range) {
      filters_.push_back(range_condition(*part.node, wanted, segment_));
    } else if (part.kind == query::NodeKind::pattern) {
      filters_.push_back(set_condition(part, wanted, segment_, interrupt_));
    } else {
      conditions_.push_back(operator_condition(part, wanted, segment_, interrupt_));
    }
  };
  for (const PlanNode* part : query_.excluded) {
    if (!add_excluded(*part)) add(*part, false);
  }
  for (const PlanNode* part : query_.required) add(*part, true);
  for (const PlanNode* part : query_.arrangements) {
    ConditionPtr condition;
    const std::size_t size = part->leaves.size();
    if (part->kind == query::NodeKind::phrase && (part->window == 0 || part->window == size)) {
      const auto first = std::find(query_.leaves.begin(), query_.leaves.end(), part->leaves.data());
      condition =
          phrase_condition(lists_, static_cast<std::size_t>(first - query_.leaves.begin()), size);
    }
    if (!condition) condition = operator_condition(*part, true, segment_, interrupt_);
    conditions_.push_back(std::move(condition));
  }
}

bool FlatSearch::filters_hold(Ordinal doc) {
  if (filters_.empty()) return true;
  return std::all_of(filters_.begin(), filters_.end(),
                     [&](const ConditionPtr& filter) { return filter->holds(doc, {}); });
}

// How many of the segment's documents the filters leave, as if these knew nothing of each other.
double FlatSearch::filtered_share() {
  double share = 1;
  for (const ConditionPtr& filter : filters_) {
    const Bitmap* const members = filter->members();
    if (members == nullptr) continue;
    const double part = static_cast<double>(members->count()) / segment_.document_count();
    share *= filter->wants_members() ? part : 1 - part;
  }
  return share;
}

bool FlatSearch::conditions_hold(Ordinal doc) {
  return std::all_of(conditions_.begin(), conditions_.end(), [&](const ConditionPtr& condition) {
    return condition->holds(doc, postings_);
  });
}

void FlatSearch::find_postings(Ordinal doc) {
  for (std::size_t i = 0; i < lists_.size(); ++i) postings_[i] = lists_[i].find(doc);
}

// List by list, which is cheaper than document by document.
void FlatSearch::find_batch(const Candidates& candidates) {
  batch_.resize(lists_.size() * Candidates::kCapacity);
  for (std::size_t i = 0; i < lists_.size(); ++i) {
    lists_[i].find_all(candidates, batch_.data() + i * Candidates::kCapacity);
  }
}

void FlatSearch::take_from_batch(std::size_t candidate) {
  for (std::size_t i = 0; i < lists_.size(); ++i) {
    postings_[i] = batch_[i * Candidates::kCapacity + candidate];
  }
}

// Whether a list of an earlier turn has the present document: then it was proposed already.
bool FlatSearch::proposed_before(std::size_t turn) const {
  return std::any_of(order_.begin(), order_.begin() + static_cast<std::ptrdiff_t>(turn),
                     [this](std::size_t list) { return postings_[list] != kNoPosting; });
}

double FlatSearch::score(Ordinal doc) {
  const double length_part = plan_.tf_part.length_part(lengths_[doc]);
  double sum = 0;
  for (std::size_t i = 0; i < lists_.size(); ++i) {
    const Leaf& leaf = lists_[i].leaf();
    if (postings_[i] == kNoPosting || !leaf.weighted) continue;
    const std::uint32_t frequency = lists_[i].term_frequency(postings_[i]);
    sum += leaf.weight * scoring::TermFrequencyPart::value(length_part, frequency);
  }
  return sum;
}

}  // namespace stemma::execution
