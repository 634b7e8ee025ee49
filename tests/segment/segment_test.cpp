// What is written is read: every part of a segment against a model of plain maps.
#include "segment/segment.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "base/files.h"
#include "segment_model.h"
#include "stemma/error.h"

namespace stemma::segment {
namespace {

void expect_list(const Segment& segment, const std::string& key, const ModelTerm& term,
                 bool word_impacts) {
  const auto info = segment.find(key);
  ASSERT_TRUE(info) << key;
  const LayerTraits traits = traits_of(layer_of(key), word_impacts);
  std::uint64_t occurrences = 0;
  PostingCursor cursor = segment.postings(*info);
  ASSERT_EQ(info->document_frequency, term.postings.size());
  ASSERT_EQ(cursor.document_frequency(), term.postings.size());
  for (const auto& [doc, posting] : term.postings) {
    ASSERT_EQ(cursor.doc(), doc);
    ASSERT_EQ(cursor.term_frequency(), posting.term_frequency);
    ASSERT_EQ(cursor.impact(), traits.impacts ? posting.impact : 255);
    ASSERT_GE(cursor.block_bound(), posting.impact);
    ASSERT_GE(cursor.list_bound(), posting.impact);
    ASSERT_GE(cursor.block_last(), doc);
    if (traits.positions) {
      ASSERT_THAT(cursor.positions(), testing::ElementsAreArray(posting.positions));
    } else {
      ASSERT_TRUE(cursor.positions().empty());
    }
    occurrences += posting.term_frequency;
    cursor.next();
  }
  ASSERT_EQ(info->occurrences, occurrences);
  ASSERT_EQ(cursor.doc(), kEndOfList);
  ASSERT_EQ(cursor.next(), kEndOfList);
  ASSERT_EQ(cursor.seek(kEndOfList), kEndOfList);
}

/// Random walks of next, seek and shallow_seek.
void expect_walk(const Segment& segment, const std::string& key, const ModelTerm& term,
                 std::mt19937& random, std::uint32_t documents) {
  PostingCursor cursor = segment.postings(*segment.find(key));
  auto at = term.postings.begin();
  while (at != term.postings.end()) {
    ASSERT_EQ(cursor.doc(), at->first);
    const Ordinal target =
        at->first + static_cast<Ordinal>(random() % (random() % 2 == 0 ? 4 : documents + 1));
    switch (random() % 3) {
      case 0:
        cursor.next();
        ++at;
        break;
      case 1:
        cursor.seek(target);
        at = term.postings.lower_bound(target);
        break;
      default: {
        cursor.shallow_seek(target);
        const Ordinal last = cursor.block_last();
        ASSERT_EQ(cursor.doc(), at->first);
        const auto next = term.postings.lower_bound(target);
        if (next == term.postings.end()) {
          ASSERT_EQ(last, kEndOfList);
          ASSERT_EQ(cursor.block_bound(), 0);
        } else {
          ASSERT_GE(last, next->first);
          for (auto posting = next; posting != term.postings.end() && posting->first <= last;
               ++posting) {
            ASSERT_GE(cursor.block_bound(), posting->second.impact);
          }
        }
        cursor.seek(target);
        at = next;
      }
    }
    if (at != term.postings.end() && random() % 2 == 0) {
      ASSERT_EQ(cursor.term_frequency(), at->second.term_frequency);
      if (cursor.has_positions()) {
        ASSERT_THAT(cursor.positions(), testing::ElementsAreArray(at->second.positions));
      }
    }
  }
  ASSERT_EQ(cursor.doc(), kEndOfList);
}

void expect_documents(const Segment& segment, const Model& model) {
  ASSERT_EQ(segment.document_count(), model.documents.size());
  std::uint64_t total = 0;
  for (Ordinal doc = 0; doc < segment.document_count(); ++doc) {
    const ModelDocument& expected = model.documents[doc];
    ASSERT_EQ(segment.doc_id(doc), expected.id);
    ASSERT_EQ(segment.ordinal_of(expected.id), doc);
    ASSERT_EQ(segment.length(doc), expected.length);
    ASSERT_EQ(segment.lengths()[doc], expected.length);
    ASSERT_EQ(segment.title_length(doc), expected.title_length);
    ASSERT_EQ(segment.key(doc), expected.key);
    ASSERT_EQ(segment.find_key(expected.key), doc);
    ASSERT_EQ(segment.article(doc), expected.article);
    ASSERT_EQ(segment.sentence_starts(doc), expected.sentences);
    ASSERT_EQ(segment.paragraph_starts(doc), expected.paragraphs);
    ASSERT_EQ(segment.date(doc),
              expected.dates.empty() ? std::nullopt : std::optional(expected.dates.front()));
    ASSERT_GE(expected.length, segment.shortest_length());
    total += expected.length;
    const bool gap =
        doc + 1 < model.documents.size() && model.documents[doc + 1].id != expected.id + 1;
    if (gap) {
      ASSERT_EQ(segment.ordinal_of(expected.id + 1), std::nullopt);
    }
  }
  ASSERT_EQ(segment.total_length(), total);
  ASSERT_EQ(segment.find_key("no such key"), std::nullopt);
  ASSERT_EQ(segment.ordinal_of(0), std::nullopt);
  ASSERT_EQ(segment.ordinal_of(kEndOfList - 1), std::nullopt);
}

void expect_columns(const Segment& segment, const Model& model) {
  for (const auto& [name, values] : model.numbers) {
    const auto found = segment.numbers(name);
    ASSERT_EQ(found.size(), values.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
      ASSERT_EQ(found[i].doc, values[i].doc);
      ASSERT_EQ(found[i].value, values[i].value);
    }
  }
  for (const auto& [name, values] : model.dates) {
    const auto found = segment.dates(name);
    ASSERT_EQ(found.size(), values.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
      ASSERT_EQ(found[i].doc, values[i].doc);
      ASSERT_EQ(found[i].value, values[i].value);
    }
  }
  ASSERT_TRUE(segment.numbers("none").empty());
  ASSERT_TRUE(segment.dates("none").empty());
}

void expect_dictionary(const Segment& segment, const Model& model, std::mt19937& random) {
  ASSERT_EQ(segment.term_count(), model.terms.size());
  const auto expect_range = [&](const std::string& prefix) {
    TermIterator terms = segment.terms(prefix);
    for (auto at = model.terms.lower_bound(prefix);
         at != model.terms.end() && at->first.starts_with(prefix); ++at) {
      ASSERT_TRUE(terms.next());
      ASSERT_EQ(terms.term(), at->first);
      ASSERT_EQ(terms.info().document_frequency, at->second.postings.size());
      ASSERT_EQ(segment.words_of(at->first), at->second.words);
    }
    ASSERT_FALSE(terms.next());
    ASSERT_FALSE(terms.next());
  };
  expect_range("");
  for (const char* prefix : {"s", "w", "wa", "sab", "wabc", "q", "\xff"}) expect_range(prefix);
  TermIterator terms = segment.terms();
  auto at = model.terms.begin();
  for (int step = 0; step < 200 && at != model.terms.end(); ++step) {
    std::string target = at->first;
    if (random() % 2 == 0) target += static_cast<char>('a' + random() % 3);
    if (random() % 2 == 0) target.back() = static_cast<char>('a' + random() % 26);
    at = std::max(target, at->first) == at->first ? at : model.terms.lower_bound(target);
    const bool found = terms.seek(target);
    ASSERT_EQ(found, at != model.terms.end());
    if (!found) break;
    ASSERT_EQ(terms.term(), at->first) << target;
    if (random() % 2 == 0) continue;
    ++at;
    ASSERT_EQ(terms.next(), at != model.terms.end());
    if (at != model.terms.end()) {
      ASSERT_EQ(terms.term(), at->first);
    }
  }
}

void expect_all(const Segment& segment, const Model& model, std::mt19937& random) {
  expect_documents(segment, model);
  expect_columns(segment, model);
  expect_dictionary(segment, model, random);
  std::uint64_t postings = 0;
  for (const auto& [key, term] : model.terms) {
    expect_list(segment, key, term, model.settings.word_impacts);
    expect_walk(segment, key, term, random, segment.document_count());
    postings += term.postings.size();
    ASSERT_FALSE(segment.find(key + "!"));
    if (testing::Test::HasFatalFailure()) return;
  }
  ASSERT_EQ(segment.posting_count(), postings);
  ASSERT_EQ(segment.analyzer_fingerprint(), model.settings.analyzer_fingerprint);
  ASSERT_NO_THROW(segment.verify());
}

TEST(Segment, HoldsWhatWasWritten) {
  for (unsigned seed = 0; seed < 60; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    const Folder folder;
    const Model model = any_model(random, 1 + skewed(random, 11));
    expect_all(*build(model, folder), model, random);
    if (HasFatalFailure()) return;
  }
}

}  // namespace
}  // namespace stemma::segment
