// Which tokens of an analysed article make the clauses of a query match.
//
// A clause is a leaf of the tree (a word, a pattern) or a whole phrase, NEAR or ADJ: what stands
// together or not at all. Two steps: one pass over the tokens lists, for every word of the query,
// the tokens that are that word; then each clause joins the lists of its words by position. Both
// are linear in the article but for NEAR over very wide windows, which a work limit bounds.
#pragma once

#include <cstdint>
#include <vector>

#include "analysis/analyzer.h"
#include "query/node.h"
#include "snapshot/snapshot.h"

namespace stemma::results {

/// Points into the query tree, which must outlive it.
struct Clause {
  const query::Node* node = nullptr;
  double boost = 1;  ///< product of the boosts above it
};

/// The clauses that text can match, in the order of the tree; none from under a NOT, none that
/// compare metadata.
[[nodiscard]] std::vector<Clause> clauses_of(const query::Node& root);

/// One token that belongs to a match of one clause.
struct Match {
  std::uint32_t token = 0;   ///< index into AnalyzedText::tokens
  std::uint32_t clause = 0;  ///< index into the clauses
  // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 takes the generated 0 for a pointer
  friend auto operator<=>(const Match&, const Match&) = default;
};

/// Ascending by token, then clause; no repeats. A token of a phrase, NEAR or ADJ is here only if
/// some match of the whole clause uses it.
[[nodiscard]] std::vector<Match> find_matches(const snapshot::Snapshot& snapshot,
                                              const std::vector<Clause>& clauses,
                                              const analysis::AnalyzedText& text);

}  // namespace stemma::results
