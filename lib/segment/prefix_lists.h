// The posting lists of all terms that begin alike, without the terms.
//
// A prefix that many words share (`con*`) is asked for documents only. Of the blocks between the
// first and the last of the range no key is read, a list of one document is handed out as that
// document, and a short list as its packed gaps.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "segment/dictionary.h"
#include "segment/format.h"
#include "segment/packed_array.h"
#include "segment/segment.h"

namespace stemma::segment {

/// The segment must outlive it.
class PrefixLists {
 public:
  /// `prefix` begins with a layer byte.
  PrefixLists(const Segment& segment, std::string_view prefix);

  /// To the lists of the next few terms; false at the end.
  bool next();
  /// Documents of the present lists that have only one. A damaged file may name any number.
  [[nodiscard]] std::span<const Ordinal> single_documents() const {
    return {lists_.singles.data(), lists_.single_count};
  }
  /// The present lists of two documents or more.
  [[nodiscard]] std::span<const TermInfo> lists() const {
    return {lists_.longer.data(), lists_.longer_count};
  }

 private:
  const Dictionary* dictionary_;
  std::string prefix_;
  std::uint64_t block_ = 0;
  std::uint64_t first_ = 0;  // blocks that may hold other terms too
  std::uint64_t last_ = 0;
  Dictionary::Lists lists_;
};

/// The first key behind all that begin with `prefix`; empty if there is none.
[[nodiscard]] std::string behind_prefix(std::string_view prefix);

/// The documents of a list of 2 to 127, as they stand in the file. Lives as long as the segment.
struct ShortList {
  const std::uint8_t* gaps = nullptr;
  std::uint32_t size = 0;
  unsigned width = 0;

  /// Calls visit(doc) in ascending order until it says false. A damaged file may name any number.
  template <class Visit>
  void for_each(const Visit& visit) const {
    std::uint32_t doc = UINT32_MAX;
    for (std::uint32_t i = 0; i < size; ++i) {
      doc += 1 + static_cast<std::uint32_t>(width == 0 ? 0 : bits_at(gaps, i, width));
      if (!visit(doc)) return;
    }
  }
};

/// Throws Error{corrupt} unless the list fits into its bytes.
[[nodiscard]] ShortList read_short_list(const Section& postings, const TermInfo& term,
                                        LayerTraits traits);

}  // namespace stemma::segment
