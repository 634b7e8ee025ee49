// A segment made by a thread of its own, while the next articles are analysed.
#pragma once

#include <functional>
#include <future>
#include <optional>

#include "snapshot/manifest.h"

namespace stemma {

/// One at a time; used by one thread. The destructor waits.
class BackgroundSegment {
 public:
  /// What makes the segment; nullopt if there is nothing to put into one.
  using Work = std::function<std::optional<snapshot::SegmentEntry>()>;

  BackgroundSegment() = default;
  ~BackgroundSegment() { abandon(); }
  BackgroundSegment(const BackgroundSegment&) = delete;
  BackgroundSegment& operator=(const BackgroundSegment&) = delete;

  /// The one before must have been finished or abandoned.
  void start(Work work);
  /// Something was started and not yet finished or abandoned.
  [[nodiscard]] bool is_started() const { return working_.valid(); }
  /// Waits for what was started. Throws what went wrong with it.
  [[nodiscard]] std::optional<snapshot::SegmentEntry> finish() { return working_.get(); }
  /// Waits, whatever comes of it.
  void abandon() noexcept;

 private:
  std::future<std::optional<snapshot::SegmentEntry>> working_;
};

}  // namespace stemma
