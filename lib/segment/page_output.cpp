// CRCs are taken of the bytes as they are handed in, before they pass through any buffer, so that
// reading the file back proves the whole way.
#include "segment/page_output.h"

#include <algorithm>

#include "kernels/crc32c.h"

namespace stemma::segment {
namespace {

constexpr std::size_t kSpoolMemory = std::size_t{1} << 20U;

}  // namespace

void PageOutput::append(std::string_view bytes) {
  while (!bytes.empty()) {
    const std::size_t room = kPageBytes - static_cast<std::size_t>(file_.size() % kPageBytes);
    const std::string_view part = bytes.substr(0, room);
    crc_ = kernels::crc32c(as_bytes(part), crc_);
    file_.append(part);
    bytes.remove_prefix(part.size());
    if (part.size() == room) {
      table_.push_back(crc_);
      crc_ = 0;
    }
  }
}

void PageOutput::align() {
  append(std::string((kAlignment - file_.size() % kAlignment) % kAlignment, '\0'));
}

void PageOutput::finish(std::uint64_t footer_offset) {
  const std::uint64_t table_offset = file_.size();
  if (table_offset % kPageBytes != 0) table_.push_back(crc_);
  ByteWriter tail;
  for (const std::uint32_t crc : table_) tail.u32(crc);
  tail.u64(footer_offset);
  tail.u64(table_offset);
  tail.u32(kFormatVersion);
  tail.u32(kernels::crc32c(as_bytes(tail.view())));
  tail.bytes(as_text(kTailMagic));
  file_.append(tail.view());
}

void Spool::append(std::string_view bytes) {
  waiting_.append(bytes);
  if (waiting_.size() < kSpoolMemory) return;
  if (!file_) file_.emplace(path_);
  file_->append(std::string_view(waiting_));
  spilled_bytes_ += waiting_.size();
  waiting_.clear();
}

void Spool::drain_to(PageOutput& out) {
  if (file_) {
    file_->flush();
    const MappedFile spilled(file_->temporary_path());
    for (Bytes rest = spilled.bytes(); !rest.empty();) {
      const Bytes part = rest.first(std::min(rest.size(), kSpoolMemory));
      out.append(as_text(part));
      rest = rest.subspan(part.size());
    }
    file_.reset();
  }
  out.append(waiting_);
  waiting_ = std::string();
  spilled_bytes_ = 0;
}

}  // namespace stemma::segment
