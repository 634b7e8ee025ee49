// Question: how near to the hardware is a query? For each class: the bytes of the index that its
// answer must touch, the time that bare kernels take for them (floor.h), and how many times that
// the whole query takes, from text to hits.
//
// The index is one segment of the workload's articles. Before timing, the floor of a count must
// give the query's own count. Counters: queries (those with a word that is several lists, in an
// index of several languages, are left out), and geometric means over them: bytes, floor_us,
// query_us, times; each time is the least of five in a row. The benchmark's own time is nothing.
#include <benchmark/benchmark.h>

#include <chrono>
#include <cmath>
#include <limits>
#include <memory>

#include "floor.h"
#include "workload.h"

namespace stemma::bench {
namespace {

struct Index {
  TemporaryFolder folder;
  Index() {
    index_articles(folder.path() / "stemma");
    IndexWriter writer = IndexWriter::open(folder.path() / "stemma");
    writer.merge_all();
    writer.commit();
  }
};

const std::filesystem::path& index_path() {
  static const Index kIndex;
  static const std::filesystem::path kPath = kIndex.folder.path() / "stemma";
  return kPath;
}

template <class Call>
double least_microseconds(const Call& call) {
  double least = std::numeric_limits<double>::max();
  for (int i = 0; i < 5; ++i) {
    const auto start = std::chrono::steady_clock::now();
    call();
    const std::chrono::duration<double, std::micro> took = std::chrono::steady_clock::now() - start;
    least = std::min(least, took.count());
  }
  return std::max(least, 0.02);  // what the clock can tell
}

class GeometricMean {
 public:
  void add(double value) {
    sum_ += std::log(value);
    ++count_;
  }
  [[nodiscard]] double value() const { return count_ == 0 ? 0 : std::exp(sum_ / count_); }

 private:
  double sum_ = 0;
  int count_ = 0;
};

SearchOptions options_of(Question question) {
  SearchOptions options;
  options.k = question == Question::best ? 10 : 0;
  options.count = question == Question::count;
  return options;
}

void floors(benchmark::State& state, const QueryClass& one, Question question) {
  const Searcher searcher(Snapshot::open(index_path()));
  const auto snapshot = snapshot::Snapshot::open(index_path());
  const SearchOptions options = options_of(question);
  std::vector<std::pair<std::string, std::unique_ptr<Floor>>> all;
  for (const std::string& text : one.queries) {
    const Query query = searcher.parse(text).query;
    auto floor = Floor::of(*snapshot, query.root(), question);
    if (!floor) continue;
    if (question == Question::count && floor->run() != searcher.search(query, options).total) {
      state.SkipWithError(("the floor counts otherwise: " + text).c_str());
      return;
    }
    all.push_back({text, std::move(floor)});
  }
  if (all.empty()) state.SkipWithError("no query whose floor is known");
  GeometricMean bytes;
  GeometricMean floor;
  GeometricMean whole;
  GeometricMean times;
  for (auto _ : state) {
    for (const auto& [text, bare] : all) {
      const double least = least_microseconds([&] { benchmark::DoNotOptimize(bare->run()); });
      const double query = least_microseconds(
          [&] { benchmark::DoNotOptimize(searcher.search(searcher.parse(text).query, options)); });
      bytes.add(std::max(1.0, static_cast<double>(bare->bytes())));
      floor.add(least);
      whole.add(query);
      times.add(query / least);
    }
  }
  state.counters["queries"] = static_cast<double>(all.size());
  state.counters["bytes"] = bytes.value();
  state.counters["floor_us"] = floor.value();
  state.counters["query_us"] = whole.value();
  state.counters["times"] = times.value();
}

void register_all() {
  for (const QueryClass& one : query_classes()) {
    if (one.name == "prefix") continue;  // its list is found, not computed
    for (const auto& [name, question] :
         {std::pair{"best", Question::best}, {"count", Question::count}}) {
      if (question == Question::count && (one.name == "common" || one.name == "rare")) continue;
      benchmark::RegisterBenchmark(
          ("floor/" + one.name + "/" + name).c_str(),
          [&one, question = question](benchmark::State& state) { floors(state, one, question); })
          ->Unit(benchmark::kMicrosecond);
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
