// The words of a query, in every reading and every language of the index.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analysis/analyzer.h"
#include "analysis/arena.h"
#include "analysis/languages.h"

namespace stemma::analysis {

[[nodiscard]] std::vector<QueryWord> query_words(std::string_view text,
                                                 const std::vector<LanguageId>& languages);

/// The languages that a query is analysed in, given those that the index holds.
[[nodiscard]] std::vector<LanguageId> query_languages(const Analyzer& analyzer,
                                                      const std::vector<std::string>& languages);
/// Appends what `form` is stemmed to in any of the languages; `stems` is sorted then, and has none
/// twice.
void append_stems(std::string_view form, const std::vector<LanguageId>& languages, Arena& arena,
                  std::vector<std::string>& stems);

}  // namespace stemma::analysis
