// A window is opened where the next candidate is, so stretches without candidates cost nothing.
// Deleted documents are left out here and nowhere else: operators walk the segment as it was built.
#include "execution/ranking.h"

#include <algorithm>
#include <memory>

namespace stemma::execution {
namespace {

template <class Best>
std::vector<Hit> take_hits(Best& best) {
  std::vector<Hit> hits;
  for (const DatedHit& dated : best.take()) hits.push_back(dated.hit);
  return hits;
}
std::vector<Hit> take_hits(TopK<Hit, BetterScore>& best) { return best.take(); }

}  // namespace

DatedHit dated_hit(const segment::Segment& segment, Ordinal doc, const Hit& hit) {
  const auto date = segment.date(doc);
  return {hit, date.has_value(), date ? date->first : 0};
}

std::size_t hits_to_rank(const SearchOptions& options, std::uint64_t documents) {
  if (options.k == 0 || options.offset >= documents) return 0;
  return static_cast<std::size_t>(
      std::min<std::uint64_t>(documents, std::uint64_t{options.offset} + options.k));
}

Ranking::Ranking(const SearchOptions& options, std::uint64_t documents)
    : options_(options), ranked_(hits_to_rank(options, documents)), best_(ByScore(ranked_)) {
  if (options.sort == SortBy::date_newest) best_ = ByNewest(ranked_);
  if (options.sort == SortBy::date_oldest) best_ = ByOldest(ranked_);
}

template <class Offer>
void Ranking::collect_with(const snapshot::SegmentView& view, Operator& root,
                           const scoring::TermFrequencyPart& tf_part, const Offer& offer) {
  const std::uint32_t documents = view.segment->document_count();
  // On the heap: 70 KiB would be much of a small thread's stack.
  const auto window = std::make_unique<Window>(*view.segment, tf_part, ranked_ != 0);
  while (root.doc() < documents) {
    const Ordinal begin = root.doc() - root.doc() % kWindowSize;
    window->move_to(begin, std::min(documents, begin + kWindowSize));
    root.collect(*window);
    if (ranked_ == 0 && view.deleted.empty()) {
      total_ += window->count();
      continue;
    }
    window->for_each([&](Ordinal doc, double score) {
      if (view.deleted.contains(doc)) return;
      ++total_;
      if (ranked_ != 0) offer(doc, score);
    });
  }
}

void Ranking::collect(const snapshot::SegmentView& view, Operator& root,
                      const scoring::TermFrequencyPart& tf_part) {
  const segment::Segment& segment = *view.segment;
  if (auto* by_score = std::get_if<ByScore>(&best_)) {
    collect_with(view, root, tf_part, [&](Ordinal doc, double score) {
      // DocIds ascend with ordinals: of equal scores the lower is here already. Looking one up only
      // for what is wanted anyway saves a lookup for nearly every match.
      if (by_score->wants({0, score})) by_score->offer({segment.doc_id(doc), score});
    });
    return;
  }
  const auto offer_dated = [&](auto& best) {
    collect_with(view, root, tf_part, [&](Ordinal doc, double score) {
      best.offer(dated_hit(segment, doc, {segment.doc_id(doc), score}));
    });
  };
  if (auto* newest = std::get_if<ByNewest>(&best_)) offer_dated(*newest);
  if (auto* oldest = std::get_if<ByOldest>(&best_)) offer_dated(*oldest);
}

Hits Ranking::finish() {
  Hits found;
  found.total = options_.count ? total_ : 0;
  found.hits = std::visit([](auto& best) { return take_hits(best); }, best_);
  const std::size_t skipped = std::min(options_.offset, found.hits.size());
  found.hits.erase(found.hits.begin(), found.hits.begin() + static_cast<std::ptrdiff_t>(skipped));
  return found;
}

}  // namespace stemma::execution
