// A new file that keeps the CRC of each of its pages, and spools for what must follow later.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/files.h"
#include "segment/format.h"

namespace stemma::segment {

class PageOutput {
 public:
  explicit PageOutput(const std::filesystem::path& path) : file_(path) {}

  void append(std::string_view bytes);
  /// Zero bytes up to the next multiple of kAlignment.
  void align();
  [[nodiscard]] std::uint64_t size() const { return file_.size(); }
  /// The page table and the trailer, after a footer that began at `footer_offset`.
  void finish(std::uint64_t footer_offset);
  [[nodiscard]] NewFile& file() { return file_; }

 private:
  NewFile file_;
  std::uint32_t crc_ = 0;  // of the page that is being filled
  std::vector<std::uint32_t> table_;
};

/// Bytes that wait for their turn: in memory while they are few, else in a file that is never
/// published.
class Spool {
 public:
  explicit Spool(std::filesystem::path path) : path_(std::move(path)) {}
  void append(std::string_view bytes);
  [[nodiscard]] std::uint64_t size() const { return spilled_bytes_ + waiting_.size(); }
  /// Moves everything to `out`.
  void drain_to(PageOutput& out);

 private:
  std::filesystem::path path_;
  std::optional<NewFile> file_;
  std::uint64_t spilled_bytes_ = 0;
  std::string waiting_;
};

}  // namespace stemma::segment
