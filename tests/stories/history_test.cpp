// Matches and scores depend only on the articles in the index, never on its history: after random
// additions, updates, deletions, commits, merges, rollbacks and reopenings an index tells the same
// as one fresh build of its articles in DocId order.
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <set>

#include "articles/article_codec.h"
#include "compile/any_article.h"
#include "segment/segment.h"
#include "snapshot/snapshot.h"
#include "stemma/index_writer.h"
#include "stemma/maintenance.h"
#include "temporary_folder.h"

namespace stemma {
namespace {

using Articles = std::map<std::string, Article>;

/// Keys of live documents in DocId order.
std::vector<std::string> keys_of(const snapshot::Snapshot& state) {
  std::vector<std::string> keys;
  for (const auto& view : state.segments()) {
    for (Ordinal doc = 0; doc < view.segment->document_count(); ++doc) {
      if (!view.deleted.contains(doc)) keys.emplace_back(view.segment->key(doc));
    }
  }
  return keys;
}

std::set<std::string> terms_of(const snapshot::Snapshot& state) {
  std::set<std::string> terms;
  for (const auto& view : state.segments()) {
    auto walk = view.segment->terms();
    while (walk.next()) terms.emplace(walk.term());
  }
  return terms;
}

/// (place in DocId order, frequency, positions) of each live posting.
std::string postings_of(const snapshot::Snapshot& state, const std::string& term) {
  std::string text;
  std::size_t rank = 0;
  for (const auto& view : state.segments()) {
    std::vector<std::size_t> ranks;
    for (Ordinal doc = 0; doc < view.segment->document_count(); ++doc) {
      ranks.push_back(rank);
      rank += view.deleted.contains(doc) ? 0U : 1U;
    }
    const auto info = view.segment->find(term);
    if (!info || info->document_frequency == 0) continue;
    auto cursor = view.segment->postings(*info);
    for (; cursor.doc() != kEndOfList; cursor.next()) {
      if (view.deleted.contains(cursor.doc())) continue;
      text += std::to_string(ranks[cursor.doc()]) + ":" + std::to_string(cursor.term_frequency());
      for (const auto position : cursor.positions()) text += "," + std::to_string(position);
      text += " ";
    }
  }
  return text;
}

void expect_infos_of_each_segment(const snapshot::Snapshot& state, const std::string& term) {
  std::vector<segment::TermInfo> infos;
  const auto with_infos = state.statistics(term, infos);
  EXPECT_EQ(with_infos.document_frequency, state.statistics(term).document_frequency);
  EXPECT_EQ(with_infos.occurrences, state.statistics(term).occurrences);
  ASSERT_EQ(infos.size(), state.segments().size());
  for (std::size_t i = 0; i < infos.size(); ++i) {
    const auto info = state.segments()[i].segment->find(term).value_or(segment::TermInfo{});
    EXPECT_EQ(infos[i].document_frequency, info.document_frequency);
    EXPECT_EQ(infos[i].postings_offset, info.postings_offset);
  }
}

void expect_same_statistics(const snapshot::Snapshot& state, const snapshot::Snapshot& fresh) {
  EXPECT_EQ(state.collection().documents, fresh.collection().documents);
  EXPECT_EQ(state.collection().total_length, fresh.collection().total_length);
  EXPECT_EQ(state.languages(), fresh.languages());
  std::set<std::string> terms = terms_of(state);
  terms.merge(terms_of(fresh));
  for (const std::string& term : terms) {
    const auto a = state.statistics(term);
    const auto b = fresh.statistics(term);
    ASSERT_EQ(a.document_frequency, b.document_frequency) << term;
    ASSERT_EQ(a.occurrences, b.occurrences) << term;
    ASSERT_EQ(postings_of(state, term), postings_of(fresh, term)) << term;
    expect_infos_of_each_segment(state, term);
  }
}

void expect_like_a_fresh_build(const std::filesystem::path& index, const Articles& expected,
                               const std::filesystem::path& scratch) {
  const auto state = snapshot::Snapshot::open(index);
  const std::vector<std::string> keys = keys_of(*state);
  ASSERT_EQ(keys.size(), expected.size());
  std::filesystem::remove_all(scratch);
  {
    IndexWriter writer = IndexWriter::create(scratch, state->manifest().index_options);
    for (const std::string& key : keys) {
      ASSERT_EQ(expected.count(key), 1U) << key;
      writer.add(expected.at(key));
    }
    writer.commit();
  }
  const auto fresh = snapshot::Snapshot::open(scratch);
  expect_same_statistics(*state, *fresh);
  for (const auto& [key, article] : expected) {
    const auto place = state->find_key(key);
    ASSERT_TRUE(place) << key;
    const auto& segment = *state->segments()[place->segment].segment;
    ASSERT_EQ(segment.article(place->ordinal), articles::encode(article));
    const auto again = state->find(segment.doc_id(place->ordinal));
    ASSERT_TRUE(again);
    ASSERT_EQ(again->segment, place->segment);
    ASSERT_EQ(again->ordinal, place->ordinal);
  }
}

/// One index under random operations, beside a map that says what it should hold.
class RandomHistory {
 public:
  RandomHistory(std::uint32_t seed, std::filesystem::path index)
      : random_(seed), index_(std::move(index)) {
    IndexOptions options;
    options.title_weight = 1 + random_() % 3;
    many_languages_ = seed % 3 == 0;
    writer_ = std::make_unique<IndexWriter>(IndexWriter::create(index_, options, budget()));
  }

