#include "writing/store_thread.h"

#include <utility>
#include <vector>

#include "stemma/error.h"

namespace stemma {
namespace {

// Enough to smooth out a flush of Xapian's; small beside any memory budget.
constexpr std::size_t kMostQueuedBytes = 4U << 20U;
constexpr std::size_t kWorthWaking = 128U << 10U;

}  // namespace

StoreThread::StoreThread(std::unique_ptr<store::Store> store)
    : store_(std::move(store)), thread_([this] { run(); }) {}

StoreThread::~StoreThread() {
  abandon();
  {
    const std::lock_guard guard(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void StoreThread::put(DocId doc, std::string key, std::string encoded) {
  enqueue({doc, false, std::move(key), std::move(encoded)});
}

void StoreThread::erase(DocId doc) { enqueue({doc, true, {}, {}}); }

void StoreThread::enqueue(Task task) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return queued_bytes_ < kMostQueuedBytes || failure_; });
  if (failure_) std::rethrow_exception(failure_);
  const bool waited_for = queued_bytes_ >= kWorthWaking;
  queued_bytes_ += task.bytes();
  queue_.push_back(std::move(task));
  const bool wake = !waited_for && queued_bytes_ >= kWorthWaking;
  lock.unlock();
  if (wake) changed_.notify_all();
}

// Waking costs as much as storing an article, so the thread sleeps until there is a good deal to do
// or somebody waits for the rest.
void StoreThread::run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [this] {
      return stopping_ || (!queue_.empty() && (draining_ || queued_bytes_ >= kWorthWaking));
    });
    if (stopping_) return;
    std::deque<Task> batch;
    batch.swap(queue_);
    queued_bytes_ = 0;
    busy_ = true;
    const bool skip = failure_ != nullptr;
    lock.unlock();
    changed_.notify_all();
    std::exception_ptr failed;
    try {
      for (const Task& task : batch) {
        if (!skip) perform(task);
      }
    } catch (...) {
      failed = std::current_exception();
    }
    lock.lock();
    if (failed) failure_ = failed;
    busy_ = false;
    changed_.notify_all();
  }
}

void StoreThread::perform(const Task& task) {
  if (task.erase) {
    store_->erase(task.doc);
  } else if (const DocId given = store_->put(task.key, as_bytes(task.encoded)); given != task.doc) {
    throw Error(
        Error::Kind::corrupt,
        "the store gave DocId " + std::to_string(given) + ", expected " + std::to_string(task.doc),
        "run `stemma check`");
  }
}

void StoreThread::drain() {
  std::unique_lock lock(mutex_);
  draining_ = true;
  changed_.notify_all();
  changed_.wait(lock, [this] { return queue_.empty() && !busy_; });
  draining_ = false;
  if (failure_) std::rethrow_exception(failure_);
}

void StoreThread::commit(std::string_view manifest) {
  drain();
  store_->commit(manifest);
}

void StoreThread::rollback() {
  abandon();
  store_->rollback();
}

void StoreThread::abandon() noexcept {
  std::unique_lock lock(mutex_);
  queue_.clear();
  queued_bytes_ = 0;
  changed_.wait(lock, [this] { return !busy_; });
  failure_ = nullptr;
}

std::string StoreThread::manifest() {
  drain();
  return store_->manifest();
}

DocId StoreThread::next_doc_id() {
  drain();
  return store_->next_doc_id();
}

std::uint64_t StoreThread::document_count() {
  drain();
  return store_->document_count();
}

}  // namespace stemma
