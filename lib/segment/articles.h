// The articles of a segment: zstd frames of about 8 KiB of text, so that showing one costs one
// small frame.
//
// Small frames compress badly alone, so they share a dictionary: 64 KiB sampled from the first
// MiB of the segment. Each block names its dictionary; there may be several, so that blocks of
// merged segments can be copied as they are. A block:
//   u8 form: 0 as it is, 1 zstd | varint bytes of the content | content
//   content: varint bytes of each article, then the articles
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "segment/packed_array.h"
#include "segment/paged_file.h"

namespace stemma::segment {

inline constexpr std::size_t kMaxArticleDictionaries = 255;

enum class ArticleForm : std::uint8_t { as_it_is = 0, zstd = 1 };

class Articles {
 public:
  Articles() = default;
  Articles(const Section& section, std::uint32_t documents, ByteReader& footer);

  /// A block as it stands in the file.
  struct Block {
    std::uint32_t first = 0;  ///< article
    std::uint32_t behind = 0;
    ArticleForm form = ArticleForm::as_it_is;
    std::uint32_t dictionary = 0;     ///< its number from 1; 0: none
    std::uint64_t content_bytes = 0;  ///< when decoded
    Bytes stored;                     ///< without the head
  };

  // All throw Error{corrupt}.
  [[nodiscard]] std::string article(std::uint32_t number) const;
  [[nodiscard]] std::uint64_t block_count() const { return begins_.size(); }
  [[nodiscard]] Block block(std::uint64_t number) const;
  [[nodiscard]] std::uint64_t block_of(std::uint32_t article) const;
  [[nodiscard]] std::string content(const Block& block) const;
  /// The articles of a block's content.
  [[nodiscard]] static std::vector<std::string_view> split(const Block& block,
                                                           std::string_view content);
  [[nodiscard]] std::uint32_t dictionary_count() const {
    return static_cast<std::uint32_t>(dictionaries_.size());
  }
  [[nodiscard]] Bytes dictionary(std::uint32_t number) const;  ///< from 1
  /// Decodes a block and splits it.
  void verify_block(std::uint64_t number) const;

 private:
  const Section* section_ = nullptr;
  std::uint32_t documents_ = 0;
  std::uint64_t blocks_bytes_ = 0;
  PackedArray first_;
  PackedArray begins_;
  PackedArray dictionary_of_;
  std::vector<Extent> dictionaries_;
};

}  // namespace stemma::segment
