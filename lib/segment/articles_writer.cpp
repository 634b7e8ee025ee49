// Writing the articles of a segment. Compression is deterministic for one version of zstd; a block
// that would not shrink is kept as it is.
#include "segment/articles_writer.h"

#include <zstd.h>

#include <algorithm>
#include <map>

#include "stemma/error.h"

namespace stemma::segment {
namespace {

constexpr std::size_t kSampleFrom = std::size_t{1} << 20U;
/// Blocks are copied with their dictionary if they are so many times its size.
constexpr std::uint64_t kWorthADictionary = 16;

/// How much of the full blocks goes with each dictionary, by its number.
std::vector<std::uint64_t> bytes_by_dictionary(const Articles& source) {
  std::vector<std::uint64_t> bytes(source.dictionary_count() + 1);
  for (std::uint64_t i = 0; i < source.block_count(); ++i) {
    const Articles::Block block = source.block(i);
    if (block.content_bytes >= kArticleBlockBytes) bytes[block.dictionary] += block.stored.size();
  }
  return bytes;
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
  if (pending_.size() < kSampleFrom) {
    end_waiting({});
    return;
  }
  // The zero byte keeps zstd from taking the text for a dictionary of its own format.
  std::string dictionary(1, '\0');
  const std::size_t samples = 16;
  const std::size_t piece = kArticleDictionaryBytes / samples;
  for (std::size_t i = 0; i < samples; ++i) {
    dictionary.append(pending_, i * (pending_.size() / samples), piece);
  }
  end_waiting(dictionary);
}

void ArticlesWriter::end_waiting(std::string_view dictionary) {
  waiting_ = false;
  if (!dictionary.empty()) {
    compressor_->use_dictionary(dictionary);
    own_dictionary_ = write_dictionary(dictionary);
  }
  std::size_t begin = 0;
  for (const std::size_t end : pending_ends_) {
    add_to_block(std::string_view(pending_).substr(begin, end - begin));
    begin = end;
  }
  pending_ = std::string();
  pending_ends_ = {};
}

std::uint8_t ArticlesWriter::write_dictionary(std::string_view dictionary) {
  dictionaries_.push_back({out_.size() - section_begin_, dictionary.size()});
  out_.append(dictionary);
  return static_cast<std::uint8_t>(dictionaries_.size());
}

void ArticlesWriter::copy(const Articles& source) {
  const std::vector<std::uint64_t> bytes = bytes_by_dictionary(source);
  std::vector<std::uint8_t> numbers(bytes.size(), 0);  // here, by the source's; 0: not copied
  for (std::uint32_t number = 1; number < bytes.size(); ++number) {
    const Bytes dictionary = source.dictionary(number);
    if (bytes[number] < kWorthADictionary * dictionary.size() ||
        dictionaries_.size() + 1 >= kMaxArticleDictionaries) {
      continue;  // the last one is kept for the writer's own
    }
    if (waiting_) {
      end_waiting(as_text(dictionary));  // as good as one chosen from the articles that wait
      numbers[number] = own_dictionary_;
    } else {
      numbers[number] = write_dictionary(as_text(dictionary));
    }
  }
  for (std::uint64_t i = 0; i < source.block_count(); ++i) {
    const Articles::Block block = source.block(i);
    const std::uint8_t dictionary = numbers[block.dictionary];
    // A block that is not full joins what comes next, or the next articles join it.
    const bool full = block.content_bytes >= kArticleBlockBytes;
    const bool joins = block_sizes_.size() > 0 && 2 * block_.size() < kArticleBlockBytes;
    if (dictionary != 0 && full && !joins) {
      flush_block();
      copy_block(block, dictionary);
      continue;
    }
    const std::string content = source.content(block);
    for (const std::string_view article : Articles::split(block, content)) add(as_bytes(article));
  }
}

void ArticlesWriter::copy_block(const Articles::Block& block, std::uint8_t dictionary) {
  first_.push_back(articles_);
  articles_ += block.behind - block.first;
  begin_block(block.form, dictionary, block.content_bytes);
  out_.append(as_text(block.stored));
}

void ArticlesWriter::begin_block(ArticleForm form, std::uint8_t dictionary,
                                 std::uint64_t content_bytes) {
  begins_.push_back(out_.size() - section_begin_);
  dictionary_of_.push_back(dictionary);
  ByteWriter head;
  head.u8(static_cast<std::uint8_t>(form));
  head.varint(content_bytes);
  out_.append(head.view());
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
  begin_block(compressed.empty() ? ArticleForm::as_it_is : ArticleForm::zstd, own_dictionary_,
              content.size());
  out_.append(compressed.empty() ? std::string_view(content) : compressed);
  block_.clear();
  block_sizes_.clear();
}

void ArticlesWriter::finish(ByteWriter& footer) {
  if (waiting_) choose_dictionary();
  flush_block();
  const std::uint64_t blocks_bytes = out_.size() - section_begin_;
  ByteWriter arrays;
  footer.varint(blocks_bytes);
  write_packed(first_, arrays, footer, 0, blocks_bytes);
  write_packed(begins_, arrays, footer, 0, blocks_bytes);
  write_packed(dictionary_of_, arrays, footer, 0, blocks_bytes);
  footer.varint(dictionaries_.size());
  for (const Extent& dictionary : dictionaries_) {
    footer.varint(dictionary.offset);
    footer.varint(dictionary.size);
  }
  out_.append(arrays.view());
}

}  // namespace stemma::segment
