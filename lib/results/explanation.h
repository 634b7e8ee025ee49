// Why a document has its score, and how a query was read.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "query/node.h"
#include "query/parser.h"
#include "snapshot/snapshot.h"
#include "stemma/searcher.h"

namespace stemma::results {

/// One part a weighted leaf of the query; `value` is their sum in order, bit for bit the hit's
/// score. nullopt if `doc` does not match. Thread-safe.
[[nodiscard]] std::optional<Explanation> explain(const snapshot::Snapshot& snapshot,
                                                 const query::Node& root, DocId doc,
                                                 const SearchOptions& options = {});

/// Query text step by step: tokens, tree, canonical text, plan, document frequencies, words that
/// patterns and stems stand for, notes. For people; the layout may change. Lines end with '\n'.
/// Throws Error{bad_query} if `options.strict`.
[[nodiscard]] std::string explain_query_text(const snapshot::Snapshot& snapshot,
                                             const query::ParseContext& context,
                                             std::string_view text,
                                             const ParseOptions& options = {},
                                             const SearchOptions& search = {});

}  // namespace stemma::results
