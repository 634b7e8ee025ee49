// Random access to a list, in every form that a list can have.
#include "segment/posting_list.h"

#include <gtest/gtest.h>

#include "segment/segment_model.h"

namespace stemma::segment {
namespace {

constexpr std::uint32_t kDocuments = 2100;  // crosses stretches of 512 and ends inside a word

void expect_same(const Segment& segment, const std::string& key, const ModelTerm& term) {
  const PostingList list = segment.list(*segment.find(key));
  ASSERT_EQ(list.document_frequency(), term.postings.size());
  std::vector<std::pair<Ordinal, ModelPosting>> postings(term.postings.begin(),
                                                         term.postings.end());
  BlockNumbers documents{};
  std::vector<std::uint32_t> levels;
  for (std::uint32_t i = 0; i < postings.size(); ++i) {
    const auto& [doc, posting] = postings[i];
    if (i % kBlockSize == 0) {
      const std::uint32_t block = i / kBlockSize;
      list.read_documents(block, list.layout(block), documents);
    }
    ASSERT_EQ(documents[i % kBlockSize], doc);
    ASSERT_EQ(list.term_frequency(i), posting.term_frequency);
    if (list.bitmap() != nullptr) {
      ASSERT_EQ(list.rank(doc), i);
      ASSERT_TRUE(list.bitmap_has(doc));
    }
    if (list.impacts() != nullptr) {
      ASSERT_EQ(list.impacts()[list.impacts_by_document() ? doc : i], posting.impact);
    }
    levels.push_back(posting.impact);
  }
  std::sort(levels.rbegin(), levels.rend());
  for (const std::uint32_t count : kBestCounts) {
    const bool known = list.is_long() && levels.size() >= count;
    ASSERT_EQ(list.level_of_best(count), known ? levels[count - 1] : 0) << count;
  }
}

TEST(PostingList, EveryFormGivesEveryPosting) {
  std::mt19937 random(7);
  Model model = plain_documents(kDocuments);
  // Around one document, one block, one in sixteen, one in four, all.
  const std::vector<std::uint32_t> frequencies{1,   2,   127, 128, 129,  131,  132,  256,
                                               257, 524, 525, 526, 1000, 2048, 2099, 2100};
  for (const std::uint32_t frequency : frequencies) {
    const std::string name = "x" + std::to_string(frequency);
    model.terms["s" + name] = any_term(random, TermLayer::stem, frequency, kDocuments);
    model.terms["w" + name] = any_term(random, TermLayer::word, frequency, kDocuments);
  }
  const Folder folder;
  const auto segment = build(model, folder);
  std::size_t bitmaps = 0;
  std::size_t by_document = 0;
  for (const auto& [key, term] : model.terms) {
    expect_same(*segment, key, term);
    const PostingList list = segment->list(*segment->find(key));
    bitmaps += list.bitmap() != nullptr ? 1U : 0U;
    by_document += list.impacts_by_document() ? 1U : 0U;
  }
  EXPECT_EQ(bitmaps, 2 * 10U);  // 132 and more of 2100
  EXPECT_GE(by_document, 2U);   // some of 525 and more
}

}  // namespace
}  // namespace stemma::segment
