// A flat query in one segment: the best documents, and how many match.
//
// best(): leaves propose candidates, bounds sift them, what is left is scored exactly, in the order
// of the query's leaves, and only what would enter the list of hits is asked its conditions. The
// more hits are known, the higher the threshold, the fewer are proposed.
//
// OR is MaxScore by lists (Turtle & Flood 1995): leaves ordered by what they can add at most; a
// leaf proposes only postings whose impact makes up for what the leaves behind it cannot add, and
// once all that are left could not reach the threshold together, none of them proposes any more.
// AND: the shortest list proposes, the others test. Lists with impacts by document are looked at
// together, 32 documents at a time.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <vector>

#include "execution/condition.h"
#include "execution/flat_query.h"
#include "execution/impact_scale.h"
#include "execution/leaf_list.h"
#include "execution/ranking.h"
#include "snapshot/snapshot.h"

namespace stemma::execution {

class FlatSearch {
 public:
  /// Null if a leaf is a union of several lists here: walking operators answer then. All arguments
  /// must outlive it.
  static std::unique_ptr<FlatSearch> open(const FlatQuery& query, const Plan& plan,
                                          const snapshot::Snapshot& snapshot, std::size_t segment,
                                          Interrupt& interrupt);

  /// Offers the documents that may be among the best.
  void best(TopK<Hit, BetterScore>& hits);
  /// Matching documents, exactly.
  [[nodiscard]] std::uint64_t count();
  /// Both; where every match must be looked at anyway, in one go.
  [[nodiscard]] std::uint64_t best_and_count(TopK<Hit, BetterScore>& hits);

 private:
  FlatSearch(const FlatQuery& query, const Plan& plan, const snapshot::Snapshot& snapshot,
             std::size_t segment, Interrupt& interrupt)
      : query_(query),
        plan_(plan),
        index_(segment),
        view_(snapshot.segments()[segment]),
        segment_(*view_.segment),
        lengths_(segment_.lengths()),
        interrupt_(interrupt) {}

  bool add_lists();
  void add_conditions();
  bool add_excluded(const PlanNode& plan);

  // flat_best.cpp, flat_rows.cpp
  class RowSearch;
  struct BoundRange {
    std::uint32_t least;
    std::uint32_t below;
  };
  void order_by_frequency();
  void best_of_all(TopK<Hit, BetterScore>& hits);
  void best_of_any(TopK<Hit, BetterScore>& hits);
  void best_of_turn(std::size_t turn, TopK<Hit, BetterScore>& hits);
  void best_of_levels(std::size_t turn, LevelRange range, TopK<Hit, BetterScore>& hits);
  void best_of_rows(std::size_t turn, TopK<Hit, BetterScore>& hits);
  void sift(std::size_t from, Candidates& candidates);
  void drop_filtered(Candidates& candidates);
  [[nodiscard]] double filtered_share();
  void finish(const Candidates& candidates, std::size_t turn, TopK<Hit, BetterScore>& hits);
  void finish_between(const Candidates& candidates, BoundRange range, std::size_t turn,
                      TopK<Hit, BetterScore>& hits);
  void offer_if_it_holds(Ordinal doc, TopK<Hit, BetterScore>& hits);
  void offer(Ordinal doc, TopK<Hit, BetterScore>& hits);
  void find_batch(const Candidates& candidates);
  void take_from_batch(std::size_t candidate);
  [[nodiscard]] bool proposed_before(std::size_t turn) const;
  [[nodiscard]] bool finished(const TopK<Hit, BetterScore>& hits) const;
  void raise_threshold(const TopK<Hit, BetterScore>& hits);
  void prime_threshold(std::size_t k);

  // flat_count.cpp
  [[nodiscard]] std::uint64_t count_all();
  [[nodiscard]] std::uint64_t count_any();
  [[nodiscard]] bool all_are_bitmaps() const;
  [[nodiscard]] std::uint64_t count_common(LeafList* another);
  [[nodiscard]] std::uint64_t count_conditional(const Candidates& candidates);
  [[nodiscard]] std::uint32_t bound_of(Ordinal doc) const;
  void take_away_excluded(std::vector<std::uint64_t>& words);
  [[nodiscard]] bool counts(Ordinal doc);
  [[nodiscard]] std::size_t bitmap_words() const {
    return static_cast<std::size_t>(segment::bitmap_bytes(segment_.document_count()) / 8);
  }

  void find_postings(Ordinal doc);
  [[nodiscard]] double score(Ordinal doc);
  [[nodiscard]] bool is_excluded(Ordinal doc) {
    return std::any_of(excluded_.begin(), excluded_.end(),
                       [doc](LeafList& list) { return list.find(doc) != kNoPosting; });
  }
  [[nodiscard]] bool filters_hold(Ordinal doc);
  [[nodiscard]] bool conditions_hold(Ordinal doc);

  const FlatQuery& query_;
  const Plan& plan_;
  std::size_t index_;  // of the segment
  const snapshot::SegmentView& view_;
  const segment::Segment& segment_;
  segment::Lengths lengths_;
  Interrupt& interrupt_;

  bool empty_ = false;                 // nothing can match here
  std::vector<LeafList> lists_;        // as the query's leaves; of an OR those that are here
  std::vector<std::size_t> order_;     // of work, indexes into lists_
  std::vector<std::uint32_t> rest_;    // rest_[i]: what order_[i] and those behind can add at most
  std::vector<LeafList> excluded_;     // words under NOT
  std::vector<ConditionPtr> filters_;  // conditions that need no postings, asked before the others
  std::vector<ConditionPtr> conditions_;
  std::vector<PostingIndex> postings_;  // of the present document, as lists_
  std::vector<PostingIndex> batch_;     // of candidates, list by list
  std::unique_ptr<ImpactScale> scale_;
  std::uint32_t threshold_ = 0;
  TopK<Hit, BetterScore>* counting_hits_ = nullptr;  // offered to by count(), if not null
};

}  // namespace stemma::execution
