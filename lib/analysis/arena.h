// Memory for the many small texts of one article: handed out by moving a pointer, given back at
// once.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

namespace stemma::analysis {

class Arena {
 public:
  explicit Arena(std::size_t first_block_bytes) { add_block(first_block_bytes); }

  /// Uninitialised; lives as long as the blocks.
  [[nodiscard]] char* allocate(std::size_t bytes) {
    if (static_cast<std::size_t>(end_ - next_) < bytes) add_block(std::max(bytes, kBlockBytes));
    return std::exchange(next_, next_ + bytes);
  }
  [[nodiscard]] std::string_view copy(std::string_view text) {
    if (text.empty()) return {};
    char* place = allocate(text.size());
    std::memcpy(place, text.data(), text.size());
    return {place, text.size()};
  }
  /// A copy that may be read in steps of eight bytes: it is followed by zeros up to the next
  /// eighth.
  [[nodiscard]] std::string_view copy_padded(std::string_view text) {
    char* place = allocate_padded(text.size());
    if (!text.empty()) std::memcpy(place, text.data(), text.size());
    return {place, text.size()};
  }
  [[nodiscard]] char* allocate_padded(std::size_t bytes) {
    const std::size_t padded = padded_size(bytes);
    char* place = allocate(padded);
    if (padded > 0) std::memset(place + padded - 8, 0, 8);
    return place;
  }
  [[nodiscard]] static constexpr std::size_t padded_size(std::size_t bytes) {
    return (bytes + 7) & ~std::size_t{7};
  }
  /// Everything handed out is given back; memory is kept for the next article, unless it is much.
  void reset(std::size_t first_block_bytes) {
    constexpr std::size_t kMostKept = std::size_t{1} << 18U;
    const auto capacity = static_cast<std::size_t>(end_ - blocks_.back().get());
    if (blocks_.size() == 1 && capacity >= first_block_bytes && capacity <= kMostKept) {
      next_ = blocks_.back().get();
      return;
    }
    blocks_.clear();
    add_block(first_block_bytes);
  }
  [[nodiscard]] std::vector<std::unique_ptr<char[]>> take_blocks() {
    next_ = end_ = nullptr;
    return std::move(blocks_);
  }

 private:
  static constexpr std::size_t kBlockBytes = 16384;

  void add_block(std::size_t bytes) {
    blocks_.push_back(std::make_unique_for_overwrite<char[]>(bytes));
    next_ = blocks_.back().get();
    end_ = next_ + bytes;
  }

  std::vector<std::unique_ptr<char[]>> blocks_;
  char* next_ = nullptr;
  char* end_ = nullptr;
};

}  // namespace stemma::analysis
