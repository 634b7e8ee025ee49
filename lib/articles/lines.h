// Lines of a stream that may be larger than memory: only one line is held at a time, and one that
// is longer than allowed is read past without being held.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "articles/byte_source.h"

namespace stemma::articles {

/// The bytes after a line that may be read (not written): what simdjson wants.
inline constexpr std::size_t kLinePadding = 64;

class LineReader {
 public:
  struct Line {
    std::string_view text;     ///< without its newline; valid until the next call
    std::uint64_t number = 0;  ///< from 1
    bool too_long = false;     ///< then `text` is empty
  };

  /// `source` must outlive this.
  LineReader(ByteSource& source, std::uint64_t max_line_bytes);

  /// nullopt at the end. Throws BadInput; the lines before were good.
  [[nodiscard]] std::optional<Line> next();
  /// The present line and all that is held after it.
  [[nodiscard]] std::string_view held() const { return {buffer_.data() + line_, end_ - line_}; }

 private:
  bool fill();

  ByteSource& source_;
  std::uint64_t max_line_bytes_;
  std::vector<char> buffer_;  ///< kLinePadding bytes longer than what it may hold
  std::size_t line_ = 0;      ///< start of the line returned last
  std::size_t begin_ = 0;     ///< start of what was not returned yet
  std::size_t end_ = 0;
  std::uint64_t number_ = 0;
  bool ended_ = false;
};

}  // namespace stemma::articles
