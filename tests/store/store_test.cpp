// The store over real Xapian databases in temporary directories.
#include "store/store.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <fstream>
#include <map>

#include "base/files.h"
#include "small_random.h"
#include "stemma/error.h"
#include "store/record_codec.h"
#include "temporary_folder.h"

namespace stemma::store {
namespace {

class TemporaryDirectory : public TemporaryFolder {
 public:
  std::filesystem::path operator/(const std::string& name) const { return path() / name; }
};

std::string text_of_size(SmallRandom& random, std::size_t size) {
  static const std::vector<std::string> kWords = {"harbour ", "strike ", "minister ", "tonnes ",
                                                  "vote ",    "grain ",  "railway ",  "flood "};
  std::string text;
  while (text.size() < size) text += kWords[random() % kWords.size()];
  return text;
}

std::map<std::string, std::string> contents(const Store& store) {
  std::map<std::string, std::string> all;
  store.for_each([&](DocId, std::string_view key, Bytes encoded) {
    all.emplace(key, as_text(encoded));
    return true;
  });
  return all;
}

Error::Kind kind_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    return error.kind();
  }
  ADD_FAILURE() << "nothing was thrown";
  return Error::Kind::io;
}

TEST(Store, KeepsArticlesAndManifestOverReopening) {
  const TemporaryDirectory directory;
  {
    Store store = Store::create(directory / "s");
    EXPECT_EQ(store.put("a", as_bytes("first")), 1U);
    EXPECT_EQ(store.put(std::string("b\0c", 3), as_bytes("")), 2U);
    store.commit("state one");
  }
  const Store store = Store::open(directory / "s");
  EXPECT_EQ(store.manifest(), "state one");
  EXPECT_EQ(store.article(1), "first");
  EXPECT_EQ(store.article(2), "");
  EXPECT_EQ(store.article(3), std::nullopt);
  EXPECT_EQ(store.find(std::string("b\0c", 3)), 2U);
  EXPECT_EQ(store.key(2), std::string("b\0c", 3));
  EXPECT_EQ(store.document_count(), 2U);
  EXPECT_EQ(store.next_doc_id(), 3U);
  EXPECT_EQ(store.verify(), std::vector<std::string>{});
}

TEST(Store, ForgetsWhatWasNotCommitted) {
  const TemporaryDirectory directory;
  Store store = Store::create(directory / "s");
  store.put("a", as_bytes("first"));
  store.commit("one");
  store.put("b", as_bytes("second"));
  store.erase(1);
  EXPECT_EQ(store.find("a"), std::nullopt);
  EXPECT_EQ(store.find("b"), 2U);
  store.rollback();
  EXPECT_EQ(store.find("a"), 1U);
  EXPECT_EQ(store.find("b"), std::nullopt);
  EXPECT_EQ(store.next_doc_id(), 2U);
  {
    const Store gone = std::move(store);  // destroyed with nothing pending
  }
  Store again = Store::open(directory / "s");
  again.put("c", as_bytes("third"));
  { const Store dropped = std::move(again); }
  EXPECT_EQ(contents(Store::open(directory / "s")),
            (std::map<std::string, std::string>{{"a", "first"}}));
}

TEST(Store, NeverGivesADocIdTwice) {
  const TemporaryDirectory directory;
  {
    Store store = Store::create(directory / "s");
    store.put("a", as_bytes("1"));
    store.put("b", as_bytes("2"));
    store.commit("one");
    store.erase(2);
    store.erase(1);
    store.commit("two");
  }
  Store store = Store::open(directory / "s");
  EXPECT_EQ(store.document_count(), 0U);
  EXPECT_EQ(store.put("a", as_bytes("3")), 3U);
}

TEST(Store, TellsLongKeysApart) {
  const TemporaryDirectory directory;
  Store store = Store::create(directory / "s");
  std::vector<std::string> keys;
  for (const std::size_t size : {199U, 200U, 201U, 245U, 3000U}) {
    keys.emplace_back(size, 'x');
    keys.emplace_back(size, '\0');
    keys.push_back(std::string(size, 'x') + "y");
  }
  for (const std::string& key : keys) store.put(key, as_bytes(key));
  store.commit("one");
  for (const std::string& key : keys) {
    const auto doc = store.find(key);
    ASSERT_TRUE(doc) << key.size();
    EXPECT_EQ(store.article(*doc), key);
    EXPECT_EQ(store.key(*doc), key);
  }
  EXPECT_EQ(store.find(std::string(202, 'x')), std::nullopt);
  EXPECT_EQ(store.verify(), std::vector<std::string>{});
}

