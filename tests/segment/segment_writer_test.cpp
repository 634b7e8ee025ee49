// The writer: the same calls give the same bytes, wrong calls are refused, nothing is left behind.
#include "segment/segment_writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/files.h"
#include "base/hash.h"
#include "segment_model.h"
#include "stemma/error.h"

namespace stemma::segment {
namespace {

TEST(SegmentWriter, TheSameCallsGiveTheSameBytes) {
  for (unsigned seed = 0; seed < 5; ++seed) {
    const Folder folder;
    std::mt19937 random(seed);
    const Model model = any_model(random, 400);
    write(model, folder.in("a.seg"));
    write(model, folder.in("b.seg"));
    EXPECT_EQ(read_file(folder.in("a.seg")), read_file(folder.in("b.seg"))) << "seed " << seed;
  }
}

// May change only together with kFormatVersion and docs/FORMAT.md. The articles do not shrink, so
// the bytes do not depend on the version of zstd.
TEST(SegmentWriter, GoldenBytes) {
  std::mt19937 random(11);
  Model model = plain_documents(200);
  model.settings = {.analyzer_fingerprint = 42,
                    .impact_reference = {.k1 = 1.2, .b = 0.9, .average_length = 100}};
  for (auto& document : model.documents) {
    document.article.resize(20);
    for (char& byte : document.article) byte = static_cast<char>(random());
  }
  model.documents[3].dates = {{-86'400, -1}};
  model.documents[4].sentences = {1, 20, 300};
  model.numbers["n"] = {{2, 0.5}};
  std::uint32_t step = 1;
  for (const char* key : {"sab", "sabc", "wab", "wabc"}) {
    ModelTerm& term = model.terms[key];
    for (Ordinal doc = 0; doc < 200; doc += step) {
      const bool stem = layer_of(key) == TermLayer::stem;
      term.postings[doc] = {
          .term_frequency = 1 + doc % 3, .impact = static_cast<std::uint8_t>(doc), .positions = {}};
      if (!stem) term.postings[doc].positions = {doc + 1, doc + 101};
    }
    step = step * 7 % 199;
  }
  model.terms["sab"].words = {"ab", "abs"};
  const Folder folder;
  write(model, folder.in("a.seg"));
  EXPECT_EQ(hash64(as_bytes(read_file(folder.in("a.seg")))), 11058892767743366289U);
}

TEST(SegmentWriter, AnUnfinishedSegmentLeavesNothing) {
  const Folder folder;
  {
    SegmentWriter writer(folder.in("a.seg"), {});
    const std::string article(100'000, 'a');
    for (DocId doc = 1; doc < 50; ++doc) {
      writer.add_document({.doc = doc, .key = article, .article = as_bytes(article)});
    }
    writer.begin_term("wab");
  }
  EXPECT_TRUE(std::filesystem::is_empty(folder.in("")));
}

TEST(SegmentWriter, LargeSpoolsGoThroughFilesAndLeaveNone) {
  const Folder folder;
  Model model;
  for (DocId doc = 1; doc < 1000; ++doc) {
    ModelDocument document;
    document.id = doc;
    document.key = std::string(3000, 'k') + std::to_string(doc);
    model.documents.push_back(document);
  }
  const auto segment = build(model, folder);
  for (Ordinal doc = 0; doc < 999; doc += 100) {
    EXPECT_EQ(segment->key(doc), model.documents[doc].key);
    EXPECT_EQ(segment->find_key(model.documents[doc].key), doc);
  }
  segment->verify();
  const std::filesystem::directory_iterator files(folder.in(""));
  EXPECT_EQ(std::distance(begin(files), end(files)), 1);
}

template <class Action>
void expect_refused(const Action& action) {
  const Folder folder;
  SegmentWriter writer(folder.in("a.seg"), {});
  writer.add_document({.doc = 5, .key = "k"});
  writer.add_document({.doc = 7, .key = "l"});
  try {
    action(writer);
    ADD_FAILURE() << "nothing was thrown";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), Error::Kind::invalid_argument) << error.what();
  }
}

TEST(SegmentWriter, RefusesWhatIsOutOfOrder) {
  const std::vector<std::uint32_t> falling{5, 5};
  expect_refused([](SegmentWriter& writer) { writer.add_document({.doc = 7, .key = "m"}); });
  expect_refused([](SegmentWriter& writer) { writer.add_document({.doc = kEndOfList}); });
  expect_refused([&](SegmentWriter& writer) {
    writer.add_document({.doc = 9, .sentence_starts = std::vector<std::uint32_t>{4, 3}});
  });
  expect_refused([](SegmentWriter& writer) {
    writer.begin_term("wa");
    writer.end_term();
    writer.add_document({.doc = 9});
  });
  expect_refused([](SegmentWriter& writer) {
    writer.begin_term("wb");
    writer.end_term();
    writer.begin_term("wa");
  });
  expect_refused([](SegmentWriter& writer) {
    writer.begin_term("wa");
    writer.begin_term("wb");
  });
  expect_refused([](SegmentWriter& writer) { writer.begin_term(""); });
  expect_refused([](SegmentWriter& writer) { writer.begin_term("Xunknown"); });
  expect_refused([](SegmentWriter& writer) { writer.begin_term("w" + std::string(1000, 'a')); });
  expect_refused([](SegmentWriter& writer) {
    writer.begin_term("wa");
    writer.add_posting({.doc = 2});
  });
  expect_refused([](SegmentWriter& writer) {
    writer.begin_term("wa");
    writer.add_posting({.doc = 1});
    writer.add_posting({.doc = 1});
  });
  expect_refused([&](SegmentWriter& writer) {
    writer.begin_term("wa");
    writer.add_posting({.doc = 1, .positions = falling});
  });
  expect_refused([](SegmentWriter& writer) {
    writer.begin_term("fa");
    writer.add_posting({.doc = 1});
  });
  expect_refused([](SegmentWriter& writer) {
    const std::string_view words[] = {"b", "a"};
    writer.begin_term("sa");
    writer.set_words(words);
  });
  expect_refused([](SegmentWriter& writer) {
    writer.begin_term("wa");
    writer.set_words({});
  });
  expect_refused([](SegmentWriter& writer) { writer.add_number("n", {.doc = 2}); });
  expect_refused([](SegmentWriter& writer) {
    writer.add_date("d", {.doc = 1, .value = {.first = 2, .last = 1}});
  });
  expect_refused([](SegmentWriter& writer) {
    writer.begin_term("wa");
    writer.finish();
  });
}

}  // namespace
}  // namespace stemma::segment
