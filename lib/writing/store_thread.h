// The store on a thread of its own: puts and erasures queue up and are done in order, while the
// writer analyses the next article. Storing an article takes about a third of the time of analysing
// it, so the two overlap whole.
//
// A failure in the queue is reported by the next call; everything queued after it is dropped, since
// the store has given up the transaction.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

#include "store/store.h"

namespace stemma {

/// Used by one thread at a time.
class StoreThread {
 public:
  explicit StoreThread(std::unique_ptr<store::Store> store);
  ~StoreThread();
  StoreThread(const StoreThread&) = delete;
  StoreThread& operator=(const StoreThread&) = delete;

  /// `doc` must be the DocId that the store gives next.
  void put(DocId doc, std::string key, std::string encoded);
  void erase(DocId doc);

  // These wait until the queue is done.
  void commit(std::string_view manifest);
  void rollback();
  [[nodiscard]] std::string manifest();
  [[nodiscard]] DocId next_doc_id();
  [[nodiscard]] std::uint64_t document_count();
  /// Drops what is queued; nothing is committed.
  void abandon() noexcept;

 private:
  struct Task {
    DocId doc = 0;
    bool erase = false;
    std::string key;
    std::string encoded;
    [[nodiscard]] std::size_t bytes() const { return sizeof *this + key.size() + encoded.size(); }
  };

  void enqueue(Task task);
  void run();
  void perform(const Task& task);
  /// Waits for the queue; throws what failed in it, once.
  void drain();

  std::unique_ptr<store::Store> store_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Task> queue_;
  std::size_t queued_bytes_ = 0;
  bool busy_ = false;
  bool draining_ = false;
  bool stopping_ = false;
  std::exception_ptr failure_;
  std::thread thread_;  // last: it uses all of the above
};

}  // namespace stemma
