// Reading in chunks. A source that ends early in the middle of something says so itself; here an
// end is just an end.
#include "articles/byte_source.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <istream>
#include <system_error>

namespace stemma::articles {
namespace {

constexpr std::size_t kChunkBytes = 64U << 10;

/// Moves what fits from `ready`, starting at `at`, and advances `at`.
std::size_t take(std::string_view ready, std::size_t& at, std::span<char> target) {
  const std::size_t count = std::min(target.size(), ready.size() - at);
  std::copy_n(ready.data() + at, count, target.data());
  at += count;
  return count;
}

}  // namespace

FileSource::~FileSource() { ::close(descriptor_); }

std::size_t FileSource::read(std::span<char> target) {
  while (true) {
    const ssize_t count = ::read(descriptor_, target.data(), target.size());
    if (count >= 0) return static_cast<std::size_t>(count);
    if (errno != EINTR) {
      throw BadInput("cannot be read: " + std::generic_category().message(errno),
                     "check the disk and try again");
    }
  }
}

std::size_t StreamSource::read(std::span<char> target) {
  if (!stream_) return 0;
  stream_.read(target.data(), static_cast<std::streamsize>(target.size()));
  if (stream_.bad()) throw BadInput("the stream cannot be read any further");
  return static_cast<std::size_t>(stream_.gcount());
}

PeekedSource::PeekedSource(ByteSource& inner, std::size_t count) : inner_(inner) {
  head_.resize(count);
  std::size_t filled = 0;
  while (filled < count) {
    const std::size_t got = inner_.read(std::span(head_).subspan(filled));
    if (got == 0) break;
    filled += got;
  }
  head_.resize(filled);
}

std::size_t PeekedSource::read(std::span<char> target) {
  if (at_ < head_.size()) return take(head_, at_, target);
  return inner_.read(target);
}

std::size_t CountingSource::read(std::span<char> target) {
  const std::size_t count = inner_.read(target);
  total_ += count;
  return count;
}

std::size_t TranscodedSource::read(std::span<char> target) {
  while (at_ == ready_.size() && !ended_) {
    std::string chunk(kChunkBytes, '\0');
    const std::size_t count = inner_.read(chunk);
    ended_ = count == 0;
    ready_ = decoder_.decode(std::string_view(chunk).substr(0, count), ended_);
    at_ = 0;
  }
  return take(ready_, at_, target);
}

std::string read_whole(ByteSource& source, std::uint64_t max_bytes) {
  std::string whole;
  std::size_t filled = 0;
  while (true) {
    if (filled == whole.size()) whole.resize(filled + std::max(kChunkBytes, filled / 2));
    const std::size_t count = source.read(std::span(whole).subspan(filled));
    filled += count;
    if (filled > max_bytes) {
      throw BadInput("is longer than an article may be (" + std::to_string(max_bytes) + " bytes)",
                     "split it, or raise the limit for one article");
    }
    if (count == 0) break;
  }
  whole.resize(filled);
  return whole;
}

}  // namespace stemma::articles
