// From a query tree and a snapshot to ranked documents.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "query/node.h"
#include "snapshot/snapshot.h"
#include "stemma/searcher.h"

namespace stemma::execution {

/// The best documents of `root`; see Searcher::search for the promises. Thread-safe.
[[nodiscard]] Hits execute(const snapshot::Snapshot& snapshot, const query::Node& root,
                           const SearchOptions& options);

/// One weighted leaf of a score, in the order of the canonical query.
struct LeafScore {
  std::string name;  ///< the leaf in canonical text
  std::uint64_t document_frequency = 0;
  double weight = 0;  ///< by rarity, with boosts
  std::uint32_t term_frequency = 0;
  double tf_part = 0;
  double score = 0;  ///< weight * tf_part
};

struct ScoreParts {
  double total = 0;  ///< the leaves added in order: bit for bit the hit's score
  std::uint32_t length = 0;
  double average_length = 0;
  std::vector<LeafScore> leaves;
};

/// nullopt if `doc` does not match.
[[nodiscard]] std::optional<ScoreParts> score_parts(const snapshot::Snapshot& snapshot,
                                                    const query::Node& root, DocId doc,
                                                    const SearchOptions& options);

/// The plan as text for `explain`: operators, document frequencies, numbers of expanded words.
[[nodiscard]] std::string plan_text(const snapshot::Snapshot& snapshot, const query::Node& root,
                                    const SearchOptions& options);

/// Word texts that a pattern or a stemmed word stands for in this snapshot, ascending, at most
/// `limit` (0: all), and whether there were more: for highlights and `explain`.
struct Expansion {
  std::vector<std::string> words;  ///< folded-with-accents word forms (text of word-layer terms)
  std::uint64_t total = 0;
};
[[nodiscard]] Expansion expand(const snapshot::Snapshot& snapshot, const query::Node& leaf,
                               std::size_t limit = 0);

}  // namespace stemma::execution
