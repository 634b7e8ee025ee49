// Question: how long does it take to show ten hits, from hits to titles and snippets?
//
// The default (240 bytes a snippet), plain words and a phrase. $STEMMA_BENCH_INDEX names the index
// (default: one made of the workload's articles). Checked before timing: every snippet has text,
// and its highlights lie inside, in order. Counters: p50, p90, p99 of lists of up to ten.
#include <benchmark/benchmark.h>

#include <cstdlib>

#include "times.h"
#include "workload.h"

namespace stemma::bench {
namespace {

constexpr const char* kQueries[] = {"government", "government minister", "oil price week",
                                    "\"prime minister\"", "war OR peace OR treaty"};

const Searcher& searcher() {
  static const TemporaryFolder kFolder;
  static const Searcher kSearcher = [] {
    if (const char* index = std::getenv("STEMMA_BENCH_INDEX")) {
      return Searcher(Snapshot::open(index));
    }
    index_articles(kFolder.path() / "stemma");
    return Searcher(Snapshot::open(kFolder.path() / "stemma"));
  }();
  return kSearcher;
}

bool is_sound(const Snippet& snippet) {
  std::size_t last = 0;
  for (const ByteRange& match : snippet.highlights) {
    if (match.begin < last || match.end <= match.begin || match.end > snippet.text.size()) {
      return false;
    }
    last = match.end;
  }
  return !snippet.text.empty();
}

/// What a result list shows of one hit.
std::size_t show(const Query& query, const Hit& hit) {
  const Article article = searcher().article(hit.doc);
  const Snippet snippet = searcher().snippet(query, hit.doc);
  return article.title.size() + snippet.text.size() + snippet.highlights.size();
}

void list(benchmark::State& state, const char* text) {
  const Query query = searcher().parse(text).query;
  const Hits hits = searcher().search(query);
  std::size_t bytes = 0;
  for (const Hit& hit : hits.hits) {
    const Article article = searcher().article(hit.doc);
    bytes += article.title.size() + article.body.size();
    if (!is_sound(searcher().snippet(query, hit.doc))) {
      state.SkipWithError("a snippet is not sound");
      return;
    }
  }
  Times times;
  for (auto _ : state) {
    times.measure([&] {
      for (const Hit& hit : hits.hits) benchmark::DoNotOptimize(show(query, hit));
    });
  }
  times.report(state);
  state.counters["hits"] = static_cast<double>(hits.hits.size());
  state.counters["text_bytes"] = static_cast<double>(bytes);
}

void register_all() {
  for (const char* text : kQueries) {
    benchmark::RegisterBenchmark((std::string("list/") + text).c_str(),
                                 [text](benchmark::State& state) { list(state, text); })
        ->Unit(benchmark::kMicrosecond);
  }
}

}  // namespace
}  // namespace stemma::bench

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  stemma::bench::register_all();
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return 0;
}
