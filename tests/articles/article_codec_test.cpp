// An article and its bytes: one for one, and any bytes are safe to decode.
#include "articles/article_codec.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <string>

namespace stemma::articles {
namespace {

std::string any_text(std::mt19937& random) {
  constexpr std::size_t kLengths[] = {0, 1, 2, 126, 127, 128, 129, 300, 16383, 16384};
  const bool is_long = random() % 20 == 0;
  std::string text(is_long ? kLengths[random() % 10] : random() % 5, '\0');
  for (char& byte : text) byte = static_cast<char>(random());
  return text;
}

MetadataValue any_value(std::mt19937& random) {
  switch (random() % 4) {
    case 0:
      return any_text(random);
    case 1:
      return std::ldexp(static_cast<double>(random()), static_cast<int>(random() % 200) - 100);
    case 2:
      return true;
    default:
      return false;
  }
}

Article any_article(std::mt19937& random) {
  Article article{any_text(random), any_text(random), any_text(random),
                  any_text(random), any_text(random), {},
                  any_text(random), any_text(random), {}};
  for (std::size_t count = random() % 4; count > 0; --count) {
    article.authors.push_back(any_text(random));
  }
  for (std::size_t count = random() % 4; count > 0; --count) {
    MetadataField field{any_text(random), {}};
    for (std::size_t values = random() % 4; values > 0; --values) {
      field.values.push_back(any_value(random));
    }
    article.metadata.push_back(field);
  }
  return article;
}

TEST(ArticleCodec, GivesBackEveryArticle) {
  for (unsigned seed = 0; seed < 2000; ++seed) {
    std::mt19937 random(seed);
    const Article article = any_article(random);
    const std::string bytes = encode(article);
    ASSERT_EQ(decode(as_bytes(bytes)), article) << "seed " << seed;
    ASSERT_EQ(encode(decode(as_bytes(bytes))), bytes) << "seed " << seed;
  }
}

TEST(ArticleCodec, KeepsEveryKindOfNumber) {
  Article article;
  article.metadata = {
      {"n",
       {0.0, -0.0, 0.1, std::numeric_limits<double>::max(),
        std::numeric_limits<double>::denorm_min(), std::numeric_limits<double>::infinity()}}};
  const Article read = decode(as_bytes(encode(article)));
  ASSERT_EQ(read, article);
  EXPECT_TRUE(std::signbit(std::get<double>(read.metadata[0].values[1])));
}

TEST(ArticleCodec, WritesTheDocumentedBytes) {
  Article article;
  article.key = "k";
  article.body = "text";
  article.authors = {"A"};
  article.metadata = {{"m", {std::string("v"), true, false, 1.0}}};
  const std::string expected =
      std::string("\x01\x01k\x00\x04text\x00\x00\x00\x00", 13) + std::string("\x01\x01") + "A" +
      std::string("\x01\x01m\x04\x00\x01v\x03\x02\x01\x00\x00\x00\x00\x00\x00\xF0\x3F", 18);
  EXPECT_EQ(encode(article), expected);
}

TEST(ArticleCodec, RefusesEveryTruncation) {
  std::mt19937 random(7);
  const std::string bytes = encode(any_article(random)) + encode(any_article(random));
  const std::string one = encode(decode(as_bytes(encode(any_article(random)))));
  for (std::size_t length = 0; length < one.size(); ++length) {
    EXPECT_THROW(static_cast<void>(decode(as_bytes(one).first(length))), Error) << length;
  }
  EXPECT_THROW(static_cast<void>(decode(as_bytes(bytes))), Error);
}

TEST(ArticleCodec, RefusesWhatIsNoArticle) {
  const std::string good = encode(Article{});
  std::string other_version = good;
  other_version[0] = 2;
  EXPECT_THROW(static_cast<void>(decode(as_bytes(other_version))), Error);
  EXPECT_THROW(static_cast<void>(decode(as_bytes(good + "x"))), Error);
  // 2^60 authors announced: refused before memory is asked for
  const std::string flood = std::string("\x01\0\0\0\0\0\0\0", 8) +
                            "\x80\x80\x80\x80\x80\x80\x80\x80\x10" + std::string(1, '\0');
  try {
    static_cast<void>(decode(as_bytes(flood)));
    FAIL() << "accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), Error::Kind::corrupt);
  }
}

TEST(ArticleCodec, DecodesAnyBytesOrThrows) {
  for (unsigned seed = 0; seed < 20000; ++seed) {
    std::mt19937 random(seed);
    std::string bytes = encode(any_article(random));
    for (std::size_t changes = 1 + random() % 4; changes > 0; --changes) {
      bytes[random() % bytes.size()] = static_cast<char>(random());
    }
    try {
      const Article article = decode(as_bytes(bytes));
      // What was readable is an article like any other. (Bytes are compared: NaN is not itself.)
      ASSERT_EQ(encode(decode(as_bytes(encode(article)))), encode(article)) << "seed " << seed;
    } catch (const Error& error) {
      ASSERT_EQ(error.kind(), Error::Kind::corrupt) << "seed " << seed;
    }
  }
}

TEST(ArticleCodec, HashesAsXxh64) {
  EXPECT_EQ(content_hash({}), 0xef46db3751d8e999ULL);
  EXPECT_EQ(content_hash(as_bytes("a")), 0xd24ec4f1a98c6e5bULL);
}

}  // namespace
}  // namespace stemma::articles
