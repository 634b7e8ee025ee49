// One article as bytes: what the store and the segments both keep. docs/FORMAT.md draws it.
#pragma once

#include <cstdint>
#include <string>

#include "base/bytes.h"
#include "stemma/article.h"

namespace stemma::articles {

/// The same article always gives the same bytes, so bytes can be compared for equality.
[[nodiscard]] std::string encode(const Article& article);
/// Throws Error{corrupt}.
[[nodiscard]] Article decode(Bytes bytes);
/// xxHash64 of the encoded bytes: what `check` compares in both halves.
[[nodiscard]] std::uint64_t content_hash(Bytes encoded);

}  // namespace stemma::articles
