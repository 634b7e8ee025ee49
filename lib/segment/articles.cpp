// Reading the articles of a segment.
#include "segment/articles.h"

#include <zstd.h>

#include <memory>

#include "stemma/error.h"

namespace stemma::segment {
namespace {

// zstd's densest block says 128 KiB in four bytes; a header that claims more is not believed.
constexpr std::uint64_t kMostShrinking = std::uint64_t{1} << 16U;
constexpr std::uint64_t kMaxBlockBytes = kMaxArticleBytes + kArticleBlockBytes + kPageBytes;

struct FreeDecompressor {
  void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

/// Making one costs more than a small frame, so each thread keeps its own.
ZSTD_DCtx* decompressor() {
  thread_local std::unique_ptr<ZSTD_DCtx, FreeDecompressor> context(ZSTD_createDCtx());
  if (context == nullptr) throw std::bad_alloc();
  return context.get();
}

}  // namespace

Articles::Articles(const Section& section, std::uint32_t documents, ByteReader& footer)
    : section_(&section), documents_(documents), blocks_bytes_(footer.varint()) {
  first_ = PackedArray(section, footer);
  begins_ = PackedArray(section, footer);
  dictionary_of_ = PackedArray(section, footer);
  const std::uint64_t count = footer.varint();
  if (blocks_bytes_ > section.size() || count > kMaxArticleDictionaries ||
      begins_.size() != first_.size() || dictionary_of_.size() != first_.size() ||
      (documents > 0) != (first_.size() > 0)) {
    corrupt("the index of its articles");
  }
  for (std::uint64_t i = 0; i < count; ++i) {
    Extent extent;
    extent.offset = footer.varint();
    extent.size = footer.varint();
    if (extent.offset > blocks_bytes_ || extent.size > blocks_bytes_ - extent.offset) {
      corrupt("the index of its articles");
    }
    dictionaries_.push_back(extent);
  }
}

Articles::Block Articles::block(std::uint64_t number) const {
  Block block;
  const std::uint64_t first = first_[number];
  const std::uint64_t behind = number + 1 < first_.size() ? first_[number + 1] : documents_;
  // A dictionary may stand between two blocks; what follows a frame is not looked at.
  const std::uint64_t begin = begins_[number];
  const std::uint64_t end = number + 1 < begins_.size() ? begins_[number + 1] : blocks_bytes_;
  if (first >= behind || behind > documents_ || begin > end || end > blocks_bytes_) {
    corrupt("the index of its articles");
  }
  block.first = static_cast<std::uint32_t>(first);
  block.behind = static_cast<std::uint32_t>(behind);
  ByteReader reader(section_->read(begin, end - begin), "a block of articles");
  block.form = static_cast<ArticleForm>(reader.u8());
  block.content_bytes = reader.varint();
  if (block.form == ArticleForm::as_it_is) {
    block.stored = reader.bytes(block.content_bytes);
    return block;
  }
  if (block.form != ArticleForm::zstd || block.content_bytes / kMostShrinking > reader.left() ||
      block.content_bytes > kMaxBlockBytes) {
    corrupt("a block of articles");
  }
  const Bytes frame = reader.bytes(reader.left());
  const std::size_t frame_bytes = ZSTD_findFrameCompressedSize(frame.data(), frame.size());
  if (ZSTD_isError(frame_bytes) != 0) corrupt("a block of articles");
  block.stored = frame.first(frame_bytes);
  const std::uint64_t dictionary = dictionary_of_[number];
  if (dictionary > dictionaries_.size()) corrupt("a block of articles");
  block.dictionary = static_cast<std::uint32_t>(dictionary);
  return block;
}

Bytes Articles::dictionary(std::uint32_t number) const {
  const Extent& extent = dictionaries_[number - 1];
  return section_->read(extent.offset, extent.size);
}

std::string Articles::content(const Block& block) const {
  if (block.form == ArticleForm::as_it_is) return std::string(as_text(block.stored));
  const Bytes base = block.dictionary > 0 ? dictionary(block.dictionary) : Bytes();
  std::string content(static_cast<std::size_t>(block.content_bytes), '\0');
  const std::size_t got =
      ZSTD_decompress_usingDict(decompressor(), content.data(), content.size(), block.stored.data(),
                                block.stored.size(), base.data(), base.size());
  if (ZSTD_isError(got) != 0 || got != content.size()) corrupt("a block of articles");
  return content;
}

std::vector<std::string_view> Articles::split(const Block& block, std::string_view content) {
  ByteReader reader(as_bytes(content), "a block of articles");
  std::vector<std::size_t> sizes;
  std::uint64_t sum = 0;
  for (std::uint32_t i = block.first; i < block.behind; ++i) {
    sizes.push_back(reader.varint32());
    sum += sizes.back();
  }
  if (sum != reader.left()) corrupt("a block of articles");
  std::vector<std::string_view> articles;
  articles.reserve(sizes.size());
  for (const std::size_t size : sizes) articles.push_back(as_text(reader.bytes(size)));
  return articles;
}

std::uint64_t Articles::block_of(std::uint32_t number) const {
  if (number >= documents_) corrupt("an article beyond the segment");
  const std::uint64_t behind = first_.lower_bound(std::uint64_t{number} + 1, 0, first_.size());
  if (behind == 0) corrupt("the index of its articles");
  return behind - 1;
}

std::string Articles::article(std::uint32_t number) const {
  const Block found = block(block_of(number));
  if (number >= found.behind) corrupt("the index of its articles");
  const std::string all = content(found);
  return std::string(split(found, all)[number - found.first]);
}

void Articles::verify_block(std::uint64_t number) const {
  const Block checked = block(number);
  if (number == 0 && checked.first != 0) corrupt("the index of its articles");
  const std::string all = content(checked);
  (void)split(checked, all);
}

}  // namespace stemma::segment
