// Inversion is document_terms() for many articles: what the segment holds must be exactly that.
#include "compile/inversion.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "articles/article_codec.h"
#include "base/files.h"
#include "base/term.h"
#include "compile/any_article.h"
#include "compile/document_terms.h"
#include "compile/impact.h"
#include "compile/segment_contents.h"
#include "segment/segment.h"
#include "small_random.h"
#include "temporary_folder.h"

namespace stemma::compile {
namespace {

using segment::Segment;

struct Listed {
  DocId doc = 0;
  Article article;
};

/// The segment's contents by the definition, in the form of contents_of().
std::string expected_contents(const std::vector<Listed>& listed,
                              const analysis::Analyzer& analyzer) {
  struct Entry {
    std::uint64_t occurrences = 0;
    std::string postings;
    std::uint32_t documents = 0;
    std::set<std::string> words;
  };
  std::vector<DocumentTerms> documents;
  scoring::Collection collection;
  for (const Listed& one : listed) {
    documents.push_back(document_terms(one.article, analyzer));
    ++collection.documents;
    collection.total_length += documents.back().length;
  }
  std::ostringstream out;
  std::map<std::string, Entry> terms;
  std::map<std::string, std::uint32_t> languages;
  std::map<std::string, std::string> columns;
  std::map<std::string, std::string> date_columns;
  for (Ordinal doc = 0; doc < documents.size(); ++doc) {
    const DocumentTerms& document = documents[doc];
    out << "document " << listed[doc].doc << " key " << listed[doc].article.key << " length "
        << document.length << " title " << document.title_length << " sentences";
    for (const auto start : document.sentence_starts) out << ' ' << start;
    out << " paragraphs";
    for (const auto start : document.paragraph_starts) out << ' ' << start;
    out << " article " << std::hash<std::string>()(articles::encode(listed[doc].article)) << '\n';
    ++languages[document.language];
    for (const DocumentTerm& term : document.terms) {
      Entry& entry = terms[term.term];
      ++entry.documents;
      entry.occurrences += term.term_frequency;
      const TermLayer layer = layer_of(term.term);
      const bool counts = layer == TermLayer::stem || layer == TermLayer::title_stem;
      const int impact =
          counts ? impact_of({}, term.term_frequency, document.length, collection.average_length())
                 : 255;
      entry.postings += "  " + std::to_string(doc) + " " + std::to_string(term.term_frequency) +
                        " i" + std::to_string(impact) + " at";
      for (const auto at : term.positions) entry.postings += " " + std::to_string(at);
      entry.postings += "\n";
    }
    for (const auto& [key, word] : document.words) terms[key].words.insert(word);
    const auto date_line = [&](const std::string& column, const DateInterval& date) {
      std::ostringstream line;
      line << "date " << column << ' ' << doc << ' ' << date.first << ".." << date.last << '\n';
      date_columns[column] += line.str();
    };
    for (const DateInterval& date : document.dates) date_line("date", date);
    for (const ColumnDate& date : document.column_dates) date_line(date.column, date.value);
    for (const ColumnNumber& number : document.numbers) {
      std::ostringstream line;
      line << "number " << number.column << ' ' << doc << ' ' << number.value << '\n';
      columns[number.column] += line.str();
    }
  }
  for (const auto& [language, count] : languages) {
    out << "language " << language << ' ' << count << '\n';
  }
  std::set<std::string> names;
  for (const auto& column : columns) names.insert(column.first);
  for (const auto& column : date_columns) names.insert(column.first);
  for (const std::string& name : names) out << columns[name] << date_columns[name];
  for (const auto& [key, entry] : terms) {
    out << "term " << key << " df " << entry.documents << " tf " << entry.occurrences << '\n'
        << entry.postings;
    for (const std::string& word : entry.words) out << "  word " << word << '\n';
  }
  return out.str();
}

void expect_same(const std::string& got, const std::string& expected) {
  if (got == expected) return;
  std::istringstream a(got);
  std::istringstream b(expected);
  std::string line_a;
  std::string line_b;
  std::string term;
  for (;;) {
    const bool more_a = static_cast<bool>(std::getline(a, line_a));
    const bool more_b = static_cast<bool>(std::getline(b, line_b));
    if (line_b.compare(0, 4, "term") == 0) term = line_b;
    if (!more_a && !more_b) break;
    if (line_a != line_b || more_a != more_b) {
      ADD_FAILURE() << "near " << term << "\n got      " << line_a << "\n expected " << line_b;
      return;
    }
  }
}

class InversionSeeds : public testing::TestWithParam<AnalyzerKind> {};

TEST_P(InversionSeeds, GivesExactlyTheTermsOfItsDocuments) {
  IndexOptions options;
  options.analyzer = GetParam();
  for (unsigned seed = 0; seed < 25; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    SmallRandom random(seed);
    options.title_weight = 1 + random() % 3;
    const analysis::Analyzer analyzer(options);
    const TemporaryFolder folder;
    Inversion inversion(analyzer);
    std::vector<Listed> listed;
    DocId doc = 0;
    for (unsigned left = 1 + random() % (seed == 7 ? 300 : 20); left > 0; --left) {
      doc += 1 + random() % 3;
      const Article article =
          any_article(random, "k" + std::to_string(doc), {.many_languages = seed % 2 == 1});
      inversion.add(doc, article, articles::encode(article));
      listed.push_back({doc, article});
    }
    EXPECT_EQ(inversion.document_count(), listed.size());
    const auto entry = inversion.write(folder.path() / "s1.seg");
    const auto segment = Segment::open(folder.path() / "s1.seg");
    segment->verify();
    EXPECT_EQ(entry.file, "s1.seg");
    EXPECT_EQ(entry.first_doc, listed.front().doc);
    EXPECT_EQ(entry.last_doc, listed.back().doc);
    EXPECT_EQ(entry.documents, listed.size());
    EXPECT_EQ(entry.bytes, std::filesystem::file_size(folder.path() / "s1.seg"));
    if (GetParam() == AnalyzerKind::standard) {
      expect_same(contents_of(*segment), expected_contents(listed, analyzer));
    } else {
      EXPECT_TRUE(segment->word_impacts());
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Analyzers, InversionSeeds,
                         testing::Values(AnalyzerKind::standard, AnalyzerKind::none));

TEST(Inversion, LeavesNoTraceOfADroppedDocument) {
  const analysis::Analyzer analyzer((IndexOptions()));
  for (unsigned seed = 0; seed < 25; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    SmallRandom random(seed);
    const TemporaryFolder folder;
    Inversion with(analyzer);
    Inversion without(analyzer);
    for (DocId doc = 1; doc <= 12; ++doc) {
      const Article article = any_article(random, "k" + std::to_string(doc));
      with.add(doc, article, articles::encode(article));
      const bool kept = random() % 3 != 0 || doc == 5;
      if (kept) without.add(doc, article, articles::encode(article));
      if (!kept) {
        EXPECT_TRUE(with.article(doc));
        EXPECT_TRUE(with.drop(doc));
        EXPECT_FALSE(with.drop(doc));
        EXPECT_FALSE(with.article(doc));
      }
    }
    EXPECT_FALSE(with.drop(99));
    EXPECT_EQ(with.document_count(), without.document_count());
    const auto entry = with.write(folder.path() / "a");
    const auto expected = without.write(folder.path() / "b");
    EXPECT_EQ(entry.first_doc, expected.first_doc);
    EXPECT_EQ(entry.last_doc, expected.last_doc);
    expect_same(contents_of(*Segment::open(folder.path() / "a")),
                contents_of(*Segment::open(folder.path() / "b")));
    EXPECT_TRUE(read_file(folder.path() / "a") == read_file(folder.path() / "b"));
  }
}

TEST(Inversion, KnowsWhatItHolds) {
  const analysis::Analyzer analyzer((IndexOptions()));
  Inversion inversion(analyzer);
  const std::size_t empty = inversion.memory_bytes();
  SmallRandom random(3);
  std::size_t text = 0;
  for (DocId doc = 1; doc <= 2000; ++doc) {
    const Article article = any_article(random, "k" + std::to_string(doc));
    std::string encoded = articles::encode(article);
    text += encoded.size();
    inversion.add(doc, article, std::move(encoded));
  }
  EXPECT_GT(inversion.memory_bytes() - empty, text);
  EXPECT_LT(inversion.memory_bytes() - empty, 10 * text + (1U << 20U));
}

TEST(Inversion, ThatWasClearedIsAsGoodAsNew) {
  const analysis::Analyzer analyzer((IndexOptions()));
  const TemporaryFolder folder;
  Inversion used(analyzer);
  SmallRandom random(11);
  // First the large one, so that what it left is there to be mistaken for something.
  for (const std::uint32_t documents : {3000U, 40U, 1U, 200U}) {
    Inversion fresh(analyzer);
    for (DocId doc = 1; doc <= documents; ++doc) {
      const Article article = any_article(random, "k" + std::to_string(doc));
      used.add(doc, article, articles::encode(article));
      fresh.add(doc, article, articles::encode(article));
    }
    if (documents == 40) {
      EXPECT_TRUE(used.drop(7) && fresh.drop(7));
    }
    (void)used.write(folder.path() / "used");
    (void)fresh.write(folder.path() / "fresh");
    EXPECT_TRUE(read_file(folder.path() / "used") == read_file(folder.path() / "fresh"));
    used.clear();
    EXPECT_EQ(used.document_count(), 0U);
    EXPECT_FALSE(used.article(1));
  }
}

TEST(Impact, IsTheSameOutOfTheTable) {
  const scoring::Bm25 bm25;
  const double average = 271.3;
  Impacts impacts(bm25, average);
  SmallRandom random(2);
  for (int i = 0; i < 200'000; ++i) {
    const std::uint32_t tf = random() % 20;
    const std::uint32_t length = random() % 64 + (random() % 2 == 0 ? 0 : 4060);
    ASSERT_EQ(impacts.of(tf, length), impact_of(bm25, tf, length, average)) << tf << " " << length;
  }
}

TEST(Impact, IsRoundedUpAndNothingForNothing) {
  const scoring::Bm25 bm25;
  EXPECT_EQ(impact_of(bm25, 0, 10, 10), 0);
  SmallRandom random(1);
  for (int i = 0; i < 100'000; ++i) {
    const std::uint32_t tf = 1 + random() % (random() % 2 == 0 ? 4 : 100'000);
    const std::uint32_t length = tf + random() % 10'000;
    const double average = 1 + random() % 5000 / 7.0;
    const std::uint8_t impact = impact_of(bm25, tf, length, average);
    const double part = scoring::tf_part(bm25, tf, length, average);
    ASSERT_GE(impact / 255.0, part);
    ASSERT_LT((impact - 1) / 255.0, part);
  }
  EXPECT_EQ(impact_of(bm25, 0xffff'ffff, 1, 1), 255);
}

}  // namespace
}  // namespace stemma::compile
