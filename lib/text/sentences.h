// Where sentences and paragraphs begin, told from the bytes between two words.
//
// Good enough for "within one sentence" searches and for runs of words, and cheap: most gaps are
// one space. A sentence ends at . ! ? … or their like in other scripts, perhaps with closing quotes
// or brackets, followed by white space (Han and kana need none), unless the next word is in small
// letters, or the word before is an initial or a title (J., Mr., Sen.). A paragraph begins after a
// blank line or U+2029, and after a line that ended with a sentence.
#pragma once

#include <cstdint>
#include <string_view>

namespace stemma::text {

enum class Start : std::uint8_t { none, sentence, paragraph };

/// What begins with the word at `next` when the word before it ended at `gap_begin`.
[[nodiscard]] Start start_after_gap(std::string_view text, std::uint32_t gap_begin,
                                    std::uint32_t next);

}  // namespace stemma::text
