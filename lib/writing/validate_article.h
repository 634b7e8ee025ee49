// What an article must be before anything of it is stored: once it is in the batch, a term that the
// store cannot take would cost its neighbours.
#pragma once

#include <cstddef>

#include "stemma/article.h"

namespace stemma {

inline constexpr std::size_t kMaxKeyBytes = 4096;
inline constexpr std::size_t kMaxArticleBytes = 128U << 20U;

/// Throws Error{invalid_argument} or {limit}.
void validate(const Article& article);

}  // namespace stemma
