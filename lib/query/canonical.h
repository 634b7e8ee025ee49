// Pieces of canonical text that other readers of a tree need too.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "query/node.h"
#include "stemma/types.h"

namespace stemma::query {

/// The shortest decimal text that reads back as the same number.
[[nodiscard]] std::string number_text(double value);
/// Between quotation marks, with \ before quotation marks and before \ itself where it matters.
[[nodiscard]] std::string in_quotation_marks(std::string_view text);
/// How deep the brackets of the canonical text are nested.
[[nodiscard]] std::size_t bracket_depth(const Node& node);

}  // namespace stemma::query
