// Strings written as what they share with the one before and what they add.
//
// One byte holds both lengths, the shared one in its upper half; 15 in a half means that a varint
// with the rest of that length follows (the shared one's first). Then the added bytes.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "segment/format.h"

namespace stemma::segment {

inline void write_front_coded(std::string_view before, std::string_view text, ByteWriter& out) {
  const auto shared = static_cast<std::size_t>(
      std::mismatch(before.begin(), before.end(), text.begin(), text.end()).first - before.begin());
  const std::size_t added = text.size() - shared;
  out.u8(static_cast<std::uint8_t>((std::min<std::size_t>(shared, 15) << 4U) |
                                   std::min<std::size_t>(added, 15)));
  if (shared >= 15) out.varint(shared - 15);
  if (added >= 15) out.varint(added - 15);
  out.bytes(text.substr(shared));
}

/// Turns the string before into the next one. Throws Error{corrupt}.
inline void read_front_coded(ByteReader& reader, std::string& text) {
  const std::uint8_t lengths = reader.u8();
  std::uint64_t shared = lengths >> 4U;
  std::uint64_t added = lengths & 15U;
  if (shared == 15) shared += reader.varint32();
  if (added == 15) added += reader.varint32();
  if (shared > text.size() || shared + added > kMaxTermBytes) corrupt("a front-coded text");
  text.resize(static_cast<std::size_t>(shared));
  text.append(as_text(reader.bytes(added)));
}

}  // namespace stemma::segment
