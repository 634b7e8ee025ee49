// Compression is deterministic for one version of zstd; a block that would not shrink is kept as it
// is.
#include "segment/articles.h"

#include <zstd.h>

#include <algorithm>
#include <memory>

#include "stemma/error.h"

namespace stemma::segment {
namespace {

constexpr std::size_t kSampleFrom = std::size_t{1} << 20U;
constexpr std::uint8_t kAsItIs = 0;
constexpr std::uint8_t kZstd = 1;
// zstd's densest block says 128 KiB in four bytes; a header that claims more is not believed.
constexpr std::uint64_t kMostShrinking = std::uint64_t{1} << 16U;
constexpr std::size_t kMaxDictionaries = 255;
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

class Compressor {
 public:
  explicit Compressor(int level) : level_(level), context_(ZSTD_createCCtx()) {
    if (context_ == nullptr) throw std::bad_alloc();
  }
  ~Compressor() {
    ZSTD_freeCDict(dictionary_);
    ZSTD_freeCCtx(context_);
  }
  Compressor(const Compressor&) = delete;
  Compressor& operator=(const Compressor&) = delete;

  void use_dictionary(std::string_view bytes) {
    dictionary_ = ZSTD_createCDict(bytes.data(), bytes.size(), level_);
    if (dictionary_ == nullptr) throw std::bad_alloc();
  }
  [[nodiscard]] bool has_dictionary() const { return dictionary_ != nullptr; }
  /// Empty if that would not be shorter.
  [[nodiscard]] std::string_view compress(std::string_view content) {
    buffer_.resize(ZSTD_compressBound(content.size()));
    const std::size_t size =
        dictionary_ != nullptr
            ? ZSTD_compress_usingCDict(context_, buffer_.data(), buffer_.size(), content.data(),
                                       content.size(), dictionary_)
            : ZSTD_compressCCtx(context_, buffer_.data(), buffer_.size(), content.data(),
                                content.size(), level_);
    if (ZSTD_isError(size) != 0) throw std::bad_alloc();  // the buffer is large enough
    return size < content.size() ? std::string_view(buffer_).substr(0, size) : std::string_view();
  }

