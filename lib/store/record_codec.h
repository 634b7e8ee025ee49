// One article as the store keeps it: a record under its DocId.
//
//   u8 version (1) | varint dictionary (0: none) | u64 hash | varint length, key | zstd frame
//
// The hash covers DocId, key and the article before compression, so a record that was moved,
// renamed or damaged in any bit is known. A small article compresses badly alone, so records are
// written with a dictionary trained on the first articles; dictionaries are numbered and kept for
// ever, because older records name them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "stemma/types.h"

namespace stemma::store {

struct Record {
  std::string key;
  std::string encoded;
};

/// Not thread-safe: compression contexts are reused.
class RecordCodec {
 public:
  RecordCodec();
  ~RecordCodec();
  RecordCodec(RecordCodec&&) noexcept;
  RecordCodec& operator=(RecordCodec&&) noexcept;

  /// Numbers count from 1, in order; the newest is used for writing.
  void add_dictionary(std::string_view bytes);
  [[nodiscard]] std::uint32_t dictionary_count() const;

  [[nodiscard]] std::string encode(DocId doc, std::string_view key, Bytes encoded);
  /// Throws Error{corrupt} unless the record is what encode() made for this DocId.
  [[nodiscard]] Record decode(DocId doc, std::string_view record);
  /// The key alone, unverified. Throws Error{corrupt} if the record is too short.
  [[nodiscard]] static std::string_view key_of(std::string_view record);

  /// A dictionary for articles like `samples`; empty if they are too few or too small.
  [[nodiscard]] static std::string train(const std::vector<std::string>& samples);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace stemma::store
