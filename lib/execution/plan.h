// A query made ready for one snapshot: weights, frequencies, and a simpler tree.
//
// What depends on the whole collection is computed here, once; what depends on a segment (which
// terms it has, which list is shortest, what a pattern stands for) is decided where its operators
// are built. Boosts disappear into weights, an AND inside an AND into its parent (OR and XOR
// alike): neither changes the order of the leaves, in which scores are summed. The seam for other
// strategies: a faster executor reads the same plan.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "execution/interrupt.h"
#include "execution/operator.h"
#include "query/node.h"
#include "scoring/bm25.h"
#include "snapshot/snapshot.h"

namespace stemma::execution {

/// One word as it is scored.
struct Leaf {
  const query::Word* word = nullptr;
  const query::Node* node = nullptr;     ///< the word, or the phrase that it is a slot of
  std::uint64_t document_frequency = 0;  ///< exact; of a union min(N, sum)
  bool weighted = true;
  double weight = 0;  ///< with boosts; 0 if not weighted
  /// What the dictionary of each segment says of each of word->terms, term by term.
  std::vector<segment::TermInfo> infos;
  /// Of a stemmed slot: keys of the words that its stems stand for in any segment, ascending, so
  /// that what matches does not depend on how articles were spread over segments.
  std::vector<std::string> words;

  /// word->terms[term] in the snapshot's segment at `segment`; no documents where it is not.
  [[nodiscard]] const segment::TermInfo& info(std::size_t term, std::size_t segment) const {
    return infos[term * (infos.size() / word->terms.size()) + segment];
  }
};

/// Points into the query tree, which must outlive it.
struct PlanNode {
  query::NodeKind kind = query::NodeKind::nothing;
  const query::Node* node = nullptr;
  std::vector<Leaf> leaves;  ///< word: one; phrase: one a slot
  std::uint32_t window = 0;  ///< phrase, near, adjacent; never 0 for the last two
  std::vector<PlanNode> children;
  std::uint64_t at_most = 0;  ///< live documents that can match
  bool scaled = false;        ///< a boost stood here
};

struct Plan {
  PlanNode root;
  scoring::Bm25 bm25;
  scoring::Collection collection;
  scoring::TermFrequencyPart tf_part;
};

/// Throws Error{limit} for a NEAR of too many phrases, Error{invalid_argument} for a tree that no
/// parser makes. `root` must outlive the plan.
[[nodiscard]] Plan make_plan(const snapshot::Snapshot& snapshot, const query::Node& root,
                             const Bm25Options& bm25);

/// The leaf in canonical text, without boosts.
[[nodiscard]] std::string leaf_name(const Leaf& leaf);

/// The operators that answer `plan` on one segment; null if nothing there can match. The segment
/// and `interrupt` must outlive them.
[[nodiscard]] OperatorPtr build_operators(const PlanNode& plan, const segment::Segment& segment,
                                          Interrupt& interrupt);
/// The same without looking terms up again, for the snapshot's segment at `index`.
[[nodiscard]] OperatorPtr build_operators(const PlanNode& plan, const snapshot::Snapshot& snapshot,
                                          std::size_t index, Interrupt& interrupt);

}  // namespace stemma::execution
