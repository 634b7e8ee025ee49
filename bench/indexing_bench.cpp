// Questions: how fast is analysis alone, and how fast does an article go all the way to the disk
// (analysis, inversion, segment, Xapian store, fsyncs)?
//
// The answer checked before timing: every article is found under its key and comes back as it went
// in.
#include <benchmark/benchmark.h>

#include "analysis/analyzer.h"
#include "workload.h"

namespace stemma::bench {
namespace {

void analysis_of_articles(benchmark::State& state) {
  const analysis::Analyzer analyzer{IndexOptions{}};
  for (const Article& article : articles()) {
    for (const auto& token : analyzer.analyze(article.title, article.body, article.lang).tokens) {
      const std::string& field =
          token.field == analysis::Field::title ? article.title : article.body;
      if (token.bytes.begin >= token.bytes.end || token.bytes.end > field.size() ||
          token.word.empty()) {
        state.SkipWithError(("a token outside its text in " + article.key).c_str());
        return;
      }
    }
  }
  std::size_t tokens = 0;
  for (auto _ : state) {
    for (const Article& article : articles()) {
      tokens += analyzer.analyze(article.title, article.body, article.lang).tokens.size();
    }
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(text_bytes()) * state.iterations());
  state.SetItemsProcessed(static_cast<std::int64_t>(tokens));
}
BENCHMARK(analysis_of_articles)->Unit(benchmark::kMillisecond);

void indexing_of_articles(benchmark::State& state) {
  {
    const TemporaryFolder folder;
    index_articles(folder.path() / "index");
    const Searcher searcher(Snapshot::open(folder.path() / "index"));
    for (const Article& article : articles()) {
      const auto doc = searcher.find(article.key);
      if (!doc || searcher.article(*doc) != article) {
        state.SkipWithError(("an article did not come back: " + article.key).c_str());
        return;
      }
    }
  }
  for (auto _ : state) {
    const TemporaryFolder folder;
    index_articles(folder.path() / "index");
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(text_bytes()) * state.iterations());
  state.SetItemsProcessed(static_cast<std::int64_t>(articles().size()) * state.iterations());
}
BENCHMARK(indexing_of_articles)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace stemma::bench

BENCHMARK_MAIN();
