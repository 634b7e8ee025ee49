// An index in several languages: what matches depends on the articles, not on the segments in which
// they happen to stand.
#include <gtest/gtest.h>

#include "stemma/stemma.h"
#include "temporary_folder.h"

namespace stemma {
namespace {

Article article(const std::string& key, const std::string& lang, const std::string& body) {
  Article made;
  made.key = key;
  made.lang = lang;
  made.body = body;
  return made;
}

TEST(SeveralLanguages, AStemmedPhraseMatchesAlikeInOneSegmentAndInTwo) {
  const TemporaryFolder folder;
  // German takes `lesen` and `les` for one stem. The English article has both words, each its own.
  const Article german = article("de", "de", "Wir lesen heute.");
  const Article english = article("en", "en", "Les said that lesen jetzt is German.");
  for (const bool together : {true, false}) {
    const auto directory = folder.path() / (together ? "one" : "two");
    IndexWriter writer = IndexWriter::create(directory);
    writer.add(german);
    if (!together) writer.commit();
    writer.add(english);
    writer.commit();
    const Searcher searcher(Snapshot::open(directory));
    const Hits hits = searcher.search(searcher.parse("~\"les jetzt\"").query);
    ASSERT_EQ(hits.total, 1U) << (together ? "one segment" : "two segments");
    EXPECT_EQ(searcher.key(hits.hits.front().doc), "en");
  }
}

}  // namespace
}  // namespace stemma
