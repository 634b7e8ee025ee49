#include "articles/read_ahead.h"

#include <utility>

namespace stemma::articles {
namespace {

constexpr std::uint64_t kMostBytes = std::uint64_t{1} << 20U;
/// Waking costs as much as reading a few articles.
constexpr std::uint64_t kWorthWaking = std::uint64_t{1} << 16U;

std::uint64_t size_of(const Article& article) {
  constexpr std::uint64_t kUsualRest = 512;
  return article.title.size() + article.body.size() + kUsualRest;
}

}  // namespace

ReadAhead::ReadAhead(Read read)
    : thread_([this, read = std::move(read)] {
        std::exception_ptr failure;
        try {
          read([this](Article&& article) { return put(std::move(article)); });
        } catch (...) {
          failure = std::current_exception();
        }
        {
          const std::lock_guard guard(mutex_);
          failure_ = failure;
          ended_ = true;
        }
        changed_.notify_all();
      }) {}

ReadAhead::~ReadAhead() { stop(); }

void ReadAhead::stop() noexcept {
  {
    const std::lock_guard guard(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

bool ReadAhead::put(Article&& article) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return bytes_ < kMostBytes || stopping_; });
  if (stopping_) return false;
  const std::uint64_t before = bytes_;
  bytes_ += size_of(article);
  articles_.push_back(std::move(article));
  const bool wake = before < kWorthWaking && bytes_ >= kWorthWaking;
  lock.unlock();
  if (wake) changed_.notify_all();
  return true;
}

std::deque<Article> ReadAhead::take() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return bytes_ >= kWorthWaking || ended_; });
  std::deque<Article> taken;
  taken.swap(articles_);
  const bool was_full = std::exchange(bytes_, 0) >= kMostBytes;
  lock.unlock();
  if (was_full) changed_.notify_all();
  return taken;
}

std::uint64_t ReadAhead::give_all(const ArticleSink& sink) {
  std::uint64_t given = 0;
  for (;;) {
    std::deque<Article> taken = take();
    if (taken.empty()) break;  // the end
    for (Article& article : taken) {
      ++given;
      if (sink(std::move(article))) continue;
      stop();
      return given;
    }
  }
  stop();
  if (failure_) std::rethrow_exception(failure_);
  return given;
}

}  // namespace stemma::articles
