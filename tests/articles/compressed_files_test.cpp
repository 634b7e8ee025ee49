// Compressed files that are cut, followed by rubbish, or made to fill the memory: what stood before
// the damage is read, and the rest is reported.
#include <gmock/gmock.h>

#include "reading_fixture.h"
#include "stemma/read_articles.h"

namespace stemma {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

using CompressedFiles = ReadingTest;

TEST_F(CompressedFiles, FindsDamagedCompressedFiles) {
  const std::string text = repeated("{\"title\":\"some title\"}\n", 20000);
  std::string noise;
  for (std::size_t i = 0; i < 300000; ++i) noise.push_back(static_cast<char>(i * i >> 7));
  for (const auto& [name, packed] :
       {std::pair<std::string, std::string>{"t.jsonl.gz", gzip_of(text)},
        {"t.jsonl.zst", zstd_of(text)}}) {
    write("cut." + name, packed.substr(0, packed.size() - 5));
    EXPECT_THAT(read("cut." + name).failed_places(), ElementsAre(key("cut." + name)));
    write("empty." + name, "");
    EXPECT_EQ(read("empty." + name).report.articles, 0U);
    write("noise." + name, noise);
    EXPECT_THAT(read("noise." + name).failed_places(), ElementsAre(key("noise." + name)));
    write("tail." + name, packed + "garbage");
    const Outcome tail = read("tail." + name);
    EXPECT_EQ(tail.report.articles, 20000U) << name;
    EXPECT_THAT(tail.failed_places(), ElementsAre(key("tail." + name)));
    write("two." + name, packed + packed);
    EXPECT_EQ(read("two." + name).report.articles, 40000U) << name;
  }
}

TEST_F(CompressedFiles, KeepsTheArticlesBeforeTheDamage) {
  std::string text;
  for (int i = 0; i < 50000; ++i)
    text += "{\"title\":\"title " + std::to_string(i * 7919) + "\"}\n";
  const std::string packed = gzip_of(text);
  write("a.jsonl.gz", packed.substr(0, packed.size() / 2));
  const Outcome outcome = read("a.jsonl.gz");
  EXPECT_GT(outcome.report.articles, 1000U);
  EXPECT_THAT(outcome.failed_places(), ElementsAre(key("a.jsonl.gz")));
}

TEST_F(CompressedFiles, StopsDecompressionBombs) {
  const std::string bomb(8 << 20, 'x');
  write("bomb.txt.gz", gzip_of(bomb));
  write("bomb.txt.zst", zstd_of(bomb));
  write("bomb.jsonl.zst", zstd_of(bomb));
  const Outcome outcome = read("");
  EXPECT_THAT(outcome.articles, IsEmpty());
  ASSERT_THAT(outcome.report.failures, SizeIs(3));
  for (const ReadFailure& failure : outcome.report.failures) {
    EXPECT_THAT(failure.message, HasSubstr("100 times")) << failure.where;
  }
  EXPECT_LT(outcome.report.bytes, 5U << 20);
  EXPECT_THAT(read("", {.max_expansion = 1'000'000}).articles, SizeIs(2));
  // Up to one MiB may come out of however little.
  write("bomb.txt.gz", gzip_of(std::string(1 << 20, 'x')));
  EXPECT_THAT(read("bomb.txt.gz").articles, SizeIs(1));
}

}  // namespace
}  // namespace stemma
