#include "writing/background_segment.h"

#include <utility>

namespace stemma {

void BackgroundSegment::start(compile::Inversion documents, std::filesystem::path path) {
  writing_ = std::async(
      std::launch::async,
      [documents = std::move(documents), path = std::move(path)] { return documents.write(path); });
}

std::optional<snapshot::SegmentEntry> BackgroundSegment::finish() {
  if (!writing_.valid()) return std::nullopt;
  return writing_.get();
}

void BackgroundSegment::abandon() noexcept {
  if (writing_.valid()) writing_.wait();
  writing_ = {};
}

}  // namespace stemma
