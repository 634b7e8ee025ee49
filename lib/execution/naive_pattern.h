// Which words a pattern stands for, by comparing it with every word: the oracle's half of
// pattern.h.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "query/node.h"
#include "segment/segment.h"

namespace stemma::execution {

/// Term keys of all words that match, as written or folded.
[[nodiscard]] std::set<std::string> naive_words(const segment::Segment& segment,
                                                const query::Node& pattern);

/// One word against one pattern.
[[nodiscard]] bool naive_match(const query::Node& pattern, std::string_view text);

}  // namespace stemma::execution
