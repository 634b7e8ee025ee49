// See highlights.h: matching tokens to byte ranges. A compound and its parts cover the same bytes,
// so ranges are joined.
#include "results/highlights.h"

#include <algorithm>

#include "results/matches.h"
#include "results/ranges.h"

namespace stemma::results {

std::vector<ByteRange> joined(std::vector<ByteRange> ranges) {
  std::sort(ranges.begin(), ranges.end(), [](const ByteRange& a, const ByteRange& b) {
    return a.begin != b.begin ? a.begin < b.begin : a.end < b.end;
  });
  std::vector<ByteRange> result;
  for (const ByteRange& range : ranges) {
    if (range.begin >= range.end) continue;
    if (!result.empty() && range.begin <= result.back().end) {
      result.back().end = std::max(result.back().end, range.end);
    } else {
      result.push_back(range);
    }
  }
  return result;
}

Highlights highlights(const snapshot::Snapshot& snapshot, const analysis::Analyzer& analyzer,
                      const query::Node& root, const Article& article) {
  const analysis::AnalyzedText text = analyzer.analyze(article.title, article.body, article.lang);
  Highlights found;
  for (const Match& match : find_matches(snapshot, clauses_of(root), text)) {
    const analysis::Token& token = text.tokens[match.token];
    auto& ranges = token.field == analysis::Field::title ? found.title : found.body;
    ranges.push_back(token.bytes);
  }
  found.title = joined(std::move(found.title));
  found.body = joined(std::move(found.body));
  return found;
}

}  // namespace stemma::results