TEST(Store, TrainsADictionaryAndReadsRecordsFromBeforeIt) {
  const TemporaryDirectory directory;
  SmallRandom random(7);
  std::map<std::string, std::string> expected;
  {
    Store store = Store::create(directory / "s");
    for (int i = 0; i < 1500; ++i) {
      const std::string key = "k" + std::to_string(i);
      expected[key] = text_of_size(random, 300);
      store.put(key, as_bytes(expected[key]));
    }
    EXPECT_EQ(contents(store), expected);
    store.rollback();  // the dictionary goes with the articles it was trained on
    EXPECT_TRUE(contents(store).empty());
    for (const auto& [key, text] : expected) store.put(key, as_bytes(text));
    store.commit("one");
  }
  Store store = Store::open(directory / "s");
  EXPECT_EQ(contents(store), expected);
  store.put("later", as_bytes("harbour strike"));
  store.commit("two");
  EXPECT_EQ(store.article(1501), "harbour strike");
  EXPECT_EQ(store.verify(), std::vector<std::string>{});
}

TEST(Store, EqualsAMapUnderRandomChanges) {
  for (unsigned seed = 0; seed < 6; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    SmallRandom random(seed);
    const TemporaryDirectory directory;
    std::map<std::string, std::string> committed;
    std::map<std::string, std::string> pending;
    auto store = std::make_unique<Store>(Store::create(directory / "s"));
    for (int step = 0; step < 150; ++step) {
      const std::string key = "k" + std::to_string(random() % 20);
      const auto doc = store->find(key);
      ASSERT_EQ(doc.has_value(), pending.count(key) == 1);
      switch (random() % 10) {
        case 0:
          store->commit(std::to_string(step));
          committed = pending;
          break;
        case 1:
          store->rollback();
          pending = committed;
          break;
        case 2:
          store.reset();
          store = std::make_unique<Store>(Store::open(directory / "s"));
          pending = committed;
          break;
        default:
          if (doc) store->erase(*doc);
          pending.erase(key);
          if (random() % 3 != 0) {
            pending[key] = text_of_size(random, random() % 500);
            store->put(key, as_bytes(pending[key]));
          }
      }
      ASSERT_EQ(store->document_count(), pending.size());
    }
    EXPECT_EQ(contents(*store), pending);
    store->commit("end");
    EXPECT_EQ(store->verify(), std::vector<std::string>{});
  }
}

TEST(Store, RefusesXapianEnvironmentAndNamesIt) {
  const TemporaryDirectory directory;
  Store::create(directory / "s");
  ASSERT_EQ(setenv("XAPIAN_FLUSH_THRESHOLD", "10", 1), 0);
  try {
    (void)Store::open(directory / "s");
    ADD_FAILURE();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), Error::Kind::invalid_argument);
    EXPECT_NE(std::string(error.what()).find("XAPIAN_FLUSH_THRESHOLD"), std::string::npos);
    EXPECT_NE(error.hint().find("unset"), std::string::npos);
  }
  EXPECT_EQ(kind_of([&] { (void)Store::create(directory / "t"); }), Error::Kind::invalid_argument);
  ASSERT_EQ(unsetenv("XAPIAN_FLUSH_THRESHOLD"), 0);
  EXPECT_NO_THROW((void)Store::open(directory / "s"));
}

