// The lines between two `---` at the start of a Markdown file: what the author says about it.
//
// Read is the part of YAML that people write there: `key: value`, lists in brackets or as lines
// with `- `, nested keys by indentation (flattened with dots), quoted text, `|` and `>` blocks,
// comments. What is not understood is left out; it is never an error.
#pragma once

#include <cstddef>
#include <string_view>

#include "stemma/article.h"

namespace stemma::articles {

/// Fills title, date, source, url, lang, the authors (`author`) and the key (`id`) of `article`;
/// other keys become metadata (true, false and numbers typed, null left out). Returns how many
/// bytes the front matter takes, both `---` lines included; 0 if `text` starts with none.
std::size_t read_front_matter(std::string_view text, Article& article);

}  // namespace stemma::articles
