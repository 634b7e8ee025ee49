// Question: what does one article cost that is committed by itself, and does it stay so?
//
// `one` adds one article of the workload and commits; `updated` changes one that is there. The
// index is a copy of $STEMMA_BENCH_INDEX (default: one of the workload's articles) in the temporary
// folder: TMPDIR=/dev/shm shows what is left without a disk's fsyncs. `row` commits 10,000 articles
// one by one into a new index. Checked after each: the article is found, and nothing else changed.
// Counters: p50_us, p90_us, p99_us of single commits, add() included; segments at the end; for
// `row` written_bytes, all that the process wrote per byte of its final files.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <fstream>

#include "times.h"
#include "workload.h"

namespace stemma::bench {
namespace {

constexpr std::size_t kRow = 10'000;

struct Scratch {
  TemporaryFolder folder;
  std::filesystem::path path = folder.path() / "index";
  Scratch() {
    if (const char* index = std::getenv("STEMMA_BENCH_INDEX")) {
      std::filesystem::copy(index, path, std::filesystem::copy_options::recursive);
    } else {
      index_articles(path);
    }
  }
};

const std::filesystem::path& scratch_index() {
  static const Scratch kScratch;
  return kScratch.path;
}

Article article(std::size_t number, const std::string& key) {
  Article made = articles()[number % articles().size()];
  made.key = key;
  made.body += " " + key;
  return made;
}

bool is_found(const std::filesystem::path& index, const std::string& key) {
  const Searcher searcher(Snapshot::open(index));
  return searcher.find(key).has_value();
}

std::uint64_t written_bytes() {
  std::ifstream io("/proc/self/io");
  for (std::string word; io >> word;) {
    std::uint64_t bytes = 0;
    if (word == "wchar:" && io >> bytes) return bytes;
  }
  return 0;
}

std::uint64_t bytes_of(const std::filesystem::path& index) {
  std::uint64_t bytes = 0;
  for (const PartSize& part : statistics(index).parts) bytes += part.bytes;
  return bytes;
}

void commits(benchmark::State& state, bool update) {
  const std::filesystem::path& index = scratch_index();
  IndexWriter writer = IndexWriter::open(index);
  const std::uint64_t before = writer.document_count();
  static std::size_t number = 0;
  const std::string same = "commit-bench-updated";
  if (update) {
    writer.add(article(0, same));
    writer.commit();
  }
  const std::uint64_t start = writer.document_count();
  Times times;
  for (auto _ : state) {
    ++number;
    const std::string key = update ? same : "commit-bench-" + std::to_string(number);
    Article one = article(number, key);
    one.title = "number " + std::to_string(number);
    times.measure([&] {
      writer.add(one);
      writer.commit();
    });
  }
  const std::uint64_t added = update ? 0 : static_cast<std::uint64_t>(state.iterations());
  if (writer.document_count() != start + added || (update && start > before + 1) ||
      !is_found(index, update ? same : "commit-bench-" + std::to_string(number))) {
    state.SkipWithError("the index does not hold what was added");
    return;
  }
  times.report(state);
  state.counters["segments"] = static_cast<double>(statistics(index).segments);
  state.counters["articles"] = static_cast<double>(writer.document_count());
}

void row(benchmark::State& state) {
  for (auto _ : state) {
    const TemporaryFolder folder;
    const auto index = folder.path() / "index";
    const std::uint64_t before = written_bytes();
    Times times;
    {
      IndexWriter writer = IndexWriter::create(index);
      for (std::size_t i = 0; i < kRow; ++i) {
        const Article one = article(i, "row-" + std::to_string(i));
        times.measure([&] {
          writer.add(one);
          writer.commit();
        });
      }
    }
    const IndexStatistics found = statistics(index);
    if (found.documents != kRow || !is_found(index, "row-0")) {
      state.SkipWithError("articles are missing");
      return;
    }
    times.report(state);
    state.counters["segments"] = static_cast<double>(found.segments);
    state.counters["written_bytes"] =
        static_cast<double>(written_bytes() - before) / static_cast<double>(bytes_of(index));
  }
}

}  // namespace

BENCHMARK_CAPTURE(commits, one, false)->Unit(benchmark::kMicrosecond)->Iterations(200);
BENCHMARK_CAPTURE(commits, updated, true)->Unit(benchmark::kMicrosecond)->Iterations(200);
BENCHMARK(row)->Unit(benchmark::kMillisecond)->Iterations(1);

}  // namespace stemma::bench

BENCHMARK_MAIN();
