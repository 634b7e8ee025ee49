// Between UTF-32, which the rules here are written for, and ICU's UTF-16. Included by lib/text
// only.
#pragma once

#include <unicode/unorm2.h>
#include <unicode/utf16.h>

#include <string>
#include <string_view>
#include <vector>

#include "stemma/error.h"

namespace stemma::text {

/// Throws Error{io} if ICU fails, as it does when its data are not installed.
[[nodiscard]] inline std::u32string normalized_by_icu(const UNormalizer2* normalizer,
                                                      std::u32string_view text) {
  std::u16string source;
  for (const char32_t code : text) {
    if (code > 0xffff) {
      source.push_back(static_cast<char16_t>(U16_LEAD(code)));
      source.push_back(static_cast<char16_t>(U16_TRAIL(code)));
    } else {
      source.push_back(static_cast<char16_t>(code));
    }
  }
  std::u16string result(source.size() * 2 + 16, u'\0');
  UErrorCode status = U_ZERO_ERROR;
  const auto normalize = [&] {
    status = U_ZERO_ERROR;
    return unorm2_normalize(normalizer, source.data(), static_cast<std::int32_t>(source.size()),
                            result.data(), static_cast<std::int32_t>(result.size()), &status);
  };
  std::int32_t length = normalize();
  if (status == U_BUFFER_OVERFLOW_ERROR) {
    result.resize(static_cast<std::size_t>(length) + 1);
    length = normalize();
  }
  if (U_FAILURE(status) != 0) {
    throw Error(Error::Kind::io, std::string("ICU cannot normalize: ") + u_errorName(status),
                "check that ICU's data package is installed");
  }
  std::u32string out;
  result.resize(static_cast<std::size_t>(length));
  for (std::size_t at = 0; at < result.size(); ++at) {
    char32_t code = result[at];
    if (U16_IS_LEAD(code) && at + 1 < result.size()) {
      code = 0x10000 + ((code - 0xd800) << 10) + (result[at + 1] - 0xdc00U);
      ++at;
    }
    out.push_back(code);
  }
  return out;
}

}  // namespace stemma::text
