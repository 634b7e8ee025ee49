// Analyzer `none`: words are what stands between ASCII white space, byte for byte.
//
// For text that was split elsewhere, and for comparison with other engines. One layer, with
// positions: `word` is the only form, there are no stems, no wholes and no sentences.
#pragma once

#include <string_view>
#include <vector>

#include "analysis/analyzer.h"

namespace stemma::analysis {

[[nodiscard]] AnalyzedText split_article(std::string_view title, std::string_view body);
[[nodiscard]] std::vector<QueryWord> split_query(std::string_view text);

}  // namespace stemma::analysis
