// Character references of HTML: &eacute; &#233; &#xE9;
#pragma once

#include <string>
#include <string_view>

namespace stemma::articles {

enum class ReferencePlace { text, attribute };

/// `text` with its character references replaced by what they stand for. Known are the named ones
/// of HTML 4 and &apos;; in running text they may lack their semicolon where no letter or digit
/// follows, in an attribute not (`?id=1&lang=en` is an address, no bracket). Any other `&` stays. A
/// number that is no Unicode scalar value becomes U+FFFD, 128 to 159 are read as Windows-1252, as
/// browsers do.
[[nodiscard]] std::string decode_references(std::string_view text,
                                            ReferencePlace place = ReferencePlace::text);

}  // namespace stemma::articles
