// What `disk` knows of the watched folder; the intercepted calls consult it one at a time.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "disk/disk.h"
#include "disk/operation.h"

namespace stemma::disk {

/// Everything but `active` and `mutex` is used under `mutex`.
class Watched {
 public:
  struct OpenFile {
    std::string name;  ///< below the watched folder, when it was opened
    std::uint32_t handle = 0;
  };

  /// The only one. Never destroyed: libraries make calls until the process has ended.
  static Watched& instance();

  std::atomic<bool> active = false;  ///< before that all calls pass
  std::mutex mutex;

  void watch(std::string folder);
  void record_to(int descriptor);
  void die_after(std::uint32_t change) { last_change_ = change; }

  void set_fault(const std::optional<Fault>& fault);
  void look_away(bool away) { away_ = away; }
  [[nodiscard]] bool has_failed() const { return failed_; }
  [[nodiscard]] std::uint32_t calls(Call call) const {
    return calls_[static_cast<std::size_t>(call)];
  }

  /// The name below the watched folder, if the path is there. `at` is openat's.
  [[nodiscard]] std::optional<std::string> name_of(int at, const char* path) const;
  [[nodiscard]] const OpenFile* find(int descriptor) const;
  void opened(int descriptor, const std::string& name, bool may_create);
  void closed(int descriptor) { files_.erase(descriptor); }

  /// How the next call of this kind goes.
  struct Outcome {
    int error = 0;  ///< other than 0: it fails so
    bool half = false;
  };
  [[nodiscard]] Outcome next(Call call);

  void record(const Operation& operation);

 private:
  std::string folder_;
  std::map<int, OpenFile> files_;
  std::uint32_t handles_ = 0;
  std::array<std::uint32_t, kCalls> calls_ = {};
  std::optional<Fault> fault_;
  bool failed_ = false;
  bool away_ = false;
  int log_ = -1;
  std::uint32_t changes_ = 0;
  std::uint32_t last_change_ = UINT32_MAX;
};

}  // namespace stemma::disk
