// What writer and reader of a segment must agree on. docs/FORMAT.md draws it.
//
// head | sections, each aligned to kAlignment | footer | CRC table | trailer
// The footer stands at the end because a segment is written from front to back, once.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "base/bytes.h"
#include "base/term.h"

namespace stemma::segment {

inline constexpr std::uint32_t kFormatVersion = 2;
inline constexpr std::array<std::uint8_t, 8> kHeadMagic{'S', 'T', 'E', 'M', 'S', 'E', 'G', 0x0a};
inline constexpr std::array<std::uint8_t, 8> kTailMagic{0x0a, 'G', 'E', 'S', 'M', 'E', 'T', 'S'};
inline constexpr std::size_t kHeadBytes = 16;     // magic, version, four zero bytes
inline constexpr std::size_t kTrailerBytes = 32;  // footer, table, version, crc, magic
inline constexpr std::size_t kAlignment = 64;
inline constexpr std::size_t kPageBytes = std::size_t{1} << 16U;

/// Reads may pass the end of what they need by this many bytes: the trailer is behind every
/// section, so they stay inside the file.
inline constexpr std::size_t kReadPadding = 8;
static_assert(kReadPadding <= kTrailerBytes);

inline constexpr std::size_t kTermsPerBlock = 16;
inline constexpr std::size_t kMaxTermBytes = 1000;
inline constexpr std::uint32_t kMaxCountWidth = 24;  // a block's position counts add up in 32 bits
inline constexpr std::size_t kMaxArticleBytes = std::size_t{256} << 20U;
inline constexpr std::size_t kArticleBlockBytes = std::size_t{8} << 10U;
inline constexpr std::size_t kArticleDictionaryBytes = std::size_t{64} << 10U;

/// Sections in the order of the footer; in the file they stand in the order of writing.
enum class SectionId : std::uint8_t {
  articles,
  postings,
  dictionary,
  words,
  documents,
  keys,
  starts,
  columns,
};
inline constexpr std::size_t kSections = 8;
inline constexpr std::array<const char*, kSections> kSectionNames{
    "articles", "postings", "dictionary", "words", "documents", "keys", "starts", "columns"};

struct Extent {
  std::uint64_t offset = 0;
  std::uint64_t size = 0;
};

/// What the postings of a layer carry.
struct LayerTraits {
  bool positions = false;
  bool impacts = false;
};

[[nodiscard]] inline LayerTraits traits_of(TermLayer layer, bool word_impacts) {
  switch (layer) {
    case TermLayer::stem:
    case TermLayer::title_stem:
      return {.positions = false, .impacts = true};
    case TermLayer::word:
    case TermLayer::title_word:
      return {.positions = true, .impacts = word_impacts};
    case TermLayer::raw:
    case TermLayer::title_raw:
    case TermLayer::field_word:
      return {.positions = true, .impacts = false};
    case TermLayer::folded:
      break;
  }
  return {};
}

/// Layers whose terms may have words (words_of).
[[nodiscard]] inline bool maps_to_words(TermLayer layer) {
  return layer == TermLayer::stem || layer == TermLayer::title_stem || layer == TermLayer::folded;
}

[[nodiscard]] inline bool is_layer(std::uint8_t byte) {
  switch (static_cast<TermLayer>(byte)) {
    case TermLayer::folded:
    case TermLayer::field_word:
    case TermLayer::raw:
    case TermLayer::stem:
    case TermLayer::word:
    case TermLayer::title_raw:
    case TermLayer::title_stem:
    case TermLayer::title_word:
      return true;
  }
  return false;
}

/// A list's entry in the dictionary: below this many documents a list is one short block.
[[nodiscard]] constexpr std::uint32_t blocks_of(std::uint32_t documents) {
  return (documents + 127) / 128;
}

[[noreturn]] void corrupt(const char* what);

}  // namespace stemma::segment
