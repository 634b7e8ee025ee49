// Where a query matches in one article, as bytes of the original title and body.
//
// Offsets are not stored in the index: the article is analysed again, and each token is compared
// with the clauses of the query. A word alone is a match; a word of a phrase only where the phrase
// truly stands. What stands under NOT is never a match.
#pragma once

#include "analysis/analyzer.h"
#include "query/node.h"
#include "snapshot/snapshot.h"
#include "stemma/article.h"
#include "stemma/searcher.h"

namespace stemma::results {

/// Ranges ascend, lie apart from each other and inside their text; see Searcher::highlights.
/// Thread-safe.
[[nodiscard]] Highlights highlights(const snapshot::Snapshot& snapshot,
                                    const analysis::Analyzer& analyzer, const query::Node& root,
                                    const Article& article);

}  // namespace stemma::results
