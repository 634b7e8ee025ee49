// Where bytes come from, one chunk at a time: a file, a stream, a decompressor, a transcoder. Each
// wraps the one before, so no reader ever holds more of a file than it needs.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <memory>
#include <span>
#include <string>

#include "stemma/error.h"
#include "text/encoding.h"

namespace stemma::articles {

/// Input that cannot be read; becomes a ReadFailure. Nothing but the readers throws it, so what a
/// sink throws is never mistaken for it.
class BadInput : public Error {
 public:
  explicit BadInput(const std::string& message, std::string hint = {})
      : Error(Error::Kind::io, message, std::move(hint)) {}
};

class ByteSource {
 public:
  ByteSource() = default;
  virtual ~ByteSource() = default;
  ByteSource(const ByteSource&) = delete;
  ByteSource& operator=(const ByteSource&) = delete;

  /// Fills `target` from the front and returns how many bytes that were; 0 only at the end (for a
  /// target that is not empty). Throws BadInput.
  [[nodiscard]] virtual std::size_t read(std::span<char> target) = 0;
};

/// An open file; closes it.
class FileSource : public ByteSource {
 public:
  explicit FileSource(int descriptor) : descriptor_(descriptor) {}
  ~FileSource() override;
  std::size_t read(std::span<char> target) override;

 private:
  int descriptor_;
};

/// A stream that belongs to someone else.
class StreamSource : public ByteSource {
 public:
  explicit StreamSource(std::istream& stream) : stream_(stream) {}
  std::size_t read(std::span<char> target) override;

 private:
  std::istream& stream_;
};

/// Lets the first bytes be looked at before they are read.
class PeekedSource : public ByteSource {
 public:
  /// Looks at up to `count` bytes. `inner` must outlive this.
  PeekedSource(ByteSource& inner, std::size_t count);
  [[nodiscard]] std::string_view head() const { return head_; }
  /// The next read starts `count` bytes further on; at most head().size().
  void skip(std::size_t count) { at_ = count; }
  std::size_t read(std::span<char> target) override;

 private:
  ByteSource& inner_;
  std::string head_;
  std::size_t at_ = 0;
};

/// Adds what passes through it to a total.
class CountingSource : public ByteSource {
 public:
  /// Both must outlive this.
  CountingSource(ByteSource& inner, std::uint64_t& total) : inner_(inner), total_(total) {}
  std::size_t read(std::span<char> target) override;

 private:
  ByteSource& inner_;
  std::uint64_t& total_;
};

/// Another encoding as UTF-8.
class TranscodedSource : public ByteSource {
 public:
  /// `inner` must outlive this.
  TranscodedSource(ByteSource& inner, std::string_view encoding)
      : inner_(inner), decoder_(encoding) {}
  std::size_t read(std::span<char> target) override;
  [[nodiscard]] std::uint64_t replaced_bytes() const { return decoder_.replaced_bytes(); }

 private:
  ByteSource& inner_;
  text::StreamDecoder decoder_;
  std::string ready_;
  std::size_t at_ = 0;
  bool ended_ = false;
};

/// Everything that is left in `source`. Throws BadInput beyond `max_bytes`.
[[nodiscard]] std::string read_whole(ByteSource& source, std::uint64_t max_bytes);

}  // namespace stemma::articles
