// What may reach a terminal. An article, a key or a file name can hold escape sequences that move
// the cursor, rewrite the title bar or turn text around; here each such character becomes a visible
// escape (\x1b, \u202e), so that what is shown is what is there. Sequences are not parsed: without
// its introducer none works.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace stemma::command {

enum class Lines {
  keep,  ///< line ends and tabs stay
  join,  ///< each run of line ends and tabs becomes one space: for one field of a line
};

/// `text` with C0 controls, DEL, C1 controls (encoded or raw), bidi controls and bytes that are no
/// UTF-8 made visible.
[[nodiscard]] std::string printable(std::string_view text, Lines lines);

/// `text` with every byte that is no UTF-8 replaced by U+FFFD.
[[nodiscard]] std::string valid_utf8(std::string_view text);

/// Is this character never sent to a terminal? (Line ends and tabs included.)
[[nodiscard]] bool is_control(char32_t value);

struct Character {
  char32_t value = 0;
  std::uint32_t size = 0;  ///< bytes
  bool valid = false;      ///< false: one byte that is no UTF-8
};
/// The character at `offset`, which must be inside `text`.
[[nodiscard]] Character character_at(std::string_view text, std::size_t offset);

/// For a column of a TREC run: white space, controls, bytes that are no UTF-8 and '%' as %XX.
[[nodiscard]] std::string percent_escaped(std::string_view text);

}  // namespace stemma::command
