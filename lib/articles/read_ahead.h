// Articles are read by a thread of their own while those before are taken in, so that whoever
// indexes them does not wait for unpacking and parsing.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>

#include "stemma/read_articles.h"

namespace stemma::articles {

/// For one reading. Holds about a megabyte of articles, and one at least.
class ReadAhead {
 public:
  /// What reads; it runs in the new thread and hands its articles to the sink that it is given.
  using Read = std::function<void(const ArticleSink&)>;

  explicit ReadAhead(Read read);
  /// Stops reading at the next article, and waits for that.
  ~ReadAhead();
  ReadAhead(const ReadAhead&) = delete;
  ReadAhead& operator=(const ReadAhead&) = delete;

  /// Hands all articles to the sink, in this thread and in their order, until it returns false.
  /// Returns when reading has ended, with how many the sink was given. Throws what the sink throws,
  /// or what reading threw after its articles were given.
  std::uint64_t give_all(const ArticleSink& sink);

 private:
  bool put(Article&& article);
  std::deque<Article> take();
  void stop() noexcept;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Article> articles_;
  std::uint64_t bytes_ = 0;
  bool stopping_ = false;
  bool ended_ = false;
  std::exception_ptr failure_;
  std::thread thread_;
};

}  // namespace stemma::articles
