// Question: how long does it take to read a typed query, and to look up a term in the dictionaries?
//
// Both analyzers. Checked before timing: canonical text, read again, gives the same tree; each
// sampled term is found with the frequency that the iterator says. $STEMMA_BENCH_INDEX names an
// index to sample terms from (default: one made of the workload's articles). Counters of parsing
// are single-call times; a lookup is too short for a clock, so its time is the mean of a round over
// 1,000 terms in random order.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <random>

#include "query/parser.h"
#include "segment/segment.h"
#include "snapshot/snapshot.h"
#include "times.h"
#include "workload.h"

namespace stemma::bench {
namespace {

constexpr std::size_t kTerms = 1000;

struct Typed {
  const char* name;
  const char* text;
};
constexpr Typed kTyped[] = {
    {"word1", "ferries"},
    {"word3", "ferries returned monday"},
    {"word5", "ferries returned monday after storm"},
    {"phrase2", "\"ferries returned\""},
    {"phrase5", "\"ferries returned monday after storm\""},
    {"or3", "ferries OR returned OR monday"},
    {"mixed", "+ferries -title:storm \"came back\"~3 year:>2000 por*"},
    {"cyrillic3", "паромы вернулись вчера"},
};

void parse_text(benchmark::State& state, const Typed& typed, AnalyzerKind kind) {
  IndexOptions index_options;
  index_options.analyzer = kind;
  const analysis::Analyzer analyzer(index_options);
  const std::vector<std::string> languages{"en"};
  const std::vector<std::string> fields{"year", "section", "og:title"};
  const query::ParseContext context{analyzer, languages, fields, false};  // as Searcher::parse
  const ParseOptions options;
  const query::Node root = query::parse(typed.text, context, options).root;
  if (!(query::parse(query::to_text(root), context, options).root == root)) {
    state.SkipWithError("canonical text gives another tree");
    return;
  }
  Times times;
  for (auto _ : state) {
    times.measure([&] { benchmark::DoNotOptimize(query::parse(typed.text, context, options)); });
  }
  times.report(state);
}

std::shared_ptr<const snapshot::Snapshot> opened() {
  if (const char* index = std::getenv("STEMMA_BENCH_INDEX")) return snapshot::Snapshot::open(index);
  static const TemporaryFolder kFolder;
  index_articles(kFolder.path() / "stemma");
  return snapshot::Snapshot::open(kFolder.path() / "stemma");
}

/// Terms of all segments, evenly over the dictionaries, then shuffled.
std::vector<std::string> sampled_terms(const snapshot::Snapshot& state) {
  std::vector<std::string> terms;
  for (const auto& view : state.segments()) {
    const std::uint64_t step =
        std::max<std::uint64_t>(1, view.segment->term_count() * state.segments().size() / kTerms);
    segment::TermIterator at = view.segment->terms();
    for (std::uint64_t i = 0; at.next(); ++i) {
      if (i % step == 0) terms.emplace_back(at.term());
    }
  }
  std::shuffle(terms.begin(), terms.end(), std::mt19937(1));
  return terms;
}

bool are_found(const snapshot::Snapshot& state, const std::vector<std::string>& terms) {
  for (const std::string& term : terms) {
    for (const auto& view : state.segments()) {
      segment::TermIterator at = view.segment->terms(term);
      const bool here = at.next() && at.term() == term;
      const auto info = view.segment->find(term);
      if (info.has_value() != here) return false;
      if (here && info->document_frequency != at.info().document_frequency) return false;
    }
  }
  return true;
}

void look_up(benchmark::State& state, bool present) {
  static const auto kState = opened();
  static const std::vector<std::string> kTermsHere = sampled_terms(*kState);
  std::vector<std::string> terms = kTermsHere;
  if (!present) {
    for (std::string& term : terms) term += "qx";
  }
  if (!are_found(*kState, terms)) {
    state.SkipWithError("a lookup and the iterator disagree");
    return;
  }
  for (auto _ : state) {
    for (const std::string& term : terms) benchmark::DoNotOptimize(kState->statistics(term));
  }
  const auto calls = static_cast<double>(state.iterations()) * static_cast<double>(terms.size());
  state.counters["ns_a_segment"] =
      benchmark::Counter(calls * static_cast<double>(kState->segments().size()) * 1e-9,
                         benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
  state.counters["segments"] = static_cast<double>(kState->segments().size());
}

void register_all() {
  for (const auto& [name, kind] :
       {std::pair{"none", AnalyzerKind::none}, {"standard", AnalyzerKind::standard}}) {
    for (const Typed& typed : kTyped) {
      benchmark::RegisterBenchmark(
          (std::string("parse/") + name + "/" + typed.name).c_str(),
          [&typed, kind = kind](benchmark::State& state) { parse_text(state, typed, kind); });
    }
  }
  benchmark::RegisterBenchmark("look_up/present", look_up, true);
  benchmark::RegisterBenchmark("look_up/absent", look_up, false);
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
