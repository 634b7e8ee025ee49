// reader INDEX HELD: opens and asks the index again and again, until its standard input ends.
//
// Every commit holds whole batches of five articles, all with the word "common", so a mixture of
// two states would show. With HELD = 1 one snapshot is kept over many questions, and must go on to
// answer as it did, whatever the writer does. At the end it prints: questions, errors, the longest
// question in microseconds, descriptors and mappings that it had at its first and has at its last
// question.
#include <poll.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <thread>

#include "stemma/searcher.h"

namespace {

constexpr std::uint64_t kBatch = 5;
constexpr int kQuestionsASnapshot = 40;

bool input_ended() {
  pollfd input{0, POLLIN, 0};
  return poll(&input, 1, 0) > 0;
}

long descriptors() {
  const auto all = std::filesystem::directory_iterator("/proc/self/fd");
  return std::distance(begin(all), end(all));
}

long mappings_of(const std::string& index) {
  std::ifstream maps("/proc/self/maps");
  long found = 0;
  for (std::string line; std::getline(maps, line);) {
    found += line.find(index) != std::string::npos ? 1 : 0;
  }
  return found;
}

/// The number of articles; throws what is wrong.
std::uint64_t ask(const stemma::Searcher& searcher) {
  stemma::SearchOptions options;
  options.count = true;
  const stemma::Hits found = searcher.search(searcher.parse("common").query, options);
  const std::uint64_t documents = searcher.snapshot().document_count();
  if (found.total != documents || documents % kBatch != 0) {
    throw std::runtime_error("a mixed state: " + std::to_string(found.total) + " of " +
                             std::to_string(documents));
  }
  for (const stemma::Hit& hit : found.hits) {
    const stemma::Article article = searcher.article(hit.doc);
    if (article.body.find("common") == std::string::npos || searcher.find(article.key) != hit.doc) {
      throw std::runtime_error("a wrong article: " + article.key);
    }
  }
  return documents;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  const std::string index = argv[1];
  const bool held = std::string(argv[2]) == "1";
  std::unique_ptr<stemma::Searcher> searcher;
  std::uint64_t expected = 0;
  long long questions = 0;
  long long errors = 0;
  std::int64_t longest = 0;
  long first_descriptors = 0;
  while (!input_ended()) {
    const auto start = std::chrono::steady_clock::now();
    try {
      if (!held || questions % kQuestionsASnapshot == 0) {
        searcher = std::make_unique<stemma::Searcher>(stemma::Snapshot::open(index));
        expected = searcher->snapshot().document_count();
      }
      if (ask(*searcher) != expected) throw std::runtime_error("a snapshot has changed");
      if (!held) searcher.reset();
    } catch (const std::exception& error) {
      ++errors;
      std::fprintf(stderr, "reader: %s\n", error.what());
    }
    const auto took = std::chrono::steady_clock::now() - start;
    longest = std::max<std::int64_t>(
        longest, std::chrono::duration_cast<std::chrono::microseconds>(took).count());
    if (questions++ == 0) first_descriptors = descriptors();
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  searcher.reset();
  std::printf("%lld %lld %lld %ld %ld %ld\n", questions, errors, static_cast<long long>(longest),
              first_descriptors, descriptors(), mappings_of(index));
}
