// A segment written by a thread of its own, while the next articles are analysed.
#pragma once

#include <filesystem>
#include <future>
#include <optional>

#include "compile/inversion.h"
#include "snapshot/manifest.h"

namespace stemma {

/// One at a time; used by one thread. The destructor waits.
class BackgroundSegment {
 public:
  BackgroundSegment() = default;
  ~BackgroundSegment() { abandon(); }
  BackgroundSegment(const BackgroundSegment&) = delete;
  BackgroundSegment& operator=(const BackgroundSegment&) = delete;

  /// Takes the documents, of which there must be one, to write them to `path`. The one before must
  /// have been finished or abandoned.
  void start(compile::Inversion documents, std::filesystem::path path);
  /// Waits for what was started, if anything: its entry. Throws what went wrong with it.
  [[nodiscard]] std::optional<snapshot::SegmentEntry> finish();
  /// Waits, whatever comes of it.
  void abandon() noexcept;

 private:
  std::future<snapshot::SegmentEntry> writing_;
};

}  // namespace stemma