 private:
  int level_;
  ZSTD_CCtx* context_;
  ZSTD_CDict* dictionary_ = nullptr;
  std::string buffer_;
};

ArticlesWriter::ArticlesWriter(PageOutput& out, int level)
    : out_(out), section_begin_(out.size()), compressor_(std::make_unique<Compressor>(level)) {}

ArticlesWriter::~ArticlesWriter() = default;

void ArticlesWriter::add(Bytes article) {
  if (article.size() > kMaxArticleBytes) {
    throw Error(Error::Kind::limit, "an article has " + std::to_string(article.size()) +
                                        " bytes; a segment holds at most " +
                                        std::to_string(kMaxArticleBytes));
  }
  if (!waiting_) {
    add_to_block(as_text(article));
    return;
  }
  pending_.append(as_text(article));
  pending_ends_.push_back(pending_.size());
  if (pending_.size() < kSampleFrom) return;
  choose_dictionary();
}

/// Articles from all over the waiting text, so that what comes later finds its like in them.
void ArticlesWriter::choose_dictionary() {
  waiting_ = false;
  if (pending_.size() >= kSampleFrom) {
    // The zero byte keeps zstd from taking the text for a dictionary of its own format.
    std::string dictionary(1, '\0');
    const std::size_t samples = 16;
    const std::size_t piece = kArticleDictionaryBytes / samples;
    for (std::size_t i = 0; i < samples; ++i) {
      dictionary.append(pending_, i * (pending_.size() / samples), piece);
    }
    compressor_->use_dictionary(dictionary);
    dictionary_begin_ = out_.size() - section_begin_;
    dictionary_bytes_ = dictionary.size();
    out_.append(dictionary);
  }
  std::size_t begin = 0;
  for (const std::size_t end : pending_ends_) {
    add_to_block(std::string_view(pending_).substr(begin, end - begin));
    begin = end;
  }
  pending_ = std::string();
  pending_ends_ = {};
}

void ArticlesWriter::add_to_block(std::string_view article) {
  if (block_sizes_.size() == 0) first_.push_back(articles_);
  ++articles_;
  block_sizes_.varint(article.size());
  block_.append(article);
  if (block_.size() >= kArticleBlockBytes) flush_block();
}

void ArticlesWriter::flush_block() {
  if (block_sizes_.size() == 0) return;
  const std::string content = block_sizes_.take() + block_;
  const std::string_view compressed = compressor_->compress(content);
  begins_.push_back(out_.size() - section_begin_);
  dictionaries_.push_back(compressor_->has_dictionary() ? 1 : 0);
  ByteWriter head;
  head.u8(compressed.empty() ? kAsItIs : kZstd);
  head.varint(content.size());
  out_.append(head.view());
  out_.append(compressed.empty() ? std::string_view(content) : compressed);
  block_.clear();
  block_sizes_.clear();
}

void ArticlesWriter::finish(ByteWriter& footer) {
  if (waiting_) choose_dictionary();
  flush_block();
  const std::uint64_t blocks_bytes = out_.size() - section_begin_;
  ByteWriter arrays;
  const auto describe = [&](const auto& values) {
    ByteWriter own;
    ByteWriter description;
    write_packed(values, own, description);
    ByteReader reader(as_bytes(description.view()));
    footer.varint(blocks_bytes + arrays.size() + reader.varint());
    footer.bytes(as_text(reader.bytes(reader.left())));
    arrays.bytes(own.view());
  };
  footer.varint(blocks_bytes);
  describe(first_);
  describe(begins_);
  describe(dictionaries_);
  footer.varint(compressor_->has_dictionary() ? 1 : 0);
  if (compressor_->has_dictionary()) {
    footer.varint(dictionary_begin_);
    footer.varint(dictionary_bytes_);
  }
  out_.append(arrays.view());
}

Articles::Articles(const Section& section, std::uint32_t documents, ByteReader& footer)
    : section_(&section), documents_(documents), blocks_bytes_(footer.varint()) {
  first_ = PackedArray(section, footer);
  begins_ = PackedArray(section, footer);
  dictionary_of_ = PackedArray(section, footer);
  const std::uint64_t count = footer.varint();
  if (blocks_bytes_ > section.size() || count > kMaxDictionaries ||
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

std::string Articles::content(std::uint64_t block) const {
  // A dictionary may stand between two blocks; what follows a frame is not looked at.
  const std::uint64_t begin = begins_[block];
  const std::uint64_t end = block + 1 < begins_.size() ? begins_[block + 1] : blocks_bytes_;
  if (begin > end || end > blocks_bytes_) corrupt("the index of its articles");
  ByteReader reader(section_->read(begin, end - begin), "a block of articles");
  const std::uint8_t form = reader.u8();
  const std::uint64_t size = reader.varint();
  if (form == kAsItIs) return std::string(as_text(reader.bytes(size)));
  if (form != kZstd || size / kMostShrinking > reader.left() || size > kMaxBlockBytes) {
    corrupt("a block of articles");
  }
  const std::uint64_t dictionary = dictionary_of_[block];
  if (dictionary > dictionaries_.size()) corrupt("a block of articles");
  Bytes base;
  if (dictionary > 0) {
    const Extent& extent = dictionaries_[static_cast<std::size_t>(dictionary - 1)];
    base = section_->read(extent.offset, extent.size);
  }
  const Bytes frame = reader.bytes(reader.left());
  const std::size_t frame_bytes = ZSTD_findFrameCompressedSize(frame.data(), frame.size());
  if (ZSTD_isError(frame_bytes) != 0) corrupt("a block of articles");
  std::string content(static_cast<std::size_t>(size), '\0');
  const std::size_t got =
      ZSTD_decompress_usingDict(decompressor(), content.data(), content.size(), frame.data(),
                                frame_bytes, base.data(), base.size());
  if (ZSTD_isError(got) != 0 || got != content.size()) corrupt("a block of articles");
  return content;
}

std::string Articles::article(std::uint32_t number) const {
  if (number >= documents_) corrupt("an article beyond the segment");
  const std::uint64_t block = first_.lower_bound(std::uint64_t{number} + 1, 0, first_.size());
  if (block == 0) corrupt("the index of its articles");
  const std::uint64_t first = first_[block - 1];
  const std::uint64_t behind = block < first_.size() ? first_[block] : documents_;
  if (first > number || behind <= number || behind > documents_) {
    corrupt("the index of its articles");
  }
  std::string all = content(block - 1);
  ByteReader reader(as_bytes(all), "a block of articles");
  std::uint64_t before = 0;
  std::uint64_t size = 0;
  for (std::uint64_t i = first; i < behind; ++i) {
    const std::uint32_t bytes = reader.varint32();
    if (i < number) before += bytes;
    if (i == number) size = bytes;
  }
  (void)reader.bytes(before);
  return std::string(as_text(reader.bytes(size)));
}

void Articles::verify_block(std::uint64_t block) const {
  const std::uint64_t first = first_[block];
  const std::uint64_t behind = block + 1 < first_.size() ? first_[block + 1] : documents_;
  if (first >= behind || behind > documents_ || (block == 0 && first != 0)) {
    corrupt("the index of its articles");
  }
  const std::string all = content(block);
  ByteReader reader(as_bytes(all), "a block of articles");
  std::uint64_t sum = 0;
  for (std::uint64_t i = first; i < behind; ++i) sum += reader.varint32();
  if (sum != reader.left()) corrupt("a block of articles");
}

}  // namespace stemma::segment
