// The trailer is read first: it says where footer and CRC table lie, and its own CRC covers the
// table and itself. Everything before the table is covered by the table.
#include "segment/paged_file.h"

#include <algorithm>

#include "kernels/crc32c.h"
#include "stemma/error.h"

namespace stemma::segment {

void corrupt(const char* what) {
  throw Error(Error::Kind::corrupt, std::string("a segment is damaged: ") + what,
              "run 'stemma rebuild' to compile the segments again from the store");
}

PagedFile::PagedFile(const std::filesystem::path& path) : file_(path), name_(path.string()) {
  bytes_ = file_->bytes();
  open();
}

PagedFile::PagedFile(Bytes bytes, std::string name) : bytes_(bytes), name_(std::move(name)) {
  open();
}

void PagedFile::open() {
  const auto damaged = [&](const std::string& what) {
    return Error(Error::Kind::corrupt, "'" + name_ + "' is damaged: " + what,
                 "run 'stemma rebuild' to compile the segments again from the store");
  };
  if (bytes_.size() < kHeadBytes + kTrailerBytes) {
    throw damaged("it has " + std::to_string(bytes_.size()) + " bytes, too few for a segment");
  }
  if (!std::equal(kHeadMagic.begin(), kHeadMagic.end(), bytes_.begin())) {
    throw damaged("it does not begin as a segment does");
  }
  ByteReader head(bytes_.subspan(kHeadMagic.size(), 4));
  const std::uint32_t version = head.u32();
  if (version != kFormatVersion) {
    throw Error(Error::Kind::wrong_version,
                "'" + name_ + "' has segment format " + std::to_string(version) +
                    "; this build reads format " + std::to_string(kFormatVersion),
                version < kFormatVersion ? "run 'stemma rebuild' to compile the index again"
                                         : "use the newer stemma that wrote it, or run 'stemma "
                                           "rebuild' to compile the index again");
  }
  const Bytes trailer = bytes_.last(kTrailerBytes);
  ByteReader reader(trailer, "trailer");
  footer_.offset = reader.u64();
  const std::uint64_t table = reader.u64();
  const std::uint32_t again = reader.u32();
  const std::uint32_t crc = reader.u32();
  if (!std::equal(kTailMagic.begin(), kTailMagic.end(), trailer.end() - kTailMagic.size())) {
    throw damaged("it does not end as a segment does; it may have been cut short");
  }
  const std::uint64_t before = bytes_.size() - kTrailerBytes;
  if (table > before || footer_.offset > table || table < kHeadBytes || again != version ||
      (before - table) != (table + kPageBytes - 1) / kPageBytes * 4) {
    throw damaged("its trailer contradicts its size");
  }
  table_ = bytes_.subspan(table, before - table);
  if (kernels::crc32c(trailer.first(20), kernels::crc32c(table_)) != crc) {
    throw damaged("the checksum of its page table is wrong");
  }
  paged_bytes_ = table;
  footer_.size = table - footer_.offset;
  // One page more than there are, so that touch() may look at the mark behind the last.
  marks_ = std::make_unique<std::atomic<std::uint64_t>[]>(paged_bytes_ / kPageBytes / 64 + 2);
  touch(0, kHeadBytes);
}

void PagedFile::touch_slowly(std::uint64_t offset, std::uint64_t size) const {
  if (offset > paged_bytes_ || size > paged_bytes_ - offset) corrupt("an extent leaves the file");
  if (size == 0) return;
  const std::uint64_t last = (offset + size - 1) / kPageBytes;
  for (std::uint64_t page = offset / kPageBytes; page <= last; ++page) {
    if (is_verified(page)) continue;
    const std::uint64_t begin = page * kPageBytes;
    const Bytes bytes =
        bytes_.subspan(begin, std::min<std::uint64_t>(kPageBytes, paged_bytes_ - begin));
    const std::uint32_t expected = ByteReader(table_.subspan(page * 4, 4)).u32();
    if (kernels::crc32c(bytes) != expected) {
      throw Error(Error::Kind::corrupt,
                  "'" + name_ + "' is damaged: page " + std::to_string(page) + " (bytes " +
                      std::to_string(begin) + " to " + std::to_string(begin + bytes.size() - 1) +
                      ") fails its checksum",
                  "run 'stemma rebuild' to compile the segments again from the store");
    }
    marks_[page / 64].fetch_or(std::uint64_t{1} << (page % 64), std::memory_order_relaxed);
  }
}

}  // namespace stemma::segment
