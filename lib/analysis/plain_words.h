// Words of ASCII letters and digits, one by one: what analyze_query() says of them where they stand
// between spaces, without the tokens, readings and forms that only other words need.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/analyzer.h"
#include "analysis/arena.h"
#include "analysis/languages.h"

namespace stemma::analysis {

/// Both arguments must outlive it.
class PlainWords {
 public:
  PlainWords(const Analyzer& analyzer, const std::vector<std::string>& languages);

  /// True if a `word` of ASCII letters and digits needs no other rules; the rest is for such words.
  [[nodiscard]] bool takes(std::string_view word) const;
  /// Its only form: QueryWord::words.
  [[nodiscard]] std::string form(std::string_view word) const;
  /// QueryWord::stems of that form.
  [[nodiscard]] std::vector<std::string> stems(std::string_view form);

 private:
  bool splits_only_;
  const Analyzer& analyzer_;
  const std::vector<std::string>& languages_;
  std::vector<LanguageId> ids_;
  std::optional<Arena> arena_;
};

}  // namespace stemma::analysis
