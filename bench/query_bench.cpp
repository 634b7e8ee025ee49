// Question: how long does one query of each class take, warm, from parsed query to hits, and how
// long does Xapian take for the same terms and the same answer?
//
// Modes: top10 (best ten), top10_count (best ten and the exact number of matches), count (k = 0).
// Before timing, the hits of each query are compared with the exhaustive executor's, and the counts
// with Xapian's. Counters: p50, p90, p99 of single queries in microseconds; the benchmark's own
// time is that of one round over all queries of the class.
#include <benchmark/benchmark.h>

#include "times.h"
#include "workload.h"

namespace stemma::bench {
namespace {

struct Mode {
  std::string name;
  std::size_t k = 10;
  bool count = false;
};

const std::vector<Mode>& modes() {
  static const std::vector<Mode> kModes = {
      {"top10", 10, false}, {"top10_count", 10, true}, {"count", 0, true}};
  return kModes;
}

SearchOptions options_of(const Mode& mode) {
  SearchOptions options;
  options.k = mode.k;
  options.count = mode.count;
  return options;
}

Xapian::MSet ask_xapian(const Xapian::Query& query, const Mode& mode) {
  Xapian::Enquire enquire(engines().xapian);
  enquire.set_query(query);
  const Bm25Options bm25;
  enquire.set_weighting_scheme(Xapian::BM25Weight(bm25.k1, 0, 0, bm25.b, 0));
  const Xapian::doccount check = mode.count ? engines().xapian.get_doccount() : 0;
  return enquire.get_mset(0, static_cast<Xapian::doccount>(mode.k), check);
}

std::vector<Query> parsed(const QueryClass& one) {
  std::vector<Query> queries;
  for (const std::string& text : one.queries)
    queries.push_back(engines().searcher.parse(text).query);
  return queries;
}

void stemma_queries(benchmark::State& state, const QueryClass& one, const Mode& mode) {
  const Searcher& searcher = engines().searcher;
  const std::vector<Query> queries = parsed(one);
  const SearchOptions options = options_of(mode);
  SearchOptions oracle = options;
  oracle.exhaustive = true;
  for (const Query& query : queries) {
    if (searcher.search(query, options) != searcher.search(query, oracle)) {
      state.SkipWithError(("wrong hits: " + query.to_string()).c_str());
      return;
    }
  }
  Times times;
  for (auto _ : state) {
    for (const Query& query : queries) {
      times.measure([&] { benchmark::DoNotOptimize(searcher.search(query, options)); });
    }
  }
  times.report(state);
}

void xapian_queries(benchmark::State& state, const QueryClass& one, const Mode& mode) {
  std::vector<Xapian::Query> queries;
  for (const Query& query : parsed(one)) {
    queries.push_back(to_xapian(query));
    const Mode counting{"", mode.k, true};
    const auto total = engines().searcher.search(query, options_of(counting)).total;
    if (ask_xapian(queries.back(), counting).get_matches_estimated() != total) {
      state.SkipWithError(("Xapian counts otherwise: " + query.to_string()).c_str());
      return;
    }
  }
  Times times;
  for (auto _ : state) {
    for (const Xapian::Query& query : queries) {
      times.measure([&] { benchmark::DoNotOptimize(ask_xapian(query, mode).size()); });
    }
  }
  times.report(state);
}

void register_all() {
  for (const QueryClass& one : query_classes()) {
    for (const Mode& mode : modes()) {
      const std::string name = one.name + "/" + mode.name;
      benchmark::RegisterBenchmark(("stemma/" + name).c_str(), [&one,
                                                                &mode](benchmark::State& state) {
        stemma_queries(state, one, mode);
      })->Unit(benchmark::kMicrosecond);
      if (one.name == "prefix") continue;  // Xapian estimates frequencies of expansions
      benchmark::RegisterBenchmark(("xapian/" + name).c_str(), [&one,
                                                                &mode](benchmark::State& state) {
        xapian_queries(state, one, mode);
      })->Unit(benchmark::kMicrosecond);
    }
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