TEST(Store, IsPrivateToItsOwner) {
  const TemporaryDirectory directory;
  Store::create(directory / "s");
  struct stat status {};
  ASSERT_EQ(stat((directory / "s").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0700U);
}

TEST(Store, SaysWhatIsWrongWithThePlace) {
  const TemporaryDirectory directory;
  EXPECT_EQ(kind_of([&] { (void)Store::open(directory / "s"); }), Error::Kind::not_found);
  const Store held = Store::create(directory / "s");
  EXPECT_EQ(kind_of([&] { (void)Store::create(directory / "s"); }), Error::Kind::invalid_argument);
  EXPECT_EQ(kind_of([&] { (void)Store::open(directory / "s"); }), Error::Kind::locked);
  std::filesystem::create_directory(directory / "empty");
  EXPECT_EQ(kind_of([&] { (void)Store::open(directory / "empty"); }), Error::Kind::corrupt);
}

TEST(Store, ReportsAFailedChangeAndStandsAtTheLastCommit) {
  const TemporaryDirectory directory;
  Store store = Store::create(directory / "s");
  store.put("a", as_bytes("first"));
  store.commit("one");
  store.put("b", as_bytes("second"));
  EXPECT_THROW(store.erase(77), Error);  // no such document: Xapian refuses
  EXPECT_EQ(contents(store), (std::map<std::string, std::string>{{"a", "first"}}));
  store.put("c", as_bytes("third"));
  store.commit("two");
  EXPECT_EQ(store.document_count(), 2U);
  EXPECT_EQ(store.verify(), std::vector<std::string>{});
}

TEST(Store, FindsADamagedListOfTerms) {
  const TemporaryDirectory directory;
  {
    Store store = Store::create(directory / "s");
    store.put("the first key", as_bytes("text"));
    store.put("the second key", as_bytes("text"));
    store.commit("manifest");
  }
  // Xapian's own check knows nothing of it, and no article or posting is touched.
  const auto file = directory / "s/termlist.glass";
  std::string bytes = read_file(file);
  const std::size_t at = bytes.find("the second key");
  ASSERT_NE(at, std::string::npos);
  bytes[at] = 'T';
  replace_file(file, bytes);
  const Store store = Store::open(directory / "s");
  EXPECT_EQ(store.article(2), "text");
  EXPECT_EQ(store.verify(), std::vector<std::string>{"article 2 does not list its key"});
}

TEST(Store, CallsTheVisitorUntilItHasEnough) {
  const TemporaryDirectory directory;
  Store store = Store::create(directory / "s");
  for (int i = 0; i < 300; ++i) store.put("k" + std::to_string(i), as_bytes("x"));
  std::vector<DocId> seen;
  store.for_each([&](DocId doc, std::string_view, Bytes) {
    seen.push_back(doc);
    return seen.size() < 260;
  });
  ASSERT_EQ(seen.size(), 260U);  // past 255, where the last byte of the DocId turns over
  EXPECT_TRUE(std::is_sorted(seen.begin(), seen.end()));
  EXPECT_THROW(store.for_each(
                   [](DocId, std::string_view, Bytes) -> bool { throw std::logic_error("mine"); }),
               std::logic_error);
}

TEST(RecordCodec, KnowsEveryFlippedBitAndEveryTruncation) {
  RecordCodec codec;
  SmallRandom random(1);
  const std::string text = text_of_size(random, 120);
  const std::string record = codec.encode(5, "key", as_bytes(text));
  EXPECT_EQ(codec.decode(5, record).encoded, text);
  EXPECT_THROW((void)codec.decode(6, record), Error) << "moved to another DocId";
  for (std::size_t bit = 0; bit < record.size() * 8; ++bit) {
    std::string damaged = record;
    damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << (bit % 8)));
    try {
      const Record read = codec.decode(5, damaged);
      // zstd has spare header bits that change nothing.
      EXPECT_EQ(read.encoded, text) << "bit " << bit;
      EXPECT_EQ(read.key, "key") << "bit " << bit;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), Error::Kind::corrupt) << error.what();
    }
  }
  for (std::size_t size = 0; size < record.size(); ++size) {
    EXPECT_THROW((void)codec.decode(5, record.substr(0, size)), Error) << size;
  }
}

TEST(RecordCodec, NeedsTheDictionaryThatTheRecordNames) {
  SmallRandom random(2);
  std::vector<std::string> samples;
  for (int i = 0; i < 500; ++i) samples.push_back(text_of_size(random, 200));
  const std::string dictionary = RecordCodec::train(samples);
  ASSERT_FALSE(dictionary.empty());
  RecordCodec with;
  const std::string before = with.encode(1, "a", as_bytes(samples[0]));
  with.add_dictionary(dictionary);
  const std::string after = with.encode(1, "a", as_bytes(samples[0]));
  EXPECT_LT(after.size(), before.size());
  EXPECT_EQ(with.decode(1, before).encoded, samples[0]);
  EXPECT_EQ(with.decode(1, after).encoded, samples[0]);
  RecordCodec without;
  EXPECT_EQ(without.decode(1, before).encoded, samples[0]);
  EXPECT_THROW((void)without.decode(1, after), Error);
}

TEST(RecordCodec, TrainsNothingFromTooLittle) {
  EXPECT_TRUE(RecordCodec::train({}).empty());
  EXPECT_TRUE(RecordCodec::train({"a", "b"}).empty());
}

}  // namespace
}  // namespace stemma::store
