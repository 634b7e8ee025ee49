// Stemma means what Xapian means: the same documents, the same counts, the same scores to within
// 1e-9, the same order except among scores that close, on random indexes and on corpus/.
//
// Xapian is asked for all matches, since its own pruned top-k under BM25 is not exact.
// STEMMA_DIFFERENTIAL_QUERIES sets how many queries are compared (20,000 if it is not set).
#include <gtest/gtest.h>
#include <xapian.h>

#include <cmath>
#include <cstdlib>
#include <iostream>
#include <limits>
#include <map>
#include <optional>
#include <set>

#include "differential/any_article.h"
#include "differential/any_query.h"
#include "differential/peer.h"
#include "differential/translate.h"
#include "execution/execute.h"
#include "stemma/error.h"
#include "stemma/read_articles.h"

namespace stemma {
namespace {

using namespace testing;  // NOLINT: builders of trees

std::uint32_t wanted_queries() {
  const char* typed = std::getenv("STEMMA_DIFFERENTIAL_QUERIES");
  return typed == nullptr ? 20'000 : static_cast<std::uint32_t>(std::strtoul(typed, nullptr, 10));
}

bool close(double a, double b) {
  return std::abs(a - b) <= 1e-9 * std::max(std::abs(a), std::abs(b));
}

struct Counters {
  std::uint32_t compared = 0;
  std::uint32_t with_scores = 0;
  std::uint32_t with_hits = 0;
  std::map<query::NodeKind, std::uint32_t> nodes;

  void count(const Node& node) {
    ++nodes[node.kind];
    for (const Node& child : node.children) count(child);
  }
};

// Compares one query; what differs is a test failure with both readings in it.
class Comparison {
 public:
  Comparison(const Peer& peer, Counters& counters)
      : peer_(peer), translator_(peer), counters_(counters) {}

  void compare(const Node& root, const Bm25Options& bm25, const std::string& where) {
    const auto query = translator_.translate(root);
    if (!query) return;
    const bool scores_comparable = translator_.scores_comparable();
    SearchOptions options{.k = kAll, .bm25 = bm25};
    const Hits ours = execution::execute(peer_.state(), root, options);
    const std::map<DocId, double> theirs = ask_xapian(*query, bm25);
    ASSERT_EQ(ours.total, ours.hits.size()) << where;
    ASSERT_TRUE(same_documents(ours, theirs)) << where << "\n"
                                              << tell(smallest_difference(root, bm25));
    if (scores_comparable) {
      const std::string difference = score_difference(ours, theirs);
      ASSERT_EQ(difference, "") << where << "\n" << tell(smallest_difference(root, bm25));
      ++counters_.with_scores;
    }
    options.exhaustive = true;
    ASSERT_EQ(execution::execute(peer_.state(), root, options), ours) << where << tell(root);
    ++counters_.compared;
    if (ours.total != 0) ++counters_.with_hits;
    counters_.count(root);
  }

 private:
  static constexpr std::size_t kAll = 1'000'000;

  [[nodiscard]] std::map<DocId, double> ask_xapian(const Xapian::Query& query,
                                                   const Bm25Options& bm25) const {
    const Xapian::doccount everything = peer_.database().get_doccount();
    Xapian::Enquire enquire(peer_.database());
    enquire.set_query(query);
    enquire.set_weighting_scheme(Xapian::BM25Weight(bm25.k1, 0, 0, bm25.b, 0));
    const Xapian::MSet found = enquire.get_mset(0, everything, everything);
    std::map<DocId, double> scores;
    for (auto at = found.begin(); at != found.end(); ++at) scores[*at] = at.get_weight();
    return scores;
  }

  static bool same_documents(const Hits& ours, const std::map<DocId, double>& theirs) {
    return ours.hits.size() == theirs.size() &&
           std::all_of(ours.hits.begin(), ours.hits.end(),
                       [&](const Hit& hit) { return theirs.count(hit.doc) != 0; });
  }

  // Empty if scores and their order are the same.
  static std::string score_difference(const Hits& ours, const std::map<DocId, double>& theirs) {
    double before = std::numeric_limits<double>::infinity();
    for (const Hit& hit : ours.hits) {
      const double score = theirs.at(hit.doc);
      const std::string both = "document " + std::to_string(hit.doc) + ": " +
                               std::to_string(hit.score) + ", Xapian " + std::to_string(score);
      if (!close(hit.score, score)) return both;
      if (score > before && !close(score, before)) return both + ", another order";
      before = score;
    }
    return "";
  }

  [[nodiscard]] bool differs(const Node& node, const Bm25Options& bm25) {
    const auto query = translator_.translate(node);
    if (!query) return false;
    const Hits ours = execution::execute(peer_.state(), node, {.k = kAll, .bm25 = bm25});
    const std::map<DocId, double> theirs = ask_xapian(*query, bm25);
    return !same_documents(ours, theirs) ||
           (translator_.scores_comparable() && !score_difference(ours, theirs).empty());
  }
  // The lowest part of the tree that differs.
  const Node& smallest_difference(const Node& root, const Bm25Options& bm25) {
    for (const Node& child : root.children) {
      if (differs(child, bm25)) return smallest_difference(child, bm25);
    }
    return root;
  }
  std::string tell(const Node& root) {
    const auto query = translator_.translate(root);
    const Hits ours = execution::execute(peer_.state(), root, {.k = kAll});
    std::string text = query::to_tree_text(root) + query->get_description() + "\nours alone:";
    const std::map<DocId, double> theirs = ask_xapian(*query, {});
    std::set<DocId> found;
    for (const Hit& hit : ours.hits) {
      found.insert(hit.doc);
      if (theirs.count(hit.doc) == 0) text += " " + std::to_string(hit.doc);
    }
    text += "\nXapian's alone:";
    for (const auto& [doc, score] : theirs) {
      if (found.count(doc) == 0) text += " " + std::to_string(doc);
    }
    return text;
  }

