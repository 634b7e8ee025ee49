// Question: how long does it take to open an index, and to open it and answer the first query?
//
// Every round opens anew: files are mapped again and pages verified again, from a warm page cache.
// $STEMMA_BENCH_INDEX names the index (default: one made of the workload's articles). `warning` is
// opening and asking whether another analyzer wrote the index, as the command does. Checked before
// timing: the first query finds what the exhaustive executor finds. Counters: p50, p90, p99 of
// single rounds; private memory (RssAnon) once all has run.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <fstream>

#include "times.h"
#include "workload.h"

namespace stemma::bench {
namespace {

constexpr const char* kFirstQuery = "government";

const std::filesystem::path& index_path() {
  static const TemporaryFolder kFolder;
  static const std::filesystem::path kPath = [] {
    if (const char* index = std::getenv("STEMMA_BENCH_INDEX")) return std::filesystem::path(index);
    index_articles(kFolder.path() / "stemma");
    return kFolder.path() / "stemma";
  }();
  return kPath;
}

/// Kilobytes of this process that no file backs.
double private_kilobytes() {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    double kilobytes = 0;
    if (word == "RssAnon:" && status >> kilobytes) return kilobytes;
  }
  return 0;
}

Hits first_hits(bool exhaustive) {
  const Searcher searcher(Snapshot::open(index_path()));
  SearchOptions options;
  options.exhaustive = exhaustive;
  return searcher.search(searcher.parse(kFirstQuery).query, options);
}

template <class Round>
void rounds(benchmark::State& state, const Round& round) {
  if (first_hits(false) != first_hits(true)) {
    state.SkipWithError("wrong hits");
    return;
  }
  Times times;
  for (auto _ : state) times.measure(round);
  times.report(state);
  state.counters["articles"] = static_cast<double>(Snapshot::open(index_path()).document_count());
  state.counters["private_kb"] = private_kilobytes();
}

void open(benchmark::State& state) {
  rounds(state, [] { benchmark::DoNotOptimize(Snapshot::open(index_path()).document_count()); });
}
void open_and_warning(benchmark::State& state) {
  rounds(state, [] { benchmark::DoNotOptimize(Snapshot::open(index_path()).analyzer_warning()); });
}
void open_and_first_query(benchmark::State& state) {
  rounds(state, [] { benchmark::DoNotOptimize(first_hits(false)); });
}
BENCHMARK(open)->Unit(benchmark::kMicrosecond);
BENCHMARK(open_and_warning)->Unit(benchmark::kMicrosecond);
BENCHMARK(open_and_first_query)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace stemma::bench

BENCHMARK_MAIN();
