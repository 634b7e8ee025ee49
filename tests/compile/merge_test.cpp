// A merge must be indistinguishable from a fresh compile of the surviving articles. (Only blocks of
// articles are cut otherwise in a segment of megabytes: full ones are copied.)
#include "compile/merge.h"

#include <gtest/gtest.h>

#include "articles/article_codec.h"
#include "base/files.h"
#include "compile/any_article.h"
#include "compile/inversion.h"
#include "compile/losses.h"
#include "compile/segment_contents.h"
#include "segment/segment.h"
#include "small_random.h"
#include "temporary_folder.h"

namespace stemma::compile {
namespace {

using segment::Segment;
using snapshot::OrdinalSet;

TEST(Merge, GivesTheBytesOfAFreshCompile) {
  const analysis::Analyzer analyzer((IndexOptions()));
  for (unsigned seed = 0; seed < 40; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    SmallRandom random(seed);
    const TemporaryFolder folder;
    Inversion fresh(analyzer);
    std::vector<OrdinalSet> deleted(1 + random() % 4);
    std::vector<MergeInput> inputs;
    DocId doc = 0;
    for (std::size_t i = 0; i < deleted.size(); ++i) {
      Inversion inversion(analyzer);
      const std::uint32_t documents = 1 + random() % (seed == 3 ? 200 : 12);
      std::vector<Ordinal> gone;
      for (Ordinal ordinal = 0; ordinal < documents; ++ordinal) {
        doc += 1 + random() % 2;
        const Article article = any_article(random, "k" + std::to_string(doc));
        inversion.add(doc, article, articles::encode(article));
        if (seed % 4 != 0 && random() % 3 == 0 && doc > 2) {
          gone.push_back(ordinal);
        } else {
          fresh.add(doc, article, articles::encode(article));
        }
      }
      const auto path = folder.path() / ("s" + std::to_string(i));
      (void)inversion.write(path);
      deleted[i] = OrdinalSet(documents, gone);
      inputs.push_back({Segment::open(path), &deleted[i]});
    }
    if (fresh.document_count() == 0) continue;
    const auto entry = merge_segments(folder.path() / "merged", inputs);
    const auto expected = fresh.write(folder.path() / "fresh");
    EXPECT_EQ(entry.first_doc, expected.first_doc);
    EXPECT_EQ(entry.last_doc, expected.last_doc);
    EXPECT_EQ(entry.documents, expected.documents);
    EXPECT_EQ(entry.bytes, expected.bytes);
    if (read_file(folder.path() / "merged") == read_file(folder.path() / "fresh")) continue;
    EXPECT_EQ(contents_of(*Segment::open(folder.path() / "merged")),
              contents_of(*Segment::open(folder.path() / "fresh")));
    ADD_FAILURE() << "bytes differ";
  }
}

TEST(Merge, LeavesNoDeletedTextInItsDictionary) {
  const analysis::Analyzer analyzer(IndexOptions{.analyzer = AnalyzerKind::none});
  const TemporaryFolder folder;
  SmallRandom random(9);
  Inversion inversion(analyzer);
  const std::string secret = "Ooze-of-4711";
  constexpr DocId kArticles = 400;
  for (DocId doc = 1; doc <= kArticles; ++doc) {
    Article article;
    article.key = std::to_string(doc);
    article.body = doc == 1 ? secret : "";
    while (article.body.size() < 5000) {
      for (int i = 0; i < 80; ++i) {
        article.body.push_back(static_cast<char>('a' + random() % 26 - 32 * (random() % 2)));
      }
      article.body.push_back(' ');
    }
    inversion.add(doc, article, articles::encode(article));
  }
  (void)inversion.write(folder.path() / "s");
  // The dictionary is text of the first megabyte, as it is: the secret can be read in the file.
  EXPECT_NE(read_file(folder.path() / "s").find(secret), std::string::npos);
  const OrdinalSet none;
  const OrdinalSet first(kArticles, {0});
  for (const OrdinalSet* deleted : {&none, &first}) {
    const MergeInput input{Segment::open(folder.path() / "s"), deleted};
    (void)merge_segments(folder.path() / "merged", {&input, 1});
    const auto merged = Segment::open(folder.path() / "merged");
    merged->verify();
    EXPECT_EQ(read_file(folder.path() / "merged").find(secret) == std::string::npos,
              deleted == &first);
    const Ordinal left = merged->document_count();
    ASSERT_EQ(left, kArticles - deleted->count());
    for (Ordinal doc = 0; doc < left; ++doc) {
      ASSERT_EQ(merged->article(doc), input.segment->article(doc + kArticles - left));
    }
  }
}

TEST(Merge, KeepsTheLanguageOfEachDocument) {
  const analysis::Analyzer analyzer((IndexOptions()));
  const TemporaryFolder folder;
  Inversion inversion(analyzer);
  Inversion fresh(analyzer);
  const std::vector<std::string> languages = {"en", "de", "German", "xx", "fr", "de", ""};
  for (DocId doc = 1; doc <= languages.size(); ++doc) {
    Article article;
    article.key = std::to_string(doc);
    article.body = "hotel international";
    article.lang = languages[doc - 1];
    article.metadata = {{"lang", {std::string("ru")}}};  // a field of the same name is no language
    inversion.add(doc, article, articles::encode(article));
    if (doc != 2) fresh.add(doc, article, articles::encode(article));
  }
  (void)inversion.write(folder.path() / "s");
  const OrdinalSet deleted(7, {1});
  const MergeInput input{Segment::open(folder.path() / "s"), &deleted};
  (void)merge_segments(folder.path() / "merged", {&input, 1});
  (void)fresh.write(folder.path() / "fresh");
  EXPECT_EQ(contents_of(*Segment::open(folder.path() / "merged")),
            contents_of(*Segment::open(folder.path() / "fresh")));
}

TEST(Losses, AreWhatTheSegmentHeldOfTheDocument) {
  const analysis::Analyzer analyzer((IndexOptions()));
  for (unsigned seed = 0; seed < 10; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    SmallRandom random(seed);
    const TemporaryFolder folder;
    Inversion all(analyzer);
    Inversion left(analyzer);
    snapshot::SegmentLoss loss;
    for (DocId doc = 1; doc <= 10; ++doc) {
      const Article article =
          any_article(random, "k" + std::to_string(doc), {.many_languages = true});
      const std::string encoded = articles::encode(article);
      all.add(doc, article, encoded);
      if (doc % 3 == 0) {
        lose_document(loss, doc - 1, as_bytes(encoded), analyzer);
      } else {
        left.add(doc, article, encoded);
      }
    }
    (void)all.write(folder.path() / "all");
    (void)left.write(folder.path() / "left");
    const auto before = Segment::open(folder.path() / "all");
    const auto after = Segment::open(folder.path() / "left");
    EXPECT_EQ(loss.documents, (std::vector<Ordinal>{2, 5, 8}));
    EXPECT_EQ(before->total_length() - loss.total_length, after->total_length());
    auto terms = before->terms();
    while (terms.next()) {
      const std::string term(terms.term());
      const auto info = after->find(term);
      const auto lost = loss.terms.find(term);
      const auto gone = lost == loss.terms.end() ? snapshot::TermLoss{} : lost->second;
      EXPECT_EQ(terms.info().document_frequency - gone.documents,
                info ? info->document_frequency : 0U)
          << term;
      EXPECT_EQ(terms.info().occurrences - gone.occurrences, info ? info->occurrences : 0U) << term;
    }
    for (const auto& language : before->languages()) {
      std::uint32_t expected = 0;
      for (const auto& other : after->languages()) {
        if (other.language == language.language) expected = other.documents;
      }
      const auto lost = loss.languages.find(language.language);
      EXPECT_EQ(language.documents - (lost == loss.languages.end() ? 0 : lost->second), expected);
    }
  }
}

}  // namespace
}  // namespace stemma::compile
