// Memory for tables that are read all over. In large pages one entry of the processor's address
// cache covers 2 MiB instead of 4 KiB, so that a look-up waits for memory once and not twice.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>

namespace stemma {

enum class Pages : std::uint8_t {
  usual,  ///< memory is taken as it is touched, 4 KiB at a time
  large,  ///< 2 MiB at a time, where the system has them
};

/// A block of zeros, aligned for large pages. Empty when default-constructed or moved from.
class LargeBlock {
 public:
  static constexpr std::size_t kLargePage = std::size_t{2} << 20U;

  LargeBlock() = default;
  /// Throws std::bad_alloc.
  LargeBlock(std::size_t bytes, Pages pages);
  ~LargeBlock();
  LargeBlock(LargeBlock&& other) noexcept
      : data_(std::exchange(other.data_, nullptr)), bytes_(std::exchange(other.bytes_, 0)) {}
  LargeBlock& operator=(LargeBlock&& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(bytes_, other.bytes_);
    return *this;
  }
  LargeBlock(const LargeBlock&) = delete;
  LargeBlock& operator=(const LargeBlock&) = delete;

  /// The block as an array of T.
  template <class T>
  [[nodiscard]] T* as() const {
    return static_cast<T*>(data_);
  }
  [[nodiscard]] std::size_t size() const { return bytes_; }

 private:
  void* data_ = nullptr;
  std::size_t bytes_ = 0;
};

}  // namespace stemma
