// Query text: any bytes are read, within limits, and what was read is written in a way that reads
// back as the same tree, strictly. The first byte chooses options and analyzer.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/analyzer.h"
#include "fuzz/require.h"
#include "query/node.h"
#include "query/parser.h"
#include "stemma/error.h"

namespace {

using stemma::AnalyzerKind;
using stemma::Error;
using stemma::ParseOptions;
using stemma::require;
namespace query = stemma::query;

struct Index {
  stemma::analysis::Analyzer analyzer;
  std::vector<std::string> languages;
  std::vector<std::string> fields = {"year", "price", "og:title"};

  [[nodiscard]] query::Parsed parse(std::string_view text, const ParseOptions& options) const {
    return query::parse(text, {analyzer, languages, fields}, options);
  }
};

void check(const Index& index, std::string_view text, const ParseOptions& options) {
  const query::Parsed parsed = index.parse(text, options);
  for (const stemma::QueryNote& note : parsed.notes)
    require(note.offset <= text.size(), "a note stands in the text");
  const std::string canonical = query::to_text(parsed.root);
  require(index.parse(canonical, {.any = options.any, .strict = true}).root == parsed.root,
          "canonical text reads back");
  (void)query::to_tree_text(parsed.root);
  try {
    ParseOptions strict = options;
    strict.strict = true;
    require(index.parse(text, strict).root == parsed.root, "strict parsing agrees");
  } catch (const Error& error) {
    require(error.kind() == Error::Kind::bad_query || error.kind() == Error::Kind::limit,
            "strict errors are about the query");
    require(error.offset() <= text.size() && !error.hint().empty() && !parsed.notes.empty(),
            "strict errors were notes");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Index kEnglish{stemma::analysis::Analyzer({}), {"en"}};
  static const Index kMany{stemma::analysis::Analyzer({}), {"en", "de", "fr", "ru"}};
  static const Index kNone{stemma::analysis::Analyzer({.analyzer = AnalyzerKind::none}), {}};
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  const ParseOptions options{.any = (data[0] & 1U) != 0, .plain = (data[0] & 6U) == 6};
  const Index* const indexes[] = {&kEnglish, &kEnglish, &kMany, &kNone};
  check(*indexes[data[0] >> 3 & 3U], text, options);
  return 0;
}
