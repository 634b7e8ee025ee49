// The words of a query, in every reading and every language of the index.
#pragma once

#include <string_view>
#include <vector>

#include "analysis/analyzer.h"
#include "analysis/languages.h"

namespace stemma::analysis {

[[nodiscard]] std::vector<QueryWord> query_words(std::string_view text,
                                                 const std::vector<LanguageId>& languages);

}  // namespace stemma::analysis
