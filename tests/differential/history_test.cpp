// Matches and scores depend on the articles in the index alone: an index with any history of adds,
// updates, deletes, commits and merges answers, key by key and bit for bit, like one fresh build of
// the surviving articles in DocId order.
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "differential/any_article.h"
#include "differential/any_query.h"
#include "differential/peer.h"
#include "execution/execute.h"

namespace stemma {
namespace {

using namespace testing;  // NOLINT: builders of trees

using Keyed = std::vector<std::pair<std::string, double>>;

Keyed hits_by_key(const Searcher& searcher, const Node& root, const SearchOptions& options) {
  Keyed keyed;
  const auto& state = *searcher.snapshot().impl().state;
  for (const Hit& hit : execution::execute(state, root, options).hits) {
    keyed.emplace_back(searcher.key(hit.doc), hit.score);
  }
  return keyed;
}

// A history written out; `live` is what it leaves.
void live_through(IndexWriter& writer, Random& random, std::map<std::string, Article>& live) {
  const std::uint32_t keys = 20 + random.below(80);
  const std::uint32_t commits = 3 + random.below(12);
  for (std::uint32_t commit = 0; commit < commits; ++commit) {
    std::map<std::string, Article> before = live;
    for (std::uint32_t change = random.below(25); change > 0; --change) {
      const std::string key = "k" + std::to_string(random.below(keys));
      if (random.one_in(4)) {
        ASSERT_EQ(writer.erase(key), live.erase(key) == 1);
      } else {
        live[key] = any_article(random, key, false);
        (void)writer.add(live[key]);
      }
    }
    if (random.one_in(6)) {
      writer.rollback();
      live = std::move(before);
    } else {
      writer.commit();
    }
  }
  writer.commit();
  ASSERT_EQ(writer.document_count(), live.size());
}

std::vector<Article> in_doc_order(const Searcher& searcher,
                                  const std::map<std::string, Article>& live) {
  std::map<DocId, Article> by_doc;
  for (const auto& [key, article] : live) by_doc[searcher.find(key).value()] = article;
  std::vector<Article> articles;
  for (auto& [doc, article] : by_doc) articles.push_back(std::move(article));
  return articles;
}

TEST(IndexHistory, LeavesNoTraceInMatchesAndScores) {
  std::size_t segments = 0;
  std::size_t deleted = 0;
  std::size_t hits = 0;
  for (std::uint32_t seed = 1; seed <= 12; ++seed) {
    Random random(seed);
    const TemporaryFolder lived;
    std::map<std::string, Article> live;
    {
      IndexWriter writer = IndexWriter::create(lived.path());
      live_through(writer, random, live);
      if (HasFatalFailure()) return;
    }
    if (live.empty()) continue;
    const Searcher old(Snapshot::open(lived.path()));
    const std::vector<Article> articles = in_doc_order(old, live);
    const TemporaryFolder built;
    {
      IndexWriter writer = IndexWriter::create(built.path());
      for (const Article& article : articles) (void)writer.add(article);
      writer.commit();
    }
    const Peer fresh(built.path(), articles);
    for (const auto& view : old.snapshot().impl().state->segments()) {
      ++segments;
      deleted += view.deleted.count();
    }
    AnyQuery queries(fresh, random);
    for (int i = 0; i < 60; ++i) {
      const Node root = queries.any(3);
      SearchOptions options{.k = random.one_in(2) ? 1000U : 1 + random.below(20)};
      const Keyed expected = hits_by_key(fresh.searcher(), root, options);
      ASSERT_EQ(hits_by_key(old, root, options), expected)
          << "seed " << seed << " query " << i << "\n"
          << query::to_tree_text(root);
      hits += expected.size();
    }
  }
  EXPECT_GT(segments, 20U) << "histories of one segment prove nothing";
  EXPECT_GT(deleted, 15U) << "histories without deletions prove nothing";
  EXPECT_GT(hits, 1000U);
}

}  // namespace
}  // namespace stemma
