// A mapped file whose 64 KiB pages are verified on first touch.
//
// Marks are set without ordering: the bytes never change, so two threads that verify the same page
// at the same time come to the same end. Nothing may be read that was not touched before; reading
// up to kReadPadding bytes further is allowed where they are masked away.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "base/bytes.h"
#include "base/files.h"
#include "segment/format.h"

namespace stemma::segment {

class PagedFile {
 public:
  /// Maps the file and checks trailer and page table.
  explicit PagedFile(const std::filesystem::path& path);
  /// Over bytes in memory, which must outlive it.
  PagedFile(Bytes bytes, std::string name);

  /// Verifies the pages of [offset, offset + size). Throws Error{corrupt} at a damaged page or an
  /// extent outside the pages.
  void touch(std::uint64_t offset, std::uint64_t size) const {
    const std::uint64_t page = offset / kPageBytes;
    if (size <= kPageBytes && offset < paged_bytes_ && offset + size <= paged_bytes_ &&
        is_verified(page) && (offset % kPageBytes + size <= kPageBytes || is_verified(page + 1))) {
      return;
    }
    touch_slowly(offset, size);
  }
  /// The bytes of an extent, verified.
  [[nodiscard]] Bytes read(std::uint64_t offset, std::uint64_t size) const {
    touch(offset, size);
    return {bytes_.data() + offset, static_cast<std::size_t>(size)};
  }
  /// Asks for memory, without verifying it and without waiting for it.
  void prefetch(std::uint64_t offset) const { __builtin_prefetch(bytes_.data() + offset); }
  [[nodiscard]] const Extent& footer() const { return footer_; }
  [[nodiscard]] std::uint64_t size() const { return bytes_.size(); }
  /// Bytes before the CRC table.
  [[nodiscard]] std::uint64_t paged_bytes() const { return paged_bytes_; }
  [[nodiscard]] const std::string& name() const { return name_; }
  void verify_all() const { touch(0, paged_bytes_); }

 private:
  void open();
  void touch_slowly(std::uint64_t offset, std::uint64_t size) const;
  [[nodiscard]] bool is_verified(std::uint64_t page) const {
    return ((marks_[page / 64].load(std::memory_order_relaxed) >> (page % 64)) & 1U) != 0;
  }

  std::optional<MappedFile> file_;
  Bytes bytes_;
  std::string name_;
  std::uint64_t paged_bytes_ = 0;
  Extent footer_;
  Bytes table_;
  std::unique_ptr<std::atomic<std::uint64_t>[]> marks_;
};

/// One section: positions are relative to it and checked against it.
class Section {
 public:
  Section() = default;
  Section(const PagedFile& file, const Extent& extent) : file_(&file), extent_(extent) {}

  [[nodiscard]] Bytes read(std::uint64_t position, std::uint64_t size) const {
    if (position > extent_.size || size > extent_.size - position) corrupt("an extent");
    return file_->read(extent_.offset + position, size);
  }
  /// As read(), for an extent that was found to lie inside before.
  [[nodiscard]] const std::uint8_t* inside(std::uint64_t position, std::uint64_t size) const {
    return file_->read(extent_.offset + position, size).data();
  }
  /// `position` must be inside.
  void prefetch(std::uint64_t position) const { file_->prefetch(extent_.offset + position); }
  [[nodiscard]] std::uint64_t size() const { return extent_.size; }

 private:
  const PagedFile* file_ = nullptr;
  Extent extent_;
};

}  // namespace stemma::segment