  void step() {
    switch (random_() % 15) {
      case 0:
      case 1:
        writer_->commit();
        committed_ = pending_;
        break;
      case 2:
        writer_->rollback();
        pending_ = committed_;
        break;
      case 3:
        writer_.reset();
        pending_ = committed_;
        writer_ = std::make_unique<IndexWriter>(IndexWriter::open(index_, budget()));
        break;
      case 4:
      case 5:
      case 6:
      case 7: {
        const std::string key = any_key();
        ASSERT_EQ(writer_->erase(key), pending_.erase(key) == 1);
        break;
      }
      case 8:
        writer_->merge_all();
        break;
      default: {
        const Article article = any_article(random_, any_key(), {many_languages_});
        const auto known = pending_.find(article.key);
        const AddResult expected = known == pending_.end()    ? AddResult::added
                                   : known->second == article ? AddResult::unchanged
                                                              : AddResult::updated;
        ASSERT_EQ(writer_->add(article), expected);
        pending_[article.key] = article;
      }
    }
    ASSERT_EQ(writer_->document_count(), pending_.size());
  }
  void finish() {
    writer_->commit();
    committed_ = pending_;
    writer_.reset();
  }
  [[nodiscard]] const Articles& committed() const { return committed_; }

 private:
  std::string any_key() { return "k" + std::to_string(random_() % 25); }
  static WriterOptions budget() { return {.memory_bytes = 1U << 20U}; }

  SmallRandom random_;
  std::filesystem::path index_;
  bool many_languages_ = false;
  std::unique_ptr<IndexWriter> writer_;
  Articles pending_;
  Articles committed_;
};

TEST(History, LeavesNoTrace) {
  for (std::uint32_t seed = 0; seed < 6; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const TemporaryFolder folder;
    RandomHistory history(seed, folder.path() / "index");
    for (int round = 0; round < 2; ++round) {
      for (int i = 0; i < 40; ++i) {
        history.step();
        if (testing::Test::HasFatalFailure()) return;
      }
      expect_like_a_fresh_build(folder.path() / "index", history.committed(),
                                folder.path() / "fresh");
      if (testing::Test::HasFatalFailure()) return;
    }
    history.finish();
    expect_like_a_fresh_build(folder.path() / "index", history.committed(),
                              folder.path() / "fresh");
    const CheckReport report = check(folder.path() / "index");
    EXPECT_TRUE(report.damage.empty()) << report.damage.front().message;
    EXPECT_EQ(report.articles, history.committed().size());
  }
}

TEST(History, OfSingleCommitsKeepsFewSegmentsAndDeletionFiles) {
  const TemporaryFolder folder;
  const auto index = folder.path() / "index";
  IndexWriter writer = IndexWriter::create(index);
  Articles expected;
  SmallRandom random(2);
  for (int i = 0; i < 80; ++i) {
    const Article article = any_article(random, "k" + std::to_string(random() % 100));
    expected[article.key] = article;
    writer.add(article);
    writer.commit();
    const auto manifest = snapshot::read_manifest(index);
    ASSERT_LE(manifest.segments.size(), 24U);
    ASSERT_LE(manifest.deletion_files.size(), 10U);
    std::size_t files = 0;
    for ([[maybe_unused]] const auto& file :
         std::filesystem::directory_iterator(index / "segments")) {
      ++files;
    }
    ASSERT_EQ(files, manifest.segments.size() + manifest.deletion_files.size());
  }
  expect_like_a_fresh_build(index, expected, folder.path() / "fresh");
}

TEST(History, OfARebuildIsTheSameIndex) {
  const TemporaryFolder folder;
  const auto index = folder.path() / "index";
  Articles expected;
  {
    IndexWriter writer = IndexWriter::create(index);
    SmallRandom random(3);
    for (int i = 0; i < 60; ++i) {
      const Article article = any_article(random, "k" + std::to_string(random() % 40));
      expected[article.key] = article;
      writer.add(article);
      if (i % 7 == 0) writer.commit();
    }
    writer.commit();
  }
  const auto before = keys_of(*snapshot::Snapshot::open(index));
  std::filesystem::remove_all(index / "segments");  // all compiled text is lost
  std::uint64_t reported = 0;
  rebuild(index, {}, [&](std::uint64_t done, std::uint64_t total) {
    EXPECT_EQ(total, expected.size());
    reported = done;
    return true;
  });
  EXPECT_EQ(reported, expected.size());
  EXPECT_EQ(keys_of(*snapshot::Snapshot::open(index)), before);
  expect_like_a_fresh_build(index, expected, folder.path() / "fresh");
  EXPECT_TRUE(check(index).damage.empty());
}

}  // namespace
}  // namespace stemma
