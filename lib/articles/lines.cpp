// A sliding buffer: lines are views into it, so a line is copied only when the rest of it has
// still to be read.
#include "articles/lines.h"

#include <algorithm>
#include <cstring>

namespace stemma::articles {
namespace {

constexpr std::size_t kStartBytes = 128U << 10;

}  // namespace

LineReader::LineReader(ByteSource& source, std::uint64_t max_line_bytes)
    : source_(source), max_line_bytes_(max_line_bytes), buffer_(kStartBytes + kLinePadding) {}

/// Gets more bytes behind those at `begin_`; false at the end of the source.
bool LineReader::fill() {
  if (ended_) return false;
  if (begin_ > 0) {
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = line_ = 0;
  }
  if (end_ + kLinePadding == buffer_.size()) {
    buffer_.resize(end_ + std::min<std::uint64_t>(end_, max_line_bytes_ + 1) + kLinePadding);
  }
  const std::size_t room = buffer_.size() - kLinePadding - end_;
  const std::size_t count = source_.read(std::span(buffer_).subspan(end_, room));
  end_ += count;
  ended_ = count == 0;
  return !ended_;
}

std::optional<LineReader::Line> LineReader::next() {
  bool too_long = false;
  std::size_t searched = 0;  // bytes after begin_ known to hold no newline
  while (true) {
    const char* const from = buffer_.data() + begin_;
    const void* const found = std::memchr(from + searched, '\n', end_ - begin_ - searched);
    const std::size_t length =
        found != nullptr ? static_cast<std::size_t>(static_cast<const char*>(found) - from)
                         : end_ - begin_;
    too_long = too_long || length > max_line_bytes_;
    if (found != nullptr) {
      line_ = begin_;
      begin_ += length + 1;
      return Line{{from, too_long ? 0 : length}, ++number_, too_long};
    }
    searched = length;
    if (too_long) {  // forget it
      begin_ = end_;
      searched = 0;
    }
    if (fill()) continue;
    if (searched == 0 && !too_long) return std::nullopt;
    line_ = begin_;
    begin_ = end_;
    return Line{{buffer_.data() + line_, too_long ? 0 : end_ - line_}, ++number_, too_long};
  }
}

}  // namespace stemma::articles
