// The dictionary at size, and where terms share what the index looks at.
#include "segment/dictionary.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <set>

#include "segment_model.h"

namespace stemma::segment {
namespace {

/// Each term in one document, told by its place in the order.
std::shared_ptr<const Segment> of_terms(const std::set<std::string>& terms, const Folder& folder) {
  SegmentWriter writer(folder.in("a.seg"), {});
  for (DocId doc = 1; doc <= 1000; ++doc) writer.add_document({.doc = doc});
  Ordinal doc = 0;
  for (const std::string& term : terms) {
    writer.begin_term(term);
    writer.add_posting({.doc = doc++ % 1000, .term_frequency = 1});
    writer.end_term();
  }
  writer.finish();
  return Segment::open(folder.in("a.seg"));
}

void expect_found(const Segment& segment, const std::set<std::string>& terms) {
  ASSERT_EQ(segment.term_count(), terms.size());
  Ordinal doc = 0;
  for (const std::string& term : terms) {
    const auto info = segment.find(term);
    ASSERT_TRUE(info) << term;
    ASSERT_EQ(segment.postings(*info).doc(), doc++ % 1000) << term;
    const std::string longer = term + '\x01';
    ASSERT_EQ(segment.find(longer).has_value(), terms.contains(longer));
    const std::string shorter = term.substr(0, term.size() - 1);
    ASSERT_EQ(segment.find(shorter).has_value(), terms.contains(shorter));
  }
}

TEST(Dictionary, HoldsManyTerms) {
  std::mt19937 random(31);
  std::set<std::string> terms;
  while (terms.size() < 200'000) {
    std::string text(1, "swm"[random() % 3]);
    for (auto n = 1 + random() % 9; n > 0; --n) text += static_cast<char>('a' + random() % 20);
    terms.insert(text);
  }
  const Folder folder;
  const auto segment = of_terms(terms, folder);
  expect_found(*segment, terms);
  for (const char* prefix : {"s", "wa", "mbcd", "wzz", "wabc"}) {
    TermIterator at = segment->terms(prefix);
    for (auto expected = terms.lower_bound(prefix);
         expected != terms.end() && expected->starts_with(prefix); ++expected) {
      ASSERT_TRUE(at.next());
      ASSERT_EQ(at.term(), *expected);
    }
    ASSERT_FALSE(at.next());
  }
}

TEST(Dictionary, FindsTermsThatShareTheirFirstEightBytes) {
  std::mt19937 random(32);
  std::set<std::string> terms;
  for (int i = 0; i < 3000; ++i) {
    terms.insert("msource" + std::string(1, '\0') + std::to_string(random() % 5000));
    terms.insert("wabcdefg" + std::string(random() % 300, 'h'));
    terms.insert("wabcdef" + std::string(random() % 3, '\0'));
    terms.insert("wabcdef" + std::to_string(random() % 100));
  }
  const Folder folder;
  const auto segment = of_terms(terms, folder);
  expect_found(*segment, terms);
  segment->verify();
}

TEST(Dictionary, SeeksOverTermsThatShareTheirFirstEightBytes) {
  std::set<std::string> terms;
  for (int i = 1000; i < 3000; i += 2) terms.insert("wabcdefgh" + std::to_string(i));
  const Folder folder;
  const auto segment = of_terms(terms, folder);
  for (int i = 999; i < 3002; ++i) {
    const std::string target = "wabcdefgh" + std::to_string(i);
    const auto expected = terms.lower_bound(target);
    TermIterator at = segment->terms();
    ASSERT_EQ(at.seek(target), expected != terms.end()) << target;
    if (expected != terms.end()) {
      ASSERT_EQ(at.term(), *expected);
    }
  }
}

TEST(Dictionary, OfNoTermsIsEmpty) {
  const Folder folder;
  const auto segment = of_terms({}, folder);
  EXPECT_FALSE(segment->find("wa"));
  EXPECT_FALSE(segment->find(""));
  TermIterator terms = segment->terms();
  EXPECT_FALSE(terms.seek("wa"));
  EXPECT_FALSE(terms.next());
  EXPECT_FALSE(terms.seek("wb"));
  segment->verify();
}

TEST(Dictionary, AnIteratorNeverGoesBack) {
  const Folder folder;
  const auto segment = of_terms({"wa", "wb", "wc"}, folder);
  TermIterator terms = segment->terms("w");
  ASSERT_TRUE(terms.seek("wb"));
  ASSERT_TRUE(terms.seek("wa"));
  EXPECT_EQ(terms.term(), "wb");
  ASSERT_TRUE(terms.next());
  EXPECT_EQ(terms.term(), "wc");
  EXPECT_FALSE(terms.next());
  EXPECT_FALSE(terms.seek("wa"));
}

TEST(Dictionary, WordsOfAStemComeBackInOrder) {
  Model model = plain_documents(2);
  model.terms["sship"].postings[0] = {.term_frequency = 1, .impact = 3, .positions = {}};
  model.terms["sship"].words = {"ship", "shipped", "shipping", std::string(300, 'x')};
  model.terms["fresume"].words = {"r\xc3\xa9sum\xc3\xa9"};
  model.terms["sshop"].postings[0] = {.term_frequency = 1, .impact = 3, .positions = {}};
  const Folder folder;
  const auto segment = build(model, folder);
  EXPECT_EQ(segment->words_of("sship"), model.terms["sship"].words);
  EXPECT_EQ(segment->words_of("fresume"), model.terms["fresume"].words);
  EXPECT_TRUE(segment->words_of("sshop").empty());
  EXPECT_TRUE(segment->words_of("sshi").empty());
  EXPECT_EQ(segment->find("fresume")->document_frequency, 0U);
  EXPECT_EQ(segment->postings(*segment->find("fresume")).doc(), kEndOfList);
  segment->verify();
}

}  // namespace
}  // namespace stemma::segment
