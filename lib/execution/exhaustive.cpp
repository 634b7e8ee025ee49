// Stretches of documents, so that a leaf's column stays small however large the segment is.
#include "execution/exhaustive.h"

#include <algorithm>

#include "execution/evaluate.h"
#include "execution/ranking.h"

namespace stemma::execution {
namespace {

constexpr std::uint32_t kStretch = 1U << 14U;

double score_of(const Evaluation& evaluation, std::size_t i, const Plan& plan,
                std::uint32_t length) {
  double sum = 0;
  for (const LeafColumn& column : evaluation.leaves) {
    if (!column.counts[i]) continue;
    sum += column.leaf->weight * scoring::tf_part(plan.bm25, column.term_frequencies[i], length,
                                                  plan.collection.average_length());
  }
  return sum;
}

void sort_hits(std::vector<DatedHit>& hits, SortBy sort) {
  std::sort(hits.begin(), hits.end(), [sort](const DatedHit& a, const DatedHit& b) {
    if (sort == SortBy::date_newest) return BetterDate<true>()(a, b);
    if (sort == SortBy::date_oldest) return BetterDate<false>()(a, b);
    return BetterScore()(a.hit, b.hit);
  });
}

}  // namespace

Hits exhaustive_search(const snapshot::Snapshot& snapshot, const Plan& plan,
                       const SearchOptions& options, Interrupt& interrupt) {
  std::vector<DatedHit> all;
  for (const snapshot::SegmentView& view : snapshot.segments()) {
    const segment::Segment& segment = *view.segment;
    const std::uint32_t documents = segment.document_count();
    for (Ordinal begin = 0; begin < documents; begin += kStretch) {
      const Ordinal end = std::min(documents, begin + kStretch);
      const Evaluation found = evaluate(plan.root, segment, begin, end, interrupt);
      for (Ordinal doc = begin; doc < end; ++doc) {
        if (!found.matches[doc - begin] || view.deleted.contains(doc)) continue;
        const double score = score_of(found, doc - begin, plan, segment.length(doc));
        all.push_back(dated_hit(segment, doc, {segment.doc_id(doc), score}));
      }
    }
  }
  sort_hits(all, options.sort);
  Hits hits;
  hits.total = options.count ? all.size() : 0;
  for (std::size_t i = options.offset; i < all.size() && hits.hits.size() < options.k; ++i) {
    hits.hits.push_back(all[i].hit);
  }
  return hits;
}

}  // namespace stemma::execution
