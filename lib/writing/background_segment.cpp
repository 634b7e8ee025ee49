#include "writing/background_segment.h"

#include <utility>

namespace stemma {

void BackgroundSegment::start(Work work) {
  working_ = std::async(std::launch::async, std::move(work));
}

void BackgroundSegment::abandon() noexcept {
  if (working_.valid()) working_.wait();
  working_ = {};
}

}  // namespace stemma
