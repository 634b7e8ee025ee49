// A score taken apart: the oracle, asked about one document.
#include "execution/evaluate.h"
#include "execution/execute.h"

namespace stemma::execution {

std::optional<ScoreParts> score_parts(const snapshot::Snapshot& snapshot, const query::Node& root,
                                      DocId doc, const SearchOptions& options) {
  const auto place = snapshot.find(doc);
  if (!place) return std::nullopt;
  const segment::Segment& segment = *snapshot.segments()[place->segment].segment;
  Interrupt interrupt(options);
  const Plan plan = make_plan(snapshot, root, options.bm25);
  const Evaluation found =
      evaluate(plan.root, segment, place->ordinal, place->ordinal + 1, interrupt);
  if (!found.matches[0]) return std::nullopt;

  ScoreParts parts;
  parts.length = segment.length(place->ordinal);
  parts.average_length = plan.collection.average_length();
  for (const LeafColumn& column : found.leaves) {
    if (!column.counts[0]) continue;
    LeafScore leaf;
    leaf.name = leaf_name(*column.leaf);
    leaf.document_frequency = column.leaf->document_frequency;
    leaf.weight = column.leaf->weight;
    leaf.term_frequency = column.term_frequencies[0];
    leaf.tf_part =
        scoring::tf_part(plan.bm25, leaf.term_frequency, parts.length, parts.average_length);
    leaf.score = leaf.weight * leaf.tf_part;
    parts.total += leaf.score;
    parts.leaves.push_back(std::move(leaf));
  }
  return parts;
}

}  // namespace stemma::execution
