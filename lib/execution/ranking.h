// Matches in, the wanted page of hits out: counting, top-k by score or by date, over all segments.
#pragma once

#include <cstdint>
#include <variant>

#include "execution/operator.h"
#include "execution/top_k.h"
#include "scoring/bm25.h"
#include "snapshot/snapshot.h"
#include "stemma/searcher.h"

namespace stemma::execution {

/// Higher scores first, equal ones by lower DocId.
struct BetterScore {
  bool operator()(const Hit& a, const Hit& b) const {
    return a.score > b.score || (a.score == b.score && a.doc < b.doc);
  }
};

/// A hit with the first second of its article's first date.
struct DatedHit {
  Hit hit;
  bool dated = false;
  std::int64_t second = 0;
};

/// Articles without date come last either way; equal dates by lower DocId.
template <bool newest_first>
struct BetterDate {
  bool operator()(const DatedHit& a, const DatedHit& b) const {
    if (a.dated != b.dated) return a.dated;
    if (a.second != b.second) return newest_first ? a.second > b.second : a.second < b.second;
    return a.hit.doc < b.hit.doc;
  }
};

[[nodiscard]] DatedHit dated_hit(const segment::Segment& segment, Ordinal doc, const Hit& hit);

/// How many of the best must be known for the page that `options` asks for.
[[nodiscard]] std::size_t hits_to_rank(const SearchOptions& options, std::uint64_t documents);

class Ranking {
 public:
  using ByScore = TopK<Hit, BetterScore>;

  Ranking(const SearchOptions& options, std::uint64_t documents);

  /// Where a search by bounds offers hits; null if they are not ranked by score.
  [[nodiscard]] ByScore* by_score() { return std::get_if<ByScore>(&best_); }
  /// Matches counted elsewhere.
  void add_total(std::uint64_t matches) { total_ += matches; }

  /// Takes all matches of one segment. Segments in any order.
  void collect(const snapshot::SegmentView& view, Operator& root,
               const scoring::TermFrequencyPart& tf_part);
  /// Once, after the last segment.
  [[nodiscard]] Hits finish();

 private:
  template <class Offer>
  void collect_with(const snapshot::SegmentView& view, Operator& root,
                    const scoring::TermFrequencyPart& tf_part, const Offer& offer);

  using ByNewest = TopK<DatedHit, BetterDate<true>>;
  using ByOldest = TopK<DatedHit, BetterDate<false>>;

  const SearchOptions& options_;
  std::size_t ranked_;
  std::uint64_t total_ = 0;
  std::variant<ByScore, ByNewest, ByOldest> best_;
};

}  // namespace stemma::execution
