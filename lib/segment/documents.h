// What is kept of each document beside its postings and its text.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "segment/packed_array.h"
#include "segment/page_output.h"
#include "segment/paged_file.h"
#include "segment/segment_writer.h"

namespace stemma::segment {

/// Arrays by ordinal in the documents section; keys and starts as bytes in sections of their own.
class DocumentsWriter {
 public:
  explicit DocumentsWriter(const std::filesystem::path& path);

  void add(const DocumentFacts& facts);
  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(ids_.size()); }
  [[nodiscard]] std::uint64_t total_length() const { return total_length_; }
  [[nodiscard]] std::uint32_t shortest_length() const;
  [[nodiscard]] DocId last_id() const { return ids_.back(); }

  /// The documents section and its description.
  [[nodiscard]] ByteWriter arrays(ByteWriter& footer);
  [[nodiscard]] Spool& keys() { return keys_; }
  [[nodiscard]] Spool& starts() { return starts_; }

 private:
  void write_key_table(ByteWriter& section, ByteWriter& footer) const;

  std::vector<std::uint32_t> ids_;
  std::vector<std::uint32_t> lengths_;
  std::vector<std::uint32_t> title_lengths_;
  std::vector<std::uint64_t> key_ends_;
  std::vector<std::uint64_t> starts_ends_;
  std::vector<std::uint64_t> key_hashes_;
  std::uint64_t total_length_ = 0;
  Spool keys_;
  Spool starts_;
};

class Documents {
 public:
  Documents() = default;
  Documents(const Section& documents, const Section& keys, const Section& starts,
            std::uint32_t count, ByteReader& footer);

  [[nodiscard]] DocId id(Ordinal doc) const;
  [[nodiscard]] std::optional<Ordinal> find(DocId id) const;
  [[nodiscard]] std::uint32_t length(Ordinal doc) const {
    return static_cast<std::uint32_t>(lengths_[doc]);
  }
  [[nodiscard]] Lengths lengths() const { return lengths_.view<std::uint32_t>(); }
  [[nodiscard]] std::uint32_t title_length(Ordinal doc) const {
    return static_cast<std::uint32_t>(title_lengths_[doc]);
  }
  [[nodiscard]] std::string_view key(Ordinal doc) const;
  [[nodiscard]] std::optional<Ordinal> find_key(std::string_view key) const;
  struct Starts {
    std::vector<std::uint32_t> sentences;
    std::vector<std::uint32_t> paragraphs;
  };
  [[nodiscard]] Starts starts(Ordinal doc) const;
  /// Throws Error{corrupt} unless ids ascend, lengths add up, and every key leads to its document.
  void verify(std::uint64_t total_length, std::uint32_t shortest_length) const;

 private:
  [[nodiscard]] Bytes part(const Section& section, const PackedArray& ends, Ordinal doc) const;

  const Section* keys_ = nullptr;
  const Section* starts_ = nullptr;
  std::uint32_t count_ = 0;
  DocId first_id_ = 0;
  PackedArray gaps_;  // id - first id - ordinal: all 0 while ids are dense
  PackedArray lengths_;
  PackedArray title_lengths_;
  PackedArray key_ends_;
  PackedArray starts_ends_;
  PackedArray bucket_ends_;  // a power of two of buckets, by the low bits of a key's hash
  PackedArray members_;      // documents by bucket, ascending in each
};

}  // namespace stemma::segment
