// One Searcher in many threads: each must get what a single thread gets. Run under ThreadSanitizer
// too.
#include <gtest/gtest.h>

#include <thread>

#include "stemma/stemma.h"
#include "temporary_folder.h"

namespace stemma {
namespace {

constexpr unsigned kArticles = 300;
constexpr unsigned kThreads = 4;

void write_articles(const std::filesystem::path& directory) {
  IndexWriter writer = IndexWriter::create(directory);
  for (unsigned i = 0; i < kArticles; ++i) {
    Article article;
    article.key = "k" + std::to_string(i);
    article.title = i % 3 == 0 ? "Ferry returns" : "Bridge closed";
    article.body = "The caf\u00e9 by the ferry landing served " + std::to_string(i % 7) +
                   " trains of sailors, then the old bridge swung.";
    article.date = std::to_string(1900 + i % 100);
    writer.add(article);
    if (i % 100 == 99) writer.commit();
  }
}

/// Everything that a Searcher says of one query, as text.
std::string all_answers(const Searcher& searcher, const std::string& text) {
  const Query query = searcher.parse(text).query;
  std::string said = searcher.explain_query(text);
  for (const bool exhaustive : {false, true}) {
    SearchOptions options;
    options.exhaustive = exhaustive;
    const Hits hits = searcher.search(query, options);
    said += std::to_string(hits.total);
    for (const Hit& hit : hits.hits) {
      said += ' ' + searcher.key(hit.doc) + ' ' + std::to_string(hit.score) + ' ' +
              searcher.snippet(query, hit.doc).text + ' ' +
              std::to_string(searcher.highlights(query, hit.doc).body.size()) + ' ' +
              std::to_string(searcher.explain(query, hit.doc)->value);
    }
  }
  return said;
}

TEST(SharedSearcher, AnswersInManyThreadsAsInOne) {
  const TemporaryFolder folder;
  write_articles(folder.path() / "index");
  const std::vector<std::string> queries = {
      "ferries",  "~\"old bridges\"", "\"the cafe\" OR cafe",
      "train*",   "date:1903..1920",  "title:ferry NOT 3",
      "brigde~2", "old NEAR/5 swung", "resum\u00e9 AND bridge"};
  std::vector<std::string> expected;
  {
    const Searcher alone(Snapshot::open(folder.path() / "index"));
    for (const std::string& text : queries) expected.push_back(all_answers(alone, text));
  }
  // A fresh searcher: first touches of pages and first uses of tables happen in all threads at
  // once.
  const Searcher shared(Snapshot::open(folder.path() / "index"));
  std::vector<std::vector<std::string>> got(kThreads);
  std::vector<std::thread> threads;
  threads.reserve(kThreads);
  for (unsigned t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      for (const std::string& text : queries) got[t].push_back(all_answers(shared, text));
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const auto& answers : got) EXPECT_EQ(answers, expected);
}

}  // namespace
}  // namespace stemma
