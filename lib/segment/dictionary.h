// The dictionary: all terms in byte order, in blocks of kTermsPerBlock.
//
// A lookup searches the index (the first eight bytes of each block's first term, as numbers), which
// is read in place, then one block. A block:
//   varint begin of its lists in the postings section | varint begin of its words section part
//   varint bytes of the keys
//   keys: front-coded, the first one whole
//   facts of each term:
//     varint documents * 4 + (occurrences differ from documents ? 2 : 0)
//            + (one document, positions differ from occurrences ? 1 : 0)
//     varint (if they differ) zigzag(occurrences - documents)
//     one document: varint count of positions (if it differs), then the list (inline)
//     more: varint bytes of the list
//     layers that map to words: varint bytes in the words section
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "segment/packed_array.h"
#include "segment/page_output.h"
#include "segment/paged_file.h"
#include "segment/posting_list_writer.h"
#include "segment/segment.h"

namespace stemma::segment {

class DictionaryWriter {
 public:
  explicit DictionaryWriter(const std::filesystem::path& spool) : blocks_(spool) {}

  void add(std::string_view term, const FinishedList& list, std::uint64_t words_bytes);
  /// Blocks to `out`, their index behind them, its description to the footer.
  void finish(PageOutput& out, ByteWriter& footer);
  [[nodiscard]] std::uint64_t term_count() const { return terms_; }

 private:
  void flush_block();

  Spool blocks_;
  std::uint64_t terms_ = 0;
  std::string before_;
  ByteWriter keys_;
  ByteWriter facts_;
  std::uint64_t block_postings_ = 0;  // where the block's lists begin
  std::uint64_t block_words_ = 0;
  std::uint64_t next_postings_ = 0;
  std::uint64_t next_words_ = 0;
  std::vector<std::uint64_t> prefixes_;
  std::vector<std::uint64_t> begins_;
};

/// One term as the dictionary holds it.
struct TermEntry {
  TermInfo info;
  std::uint64_t words_offset = 0;
  std::uint64_t words_bytes = 0;
};

class Dictionary {
 public:
  Dictionary() = default;
  Dictionary(const Section& section, std::uint64_t terms, bool word_impacts, ByteReader& footer);

  [[nodiscard]] std::optional<TermEntry> find(std::string_view term) const;
  [[nodiscard]] std::uint64_t term_count() const { return terms_; }
  [[nodiscard]] std::uint64_t block_count() const { return begins_.size(); }

  /// A block on the way of an iterator.
  struct Block {
    std::vector<std::string> terms;
    std::vector<TermEntry> entries;
  };
  void read_block(std::uint64_t number, Block& block) const;
  /// Where documents of some terms of a block stand (prefix_lists.h).
  struct Lists {
    std::array<Ordinal, kTermsPerBlock> singles;  ///< the documents of lists of one
    std::array<TermInfo, kTermsPerBlock> longer;
    std::size_t single_count = 0;
    std::size_t longer_count = 0;
  };
  /// Of all terms of a block, which are of this layer; their keys are not read.
  void read_lists(std::uint64_t number, TermLayer layer, Lists& out) const;
  /// Of the terms of a block that begin with `prefix`.
  void read_lists_at_edge(std::uint64_t number, std::string_view prefix, Lists& out) const;
  /// The block that holds the first term >= `term`, or the one before it.
  [[nodiscard]] std::uint64_t block_for(std::string_view term) const;
  /// Throws Error{corrupt} unless the index agrees with the block's first term.
  void check_index(std::uint64_t number, std::string_view first) const;

 private:
  struct OpenBlock;
  [[nodiscard]] OpenBlock open_block(std::uint64_t number) const;
  [[nodiscard]] std::uint64_t prefix(std::uint64_t block) const;
  [[nodiscard]] std::uint64_t first_not_before(std::uint64_t wanted) const;
  [[nodiscard]] std::string_view first_term(std::uint64_t block) const;
  void read_entry(OpenBlock& block, TermLayer layer, TermEntry& entry) const;
  void read_list(OpenBlock& block, TermLayer layer, Lists& out) const;
  /// The entry of the last of `layers`, which are those of the block's first terms.
  [[nodiscard]] TermEntry entry(OpenBlock& block, std::span<const TermLayer> layers) const;

  const Section* section_ = nullptr;
  std::uint64_t terms_ = 0;
  bool word_impacts_ = false;
  std::uint64_t prefixes_offset_ = 0;
  std::uint64_t blocks_bytes_ = 0;
  PackedArray begins_;
  // Prefixes that the first probes of a search compare with, side by side once they were read (0
  // before): the one that the path of bits k leads to stands at [k], its next at [2k] and [2k + 1].
  std::size_t top_size_ = 0;
  std::unique_ptr<std::atomic<std::uint64_t>[]> top_;
};

}  // namespace stemma::segment
