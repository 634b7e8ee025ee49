// Plan, walk each segment, rank. The two executors part after the plan.
#include "execution/execute.h"

#include <cmath>

#include "execution/document_set.h"
#include "execution/exhaustive.h"
#include "execution/flat_search.h"
#include "execution/plan.h"
#include "execution/ranking.h"
#include "stemma/error.h"

namespace stemma::execution {
namespace {

constexpr std::size_t kMostHits = 1'000'000;

void check(const SearchOptions& options) {
  if (options.k > kMostHits) {
    throw Error(Error::Kind::limit,
                "at most " + std::to_string(kMostHits) +
                    " hits a search, got k = " + std::to_string(options.k),
                "fetch them page by page with offset");
  }
  const Bm25Options& bm25 = options.bm25;
  if (!std::isfinite(bm25.k1) || bm25.k1 < 0 || !(bm25.b >= 0 && bm25.b <= 1)) {
    throw Error(Error::Kind::invalid_argument,
                "BM25 needs k1 >= 0 and 0 <= b <= 1, got k1 = " + std::to_string(bm25.k1) +
                    ", b = " + std::to_string(bm25.b));
  }
}

}  // namespace

Hits execute(const snapshot::Snapshot& snapshot, const query::Node& root,
             const SearchOptions& options) {
  check(options);
  Interrupt interrupt(options);
  interrupt.poll();
  const Plan plan = make_plan(snapshot, root, options.bm25);
  if (options.exhaustive) return exhaustive_search(snapshot, plan, options, interrupt);

  Ranking ranking(options, plan.collection.documents);
  const std::optional<FlatQuery> flat = flatten(plan.root);
  const bool set = ranking.by_score() != nullptr && is_document_set(plan.root);
  for (std::size_t index = 0; index < snapshot.segments().size(); ++index) {
    const snapshot::SegmentView& view = snapshot.segments()[index];
    if (flat && ranking.by_score() != nullptr) {
      if (const auto search = FlatSearch::open(*flat, plan, snapshot, index, interrupt)) {
        if (options.count) {
          ranking.add_total(search->best_and_count(*ranking.by_score()));
        } else {
          search->best(*ranking.by_score());
        }
        continue;
      }
    }
    if (set) {
      rank_set(plan.root, view, options.count, interrupt, ranking);
      continue;
    }
    const OperatorPtr operators = build_operators(plan.root, snapshot, index, interrupt);
    if (operators) ranking.collect(view, *operators, plan.tf_part);
  }
  return ranking.finish();
}

}  // namespace stemma::execution
