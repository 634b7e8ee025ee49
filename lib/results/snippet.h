// The piece of an article that shows best why it matches.
//
// Every match in the body begins a candidate window of `max_bytes`. A window is worth the weights
// of the distinct clauses in it (rare words weigh more, a phrase as much as its words together and
// a little), plus a little for neighbours and repetitions. The best, the earliest of equals, is
// widened to a sentence start or a word boundary and cut at whole characters. Without a match in
// the body it is the body's beginning.
#pragma once

#include <cstddef>

#include "analysis/analyzer.h"
#include "query/node.h"
#include "snapshot/snapshot.h"
#include "stemma/article.h"
#include "stemma/searcher.h"

namespace stemma::results {

/// `text` has at most `max_bytes` bytes and is a substring of the body. Thread-safe.
[[nodiscard]] Snippet snippet(const snapshot::Snapshot& snapshot,
                              const analysis::Analyzer& analyzer, const query::Node& root,
                              const Article& article, std::size_t max_bytes = 240);

}  // namespace stemma::results
