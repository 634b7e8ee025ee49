// The articles of a segment: writing side (segment/articles.h).
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "segment/articles.h"
#include "segment/page_output.h"

namespace stemma::segment {

class Compressor;

class ArticlesWriter {
 public:
  explicit ArticlesWriter(PageOutput& out, int level);
  ~ArticlesWriter();

  void add(Bytes article);
  /// Adds all articles of another segment; most of its blocks are copied as they are, with the
  /// dictionaries they need. None of its documents may be deleted: a dictionary is made of text.
  void copy(const Articles& source);
  [[nodiscard]] std::uint64_t size() const { return articles_ + pending_ends_.size(); }
  /// The last block and the description.
  void finish(ByteWriter& footer);

 private:
  void add_to_block(std::string_view article);
  void flush_block();
  void copy_block(const Articles::Block& block, std::uint8_t dictionary);
  void begin_block(ArticleForm form, std::uint8_t dictionary, std::uint64_t content_bytes);
  void choose_dictionary();
  /// Goes on with this dictionary; empty: without one.
  void end_waiting(std::string_view dictionary);
  std::uint8_t write_dictionary(std::string_view dictionary);

  PageOutput& out_;
  std::uint64_t section_begin_;
  std::unique_ptr<Compressor> compressor_;
  bool waiting_ = true;  // for enough text to sample a dictionary from
  std::string pending_;  // the waiting articles, one after the other
  std::vector<std::size_t> pending_ends_;
  std::vector<Extent> dictionaries_;
  std::uint8_t own_dictionary_ = 0;  // what the compressor uses: its number from 1; 0: none
  std::uint32_t articles_ = 0;       // in blocks, or in the block being filled
  std::string block_;
  ByteWriter block_sizes_;
  std::vector<std::uint32_t> first_;  // article of each block
  std::vector<std::uint64_t> begins_;
  std::vector<std::uint8_t> dictionary_of_;
};

}  // namespace stemma::segment
