// Stemma on real texts: five news texts on one story, and three collections with judgements.
//
// The texts are not ours to ship. They are looked for in $STEMMA_ACCEPTANCE_DATA, else in
// ../shared/data beside the source tree; without them these tests skip, and say so.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "stemma/stemma.h"
#include "temporary_folder.h"

namespace stemma {
namespace {

std::filesystem::path data_folder() {
  const char* set = std::getenv("STEMMA_ACCEPTANCE_DATA");
  return set != nullptr ? std::filesystem::path(set)
                        : std::filesystem::path(STEMMA_SOURCE_DIR) / "../shared/data";
}

Searcher index_of(const std::filesystem::path& input, const std::filesystem::path& index) {
  IndexWriter writer = IndexWriter::create(index);
  const ReadReport report = read_articles(input, [&](Article&& article) {
    writer.add(article);
    return true;
  });
  EXPECT_TRUE(report.failures.empty())
      << report.failures.front().where << report.failures.front().message;
  writer.commit();
  return Searcher(Snapshot::open(index));
}

std::set<std::string> found_keys(const Searcher& searcher, const std::string& text,
                                 const ParseOptions& options = {}) {
  SearchOptions all;
  all.k = 10'000;
  std::set<std::string> keys;
  for (const Hit& hit : searcher.search(searcher.parse(text, options).query, all).hits) {
    keys.insert(std::filesystem::path(searcher.key(hit.doc)).filename().string().substr(0, 3));
  }
  return keys;
}

class Seeds : public testing::Test {
 protected:
  void SetUp() override {
    const auto folder = data_folder() / "seeds";
    if (!std::filesystem::exists(folder)) GTEST_SKIP() << "no seed texts at " << folder;
    searcher_ = std::make_unique<Searcher>(index_of(folder, temporary_.path() / "index"));
  }
  [[nodiscard]] std::set<std::string> found(const std::string& query) const {
    return found_keys(*searcher_, query);
  }

  const std::set<std::string> all_ = {"000", "001", "002", "003", "004"};
  TemporaryFolder temporary_;
  std::unique_ptr<Searcher> searcher_;
};

TEST_F(Seeds, WordsAndPhrasesFindAllFiveThroughLookAlikeLetters) {
  for (const std::string query :
       {"artillery", "\"actively advancing\"", "\"Vladimir Putin\"", "letters"}) {
    EXPECT_EQ(found(query), all_) << query;
  }
}

TEST_F(Seeds, VerbatimPhrasesFindExactlyTheirSpelling) {
  EXPECT_EQ(found("\"armoured train\"").size(), 3U);
  EXPECT_EQ(found("\"armored train\"").size(), 2U);
  std::set<std::string> both = found("\"armoured train\"");
  both.merge(found("\"armored train\""));
  EXPECT_EQ(both, all_);
}

TEST_F(Seeds, TheRawFormFindsTheTextWrittenWithLookAlikesAlone) {
  EXPECT_EQ(found("=w\u0435apons"), std::set<std::string>{"001"});
}

// ---------------------------------------------------------------------------------- judgements

using Judgements = std::map<std::string, std::map<std::string, int>>;  // query -> key -> grade

Judgements read_judgements(const std::filesystem::path& path) {
  Judgements judgements;
  std::ifstream file(path);
  std::string query;
  std::string iteration;
  std::string key;
  int grade = 0;
  while (file >> query >> iteration >> key >> grade) judgements[query][key] = grade;
  return judgements;
}

double ndcg_at_10(const std::vector<std::string>& ranked,
                  const std::map<std::string, int>& grades) {
  double gain = 0;
  for (std::size_t rank = 0; rank < std::min<std::size_t>(10, ranked.size()); ++rank) {
    const auto grade = grades.find(ranked[rank]);
    if (grade != grades.end()) gain += grade->second / std::log2(static_cast<double>(rank) + 2);
  }
  std::vector<int> ideal;
  for (const auto& [key, grade] : grades) ideal.push_back(grade);
  std::sort(ideal.rbegin(), ideal.rend());
  double best = 0;
  for (std::size_t rank = 0; rank < std::min<std::size_t>(10, ideal.size()); ++rank) {
    best += ideal[rank] / std::log2(static_cast<double>(rank) + 2);
  }
  return best == 0 ? 0 : gain / best;
}

double mean_ndcg(const Searcher& searcher, const std::filesystem::path& folder) {
  const Judgements judgements = read_judgements(folder / "qrels.txt");
  std::ifstream topics(folder / "topics.tsv");
  ParseOptions plain_any;
  plain_any.any = true;
  plain_any.plain = true;
  double sum = 0;
  std::size_t queries = 0;
  for (std::string line; std::getline(topics, line);) {
    const std::size_t tab = line.find('\t');
    const auto grades = judgements.find(line.substr(0, tab));
    if (grades == judgements.end()) continue;
    std::vector<std::string> ranked;
    const Query query = searcher.parse(line.substr(tab + 1), plain_any).query;
    for (const Hit& hit : searcher.search(query).hits) ranked.push_back(searcher.key(hit.doc));
    sum += ndcg_at_10(ranked, grades->second);
    ++queries;
  }
  EXPECT_GT(queries, 0U);
  return sum / static_cast<double>(queries);
}

struct Collection {
  std::string name;
  double bar = 0;
};

class Relevance : public testing::TestWithParam<Collection> {};

TEST_P(Relevance, ReachesItsBar) {
  const auto folder = data_folder() / GetParam().name;
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "no collection at " << folder;
  const TemporaryFolder temporary;
  const Searcher searcher = index_of(folder / "docs.jsonl.zst", temporary.path() / "index");
  const double ndcg = mean_ndcg(searcher, folder);
  std::cout << GetParam().name << " nDCG@10 " << ndcg << " over "
            << searcher.snapshot().document_count() << " articles\n";
  EXPECT_GE(ndcg, GetParam().bar - 0.0005) << "the bar has three decimals";
}

INSTANTIATE_TEST_SUITE_P(Collections, Relevance,
                         testing::Values(Collection{"time", 0.742}, Collection{"scifact", 0.685},
                                         Collection{"fnc1", 0.715}),
                         [](const auto& each) { return each.param.name; });

TEST(Reuters, IndexesAndAnswers) {
  const auto file = data_folder() / "reuters21578.jsonl.zst";
  if (!std::filesystem::exists(file)) GTEST_SKIP() << "no collection at " << file;
  const TemporaryFolder temporary;
  const Searcher searcher = index_of(file, temporary.path() / "index");
  EXPECT_EQ(searcher.snapshot().document_count(), 21'578U);
  for (const std::string text :
       {"cocoa", "\"oil prices\"", "title:gold mine", "wheat OR maize", "date:1987-03-02"}) {
    EXPECT_GT(searcher.search(searcher.parse(text).query).total, 0U) << text;
  }
}

// ---------------------------------------------------------------------------------- our corpus

TEST(OwnCorpus, ARussianWordOfLookAlikesFindsItsArticle) {
  const TemporaryFolder temporary;
  const Searcher searcher = index_of(std::filesystem::path(STEMMA_SOURCE_DIR) / "corpus/articles",
                                     temporary.path() / "index");
  const Hits hits = searcher.search(searcher.parse("\u0445\u043E\u0440").query);
  ASSERT_GT(hits.total, 0U);
  EXPECT_EQ(searcher.article(hits.hits.front().doc).lang, "ru");
}

}  // namespace
}  // namespace stemma
