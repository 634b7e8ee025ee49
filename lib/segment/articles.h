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
#include <memory>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "segment/packed_array.h"
#include "segment/page_output.h"
#include "segment/paged_file.h"

namespace stemma::segment {

class Compressor;

class ArticlesWriter {
 public:
  explicit ArticlesWriter(PageOutput& out, int level);
  ~ArticlesWriter();

  void add(Bytes article);
  /// The last block and the description.
  void finish(ByteWriter& footer);

 private:
  void add_to_block(std::string_view article);
  void flush_block();
  void choose_dictionary();

  PageOutput& out_;
  std::uint64_t section_begin_;
  std::unique_ptr<Compressor> compressor_;
  bool waiting_ = true;  // for enough text to sample a dictionary from
  std::string pending_;  // the waiting articles, one after the other
  std::vector<std::size_t> pending_ends_;
  std::uint64_t dictionary_begin_ = 0;
  std::uint64_t dictionary_bytes_ = 0;
  std::uint32_t articles_ = 0;  // in blocks, or in the block being filled
  std::string block_;
  ByteWriter block_sizes_;
  std::vector<std::uint32_t> first_;  // article of each block
  std::vector<std::uint64_t> begins_;
  std::vector<std::uint8_t> dictionaries_;
};

class Articles {
 public:
  Articles() = default;
  Articles(const Section& section, std::uint32_t documents, ByteReader& footer);

  /// Throws Error{corrupt}.
  [[nodiscard]] std::string article(std::uint32_t number) const;
  [[nodiscard]] std::uint64_t block_count() const { return begins_.size(); }
  /// Decodes a block and splits it; throws Error{corrupt} if anything does not fit.
  void verify_block(std::uint64_t block) const;

 private:
  [[nodiscard]] std::string content(std::uint64_t block) const;

  const Section* section_ = nullptr;
  std::uint32_t documents_ = 0;
  std::uint64_t blocks_bytes_ = 0;
  PackedArray first_;
  PackedArray begins_;
  PackedArray dictionary_of_;
  std::vector<Extent> dictionaries_;
};

}  // namespace stemma::segment