  const Peer& peer_;
  Translator translator_;
  Counters& counters_;
};

// Adds, updates and erases over a few commits; returns what is left, in no order.
std::vector<Article> fill(const std::filesystem::path& directory, Random& random, bool plain) {
  IndexOptions index_options;
  index_options.title_weight = 1 + random.below(3);
  if (random.one_in(5)) index_options.analyzer = AnalyzerKind::none;
  IndexWriter writer = IndexWriter::create(directory, index_options);
  std::map<std::string, Article> live;
  const std::uint32_t commits = 1 + random.below(4);
  const std::uint32_t documents = 50 + random.below(351);
  for (std::uint32_t commit = 0; commit < commits; ++commit) {
    for (std::uint32_t i = 0; i < documents / commits; ++i) {
      const std::string key = "k" + std::to_string(random.below(std::size_t{documents} * 2));
      if (random.one_in(8) && !live.empty()) {
        writer.erase(live.begin()->first);
        live.erase(live.begin());
      }
      const Article article = any_article(random, key, plain);
      writer.add(article);
      live[key] = article;
    }
    writer.commit();
  }
  std::vector<Article> articles;
  for (auto& [key, article] : live) articles.push_back(std::move(article));
  return articles;
}

// Never k1 = 0: there Xapian divides 0 by 0 for a term without count, and the weight is no number.
Bm25Options any_bm25(Random& random) {
  if (!random.one_in(3)) return {};
  return {.k1 = random.between(1, 30) * 0.1, .b = random.below(11) * 0.1};
}

void report(const char* what, const Counters& counters) {
  std::cout << what << ": " << counters.compared << " queries compared, " << counters.with_scores
            << " with scores, " << counters.with_hits << " with hits; nodes by kind:";
  for (const auto& [kind, count] : counters.nodes) {
    std::cout << ' ' << static_cast<int>(kind) << ':' << count;
  }
  std::cout << std::endl;
}

TEST(DifferentialToXapian, AgreesOnRandomIndexesAndQueries) {
  const std::uint32_t wanted = wanted_queries();
  constexpr std::uint32_t kQueriesPerIndex = 400;
  Counters counters;
  for (std::uint32_t seed = 1; counters.compared < wanted; ++seed) {
    Random random(seed);
    const TemporaryFolder folder;
    const Peer peer(folder.path(), fill(folder.path(), random, random.one_in(2)));
    Comparison comparison(peer, counters);
    AnyQuery queries(peer, random);
    for (std::uint32_t i = 0; i < kQueriesPerIndex && counters.compared < wanted; ++i) {
      const std::string where = "seed " + std::to_string(seed) + " query " + std::to_string(i);
      if (i % 8 == 7) {
        const std::string text = queries.text();
        comparison.compare(peer.searcher().parse(text).query.root(), any_bm25(random),
                           where + ": " + text);
      } else {
        comparison.compare(queries.any(3), any_bm25(random), where);
      }
      if (HasFatalFailure()) return;
    }
  }
  report("random indexes", counters);
  EXPECT_GE(counters.compared, wanted);
  EXPECT_GE(counters.with_scores, wanted / 3) << "too few queries whose scores can be compared";
  EXPECT_GE(counters.with_hits, wanted / 4) << "too many queries without hits";
}

TEST(DifferentialToXapian, AgreesOnTheProjectsOwnArticles) {
  const std::filesystem::path corpus =
      std::filesystem::path(STEMMA_SOURCE_DIR) / "corpus" / "articles";
  if (!std::filesystem::exists(corpus)) GTEST_SKIP() << "no " << corpus;
  const TemporaryFolder folder;
  std::map<std::string, Article> articles;
  IndexWriter writer = IndexWriter::create(folder.path());
  (void)read_articles(corpus, [&](Article&& article) {
    writer.add(article);
    articles[article.key] = std::move(article);
    if (articles.size() % 60 == 0) writer.commit();
    return true;
  });
  writer.commit();
  ASSERT_GE(articles.size(), 150U);
  std::vector<Article> live;
  for (auto& [key, article] : articles) live.push_back(std::move(article));

  const Peer peer(folder.path(), live);
  const std::uint32_t wanted = std::max(1U, wanted_queries() / 10);
  Counters counters;
  Comparison comparison(peer, counters);
  Random random(1916);
  AnyQuery queries(peer, random);
  for (std::uint32_t i = 0; counters.compared < wanted; ++i) {
    const std::string where = "query " + std::to_string(i);
    const Node root =
        i % 4 == 3 ? peer.searcher().parse(queries.text()).query.root() : queries.any(3);
    comparison.compare(root, any_bm25(random), where);
    if (HasFatalFailure()) return;
  }
  report("corpus/", counters);
  EXPECT_GE(counters.with_hits, wanted / 4);
}

}  // namespace
}  // namespace stemma
