// Reading ahead must look like reading, whoever stops first and however.
#include "articles/read_ahead.h"

#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <string>
#include <thread>

namespace stemma::articles {
namespace {

Article numbered(int number, std::size_t body_bytes) {
  Article article;
  article.key = std::to_string(number);
  article.body.assign(body_bytes, 'x');
  return article;
}

/// Gives articles of one size, `count` of them or until it is told to stop.
ReadAhead::Read numbers(int count, std::size_t body_bytes, std::atomic<int>& read) {
  return [=, &read](const ArticleSink& sink) {
    for (int number = 0; number < count; ++number) {
      if (!sink(numbered(number, body_bytes))) return;
      ++read;
    }
  };
}

constexpr int kForEver = 1 << 30;

TEST(ReadAhead, GivesEverythingInOrderInTheCallersThread) {
  for (const std::size_t body : {std::size_t{0}, std::size_t{3000}, std::size_t{2'000'000}}) {
    for (const int count : {0, 1, 7, body > 10'000 ? 20 : 5000}) {
      std::atomic<int> read = 0;
      ReadAhead ahead(numbers(count, body, read));
      int next = 0;
      const std::uint64_t given = ahead.give_all([&](Article&& article) {
        EXPECT_EQ(article.key, std::to_string(next++));
        return true;
      });
      EXPECT_EQ(given, static_cast<std::uint64_t>(count));
      EXPECT_EQ(next, count);
      EXPECT_EQ(read, count);
    }
  }
  const auto here = std::this_thread::get_id();
  std::atomic<int> read = 0;
  ReadAhead ahead(numbers(3, 10, read));
  ahead.give_all([&](Article&&) {
    EXPECT_EQ(std::this_thread::get_id(), here);
    return true;
  });
}

TEST(ReadAhead, EndsWhenTheSinkHasEnough) {
  std::atomic<int> read = 0;
  ReadAhead ahead(numbers(kForEver, 100, read));
  int taken = 0;
  EXPECT_EQ(ahead.give_all([&](Article&&) { return ++taken < 5; }), 5U);
  const int at_end = read;
  EXPECT_GE(at_end, 5);
  std::this_thread::yield();
  EXPECT_EQ(read, at_end);
}

TEST(ReadAhead, EndsWhenTheSinkThrowsOrNobodyTakes) {
  std::atomic<int> read = 0;
  {
    ReadAhead ahead(numbers(kForEver, 100, read));
    EXPECT_THROW(ahead.give_all([](Article&&) -> bool { throw std::logic_error("x"); }),
                 std::logic_error);
  }
  { const ReadAhead unused(numbers(kForEver, 100, read)); }
}

TEST(ReadAhead, PassesOnWhatReadingThrowsBehindItsArticles) {
  ReadAhead ahead([](const ArticleSink& sink) {
    (void)sink(numbered(0, 10));
    (void)sink(numbered(1, 10));
    throw std::runtime_error("unplugged");
  });
  int taken = 0;
  EXPECT_THROW(ahead.give_all([&](Article&&) { return ++taken > 0; }), std::runtime_error);
  EXPECT_EQ(taken, 2);
}

TEST(ReadAhead, HoldsAboutAMegabyte) {
  std::atomic<int> read = 0;
  ReadAhead ahead(numbers(600, 100'000, read));
  int taken = 0;
  ahead.give_all([&](Article&&) {
    ++taken;
    std::this_thread::yield();
    // What was taken at once, and as much again behind it.
    EXPECT_LE(read - taken, 2 * 12);
    return true;
  });
  EXPECT_EQ(taken, 600);
}

}  // namespace
}  // namespace stemma::articles
