#include "analysis/compounds.h"

namespace stemma::analysis {
namespace {

using text::Character;
using text::CharacterInfo;
using text::info;
using text::Script;
using text::WordBreak;
using text::WordSegment;

// More parts than this are a list or a path, of which nobody types the whole.
constexpr std::size_t kMaxPartsOfWhole = 16;

class CompoundReader {
 public:
  CompoundReader(std::span<const Character> characters, Compound& out)
      : characters_(characters), out_(out) {}

  [[nodiscard]] bool joined(const WordSegment& left, const WordSegment& right) const {
    if (right.unspaced) return false;
    const std::uint32_t gap = right.begin - left.end;
    if (gap == 2) {  // U.S.-led
      return code(left.end) == '.' && code(left.end + 1) == '-' &&
             is_initials(left.begin, left.end);
    }
    if (gap != 1) return false;
    switch (code(left.end)) {
      case '-':
      case '&':
      case '/':
      case '@':
        return true;
      case ':':
        return is_digit(left.end - 1) && is_digit(right.begin);
      default:
        return false;
    }
  }

  void add_segment(const WordSegment& segment) {
    if (is_initials(segment.begin, segment.end)) {
      out_.parts.push_back({segment.begin, segment.end, true});
      return;
    }
    std::uint32_t begin = segment.begin;
    for (std::uint32_t at = segment.begin; at < segment.end; ++at) {
      if (!is_cut(at, segment)) continue;
      add_part(begin, at);
      begin = at + 1;
      // Marks on a sign that is cut away go with it.
      while (begin < segment.end && kind(begin) == WordBreak::extend) ++begin;
    }
    add_part(begin, segment.end);
  }

  void finish(std::uint32_t begin, std::uint32_t end) {
    while (begin < end && kind(begin) == WordBreak::extend_num_let) ++begin;
    while (end > begin && kind(end - 1) == WordBreak::extend_num_let) --end;
    out_.begin = begin;
    out_.end = end;
    out_.has_whole = false;
    if (out_.parts.empty()) return;
    add_prefix();
    add_suffix();
    const bool more_than_part = out_.begin != begin || out_.end != end;
    out_.has_whole = (more_than_part || out_.parts.size() > 1 || out_.parts.front().initials) &&
                     out_.parts.size() <= kMaxPartsOfWhole;
  }

 private:
  [[nodiscard]] char32_t code(std::uint32_t at) const { return characters_[at].code; }
  [[nodiscard]] const CharacterInfo& known(std::uint32_t at) const { return info(code(at)); }
  [[nodiscard]] WordBreak kind(std::uint32_t at) const { return known(at).word_break; }
  [[nodiscard]] bool is_digit(std::uint32_t at) const { return kind(at) == WordBreak::numeric; }
  [[nodiscard]] bool is_letter(std::uint32_t at) const {
    return kind(at) == WordBreak::letter || kind(at) == WordBreak::hebrew_letter;
  }
  /// The last character before `at` that is no mark; `at` itself if there is none.
  [[nodiscard]] std::uint32_t base_before(std::uint32_t at, std::uint32_t begin) const {
    std::uint32_t base = at;
    while (base > begin && (base == at || kind(base) == WordBreak::extend)) --base;
    return base;
  }

  /// Two or more single letters with a dot after each but, perhaps, the last.
  [[nodiscard]] bool is_initials(std::uint32_t begin, std::uint32_t end) const {
    std::uint32_t letters = 0;
    std::uint32_t at = begin;
    while (at < end) {
      if (!is_letter(at)) return false;
      ++letters;
      ++at;
      while (at < end && kind(at) == WordBreak::extend) ++at;
      if (at < end && code(at) != kInitialsDot) return false;
      if (at < end) ++at;
    }
    return letters >= 2;
  }

  [[nodiscard]] bool is_cut(std::uint32_t at, const WordSegment& segment) const {
    if (kind(at) == WordBreak::extend_num_let) return true;
    if (at == segment.begin || at + 1 >= segment.end) return false;
    if (code(at) != '\'' && code(at) != '.') return false;
    const std::uint32_t left = base_before(at, segment.begin);
    const std::uint32_t right = at + 1;
    if (code(at) == '.') return is_letter(left) && is_letter(right);
    return known(left).script == Script::latin && known(right).script == Script::latin;
  }

  /// "122mm" is a number and a word, "h1n1" is one word.
  void add_part(std::uint32_t begin, std::uint32_t end) {
    if (begin == end) return;
    if (is_digit(begin)) {
      std::uint32_t letters = begin;
      while (letters < end && !is_letter(letters)) ++letters;
      std::uint32_t after = letters;
      while (after < end && !is_digit(after)) ++after;
      if (letters < end && after == end) {
        out_.parts.push_back({begin, letters, false});
        begin = letters;
      }
    }
    out_.parts.push_back({begin, end, false});
  }

  [[nodiscard]] bool is_wordlike(std::uint32_t at) const {
    const CharacterInfo& here = known(at);
    return here.unspaced || is_letter(at) || is_digit(at) ||
           here.word_break == WordBreak::extend_num_let || here.word_break == WordBreak::extend;
  }
  void add_prefix() {
    if (out_.begin == 0) return;
    const char32_t sign = code(out_.begin - 1);
    if (sign != '#' && sign != '@') return;
    if (out_.begin >= 2 && is_wordlike(out_.begin - 2)) return;
    --out_.begin;
  }
  void add_suffix() {
    const auto size = static_cast<std::uint32_t>(characters_.size());
    std::uint32_t end = out_.end;
    if (end < size && code(end) == '#') {
      ++end;
    } else {
      while (end < size && end < out_.end + 2 && code(end) == '+') ++end;
    }
    if (end < size && (is_wordlike(end) || code(end) == '+' || code(end) == '#')) return;
    out_.end = end;
  }

  std::span<const Character> characters_;
  Compound& out_;
};

}  // namespace

std::size_t read_compound(std::span<const Character> characters,
                          std::span<const WordSegment> segments, std::size_t at, Compound& out) {
  out.parts.clear();
  CompoundReader reader(characters, out);
  std::size_t last = at;
  reader.add_segment(segments[at]);
  while (last + 1 < segments.size() && reader.joined(segments[last], segments[last + 1])) {
    ++last;
    reader.add_segment(segments[last]);
  }
  reader.finish(segments[at].begin, segments[last].end);
  return last + 1;
}

}  // namespace stemma::analysis
