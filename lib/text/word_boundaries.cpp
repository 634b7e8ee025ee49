// The rules of UAX #29 by number. A segment grows while some rule says "×" between what it ends
// with and what comes next; Extend and Format characters never end one (WB4).
#include "text/word_boundaries.h"

namespace stemma::text {
namespace {

bool is_letter(WordBreak kind) {
  return kind == WordBreak::letter || kind == WordBreak::hebrew_letter;
}
bool is_mid_letter(WordBreak kind) {
  return kind == WordBreak::mid_letter || kind == WordBreak::mid_num_let ||
         kind == WordBreak::single_quote;
}
bool is_mid_number(WordBreak kind) {
  return kind == WordBreak::mid_num || kind == WordBreak::mid_num_let ||
         kind == WordBreak::single_quote;
}
bool begins_word(WordBreak kind) {
  return is_letter(kind) || kind == WordBreak::numeric || kind == WordBreak::extend_num_let;
}

class Segmenter {
 public:
  explicit Segmenter(std::span<const Character> characters) : characters_(characters) {}

  [[nodiscard]] WordSegment unspaced_run(std::uint32_t begin) const {
    std::uint32_t end = begin;
    while (end < size() && is_unspaced(end)) end = after_marks(end);
    return {begin, end, true};
  }

  /// The segment from `begin`, and whether it holds more than underscores.
  [[nodiscard]] std::pair<WordSegment, bool> spaced_word(std::uint32_t begin) const {
    std::uint32_t last = begin;  // the character, marks aside, that the segment ends with
    bool is_word = kind(begin) != WordBreak::extend_num_let;
    for (;;) {
      const std::uint32_t next = after_marks(last);
      const std::uint32_t joined = joins(last, next);
      if (joined == last) return {{begin, next, false}, is_word};
      last = joined;
      is_word = is_word || is_letter(kind(last)) || kind(last) == WordBreak::numeric;
    }
  }

  [[nodiscard]] bool is_unspaced(std::uint32_t at) const {
    return info(characters_[at].code).unspaced;
  }
  [[nodiscard]] WordBreak kind(std::uint32_t at) const {
    if (at >= size() || is_unspaced(at)) return WordBreak::other;
    return info(characters_[at].code).word_break;
  }
  [[nodiscard]] std::uint32_t size() const {
    return static_cast<std::uint32_t>(characters_.size());
  }

 private:
  /// The first character after `at` and its marks.
  [[nodiscard]] std::uint32_t after_marks(std::uint32_t at) const {
    ++at;
    while (at < size() && info(characters_[at].code).word_break == WordBreak::extend) ++at;
    return at;
  }

  /// The character that `last` is joined with: `next`, or the one after a middle character, or
  /// `last` itself if the segment ends.
  [[nodiscard]] std::uint32_t joins(std::uint32_t last, std::uint32_t next) const {
    const WordBreak here = kind(last);
    const WordBreak there = kind(next);
    if (begins_word(here) && begins_word(there)) return next;  // WB5, 8, 9, 10, 13a, 13b
    // A middle character at the end of a Hebrew word was taken by WB7a and joins nothing more.
    if (next >= size()) return last;
    const std::uint32_t beyond = after_marks(next);
    const WordBreak after = kind(beyond);
    if (is_letter(here) && is_mid_letter(there) && is_letter(after)) return beyond;  // WB6, 7
    if (here == WordBreak::hebrew_letter) {
      if (there == WordBreak::single_quote) return next;  // WB7a
      if (there == WordBreak::double_quote && after == WordBreak::hebrew_letter) return beyond;
    }
    if (here == WordBreak::numeric && is_mid_number(there) && after == WordBreak::numeric) {
      return beyond;  // WB11, 12
    }
    return last;
  }

  std::span<const Character> characters_;
};

}  // namespace

void find_words(std::span<const Character> characters, std::vector<WordSegment>& out) {
  const Segmenter segmenter(characters);
  for (std::uint32_t at = 0; at < segmenter.size();) {
    if (segmenter.is_unspaced(at)) {
      out.push_back(segmenter.unspaced_run(at));
      at = out.back().end;
    } else if (begins_word(segmenter.kind(at))) {
      const auto [segment, is_word] = segmenter.spaced_word(at);
      if (is_word) out.push_back(segment);
      at = segment.end;
    } else {
      ++at;
    }
  }
}

}  // namespace stemma::text
