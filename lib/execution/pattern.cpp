// UTF-8 is walked by its lead bytes only: text from a file may be no valid UTF-8, and then a
// "character" is any byte with the continuation bytes after it.
#include "execution/pattern.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "segment/prefix_lists.h"

namespace stemma::execution {
namespace {

std::size_t next_character(std::string_view text, std::size_t at) {
  ++at;
  while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) ++at;
  return at;
}

std::vector<std::string_view> characters_of(std::string_view text) {
  std::vector<std::string_view> characters;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = next_character(text, at);
    characters.push_back(text.substr(at, end - at));
    at = end;
  }
  return characters;
}

// The rows of the Levenshtein table (Wagner & Fischer 1974) for one dictionary word after another:
// words that begin alike share their first rows.
class EditRows {
 public:
  EditRows(std::string_view pattern, std::uint32_t distance)
      : pattern_(characters_of(pattern)), distance_(distance) {
    std::vector<std::uint32_t> first(pattern_.size() + 1);
    for (std::size_t i = 0; i < first.size(); ++i) first[i] = static_cast<std::uint32_t>(i);
    rows_.push_back(std::move(first));
  }

  // Makes `word` the present word. Returns how many of its bytes were read: all of them, or up to
  // and including the character after which no continuation can come near enough.
  std::size_t enter(std::string_view word) {
    std::size_t depth = shared_characters(word);
    ends_.resize(depth);
    rows_.resize(depth + 1);
    word_ = word;
    std::size_t at = depth == 0 ? 0 : ends_[depth - 1];
    while (at < word.size()) {
      const std::size_t end = next_character(word, at);
      push_row(word.substr(at, end - at));
      ends_.push_back(end);
      at = end;
      if (*std::min_element(rows_.back().begin(), rows_.back().end()) > distance_) break;
    }
    return at;
  }
  // Whether the present word, read to its end, is near enough.
  [[nodiscard]] bool near_enough() const { return rows_.back().back() <= distance_; }

 private:
  std::size_t shared_characters(std::string_view word) const {
    const auto differ = std::mismatch(word.begin(), word.end(), word_.begin(), word_.end());
    const auto shared = static_cast<std::size_t>(differ.first - word.begin());
    std::size_t depth = 0;
    while (depth < ends_.size() && ends_[depth] <= shared) ++depth;
    // A word may go on inside what was its predecessor's last character; only where UTF-8 is
    // damaged, but then the row must be made anew.
    while (depth > 0 && ends_[depth - 1] < word.size() &&
           (static_cast<unsigned char>(word[ends_[depth - 1]]) & 0xC0U) == 0x80U) {
      --depth;
    }
    return depth;
  }
  void push_row(std::string_view character) {
    const std::vector<std::uint32_t>& above = rows_.back();
    std::vector<std::uint32_t> row(above.size());
    row[0] = above[0] + 1;
    for (std::size_t i = 1; i < row.size(); ++i) {
      const std::uint32_t exchange = above[i - 1] + (pattern_[i - 1] == character ? 0U : 1U);
      row[i] = std::min({exchange, above[i] + 1, row[i - 1] + 1});
    }
    rows_.push_back(std::move(row));
  }

  std::vector<std::string_view> pattern_;
  std::uint32_t distance_;
  std::string word_;
  std::vector<std::size_t> ends_;  // byte after each character of the present word that was read
  std::vector<std::vector<std::uint32_t>> rows_;  // one more than ends_
};

// Terms whose keys are `range` and then a text near enough.
void walk_edit_distance(const segment::Segment& segment, const std::string& range,
                        const query::Node& pattern, Interrupt& interrupt,
                        const WordVisitor& visit) {
  EditRows rows(pattern.pattern_text, pattern.distance);
  segment::TermIterator terms = segment.terms(range);
  bool more = terms.next();
  while (more) {
    interrupt.tick();
    const std::string_view text = terms.term().substr(range.size());
    const std::size_t read = rows.enter(text);
    if (read == text.size()) {
      if (rows.near_enough()) visit(text, terms.info());
      more = terms.next();
    } else {
      const std::string target = segment::behind_prefix(range + std::string(text.substr(0, read)));
      more = !target.empty() && terms.seek(target) && terms.term().starts_with(range);
    }
  }
}

// Terms whose keys are `range` and then a text that matches the prefix or wildcard.
void walk_range(const segment::Segment& segment, const std::string& range,
                const query::Node& pattern, Interrupt& interrupt, const WordVisitor& visit) {
  const bool wildcard = pattern.pattern == query::PatternKind::wildcard;
  const std::string_view text = pattern.pattern_text;
  const std::string_view head = wildcard ? text.substr(0, text.find_first_of("*?")) : text;
  segment::TermIterator terms = segment.terms(range + std::string(head));
  while (terms.next()) {
    interrupt.tick();
    const std::string_view word = terms.term().substr(range.size());
    if (!wildcard || matches_wildcard(text, word)) visit(word, terms.info());
  }
}

void walk(const segment::Segment& segment, const std::string& range, const query::Node& pattern,
          Interrupt& interrupt, const WordVisitor& visit) {
  if (pattern.pattern == query::PatternKind::edit_distance) {
    walk_edit_distance(segment, range, pattern, interrupt, visit);
  } else {
    walk_range(segment, range, pattern, interrupt, visit);
  }
}

}  // namespace

bool matches_wildcard(std::string_view pattern, std::string_view text) {
  // After the latest '*' only: if a later part fails, that star takes one character more, and
  // earlier stars need not be tried again.
  std::size_t p = 0;
  std::size_t t = 0;
  std::size_t star = std::string_view::npos;
  std::size_t star_text = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      star_text = t;
    } else if (p < pattern.size() && pattern[p] == '?') {
      ++p;
      t = next_character(text, t);
    } else if (p < pattern.size() && pattern[p] == text[t]) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      star_text = next_character(text, star_text);
      t = star_text;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

std::string range_of_field(const std::string& field) {
  if (field.empty()) return term_key(TermLayer::word, "");
  if (field == "title") return term_key(TermLayer::title_word, "");
  return field_term_key(field, "");
}

void for_each_written_word(const segment::Segment& segment, const query::Node& pattern,
                           Interrupt& interrupt, const WordVisitor& visit) {
  walk(segment, range_of_field(pattern.field), pattern, interrupt, visit);
}

void for_each_folded_word(const segment::Segment& segment, const query::Node& pattern,
                          Interrupt& interrupt, const WordVisitor& visit) {
  const std::string range = range_of_field(pattern.field);
  walk(segment, term_key(TermLayer::folded, ""), pattern, interrupt,
       [&](std::string_view folded, const segment::TermInfo&) {
         for (const std::string& word : segment.words_of(term_key(TermLayer::folded, folded))) {
           const auto info = segment.find(range + word);
           if (info) visit(word, *info);
         }
       });
}

void for_each_word(const segment::Segment& segment, const query::Node& pattern,
                   Interrupt& interrupt, const WordVisitor& visit) {
  for_each_written_word(segment, pattern, interrupt, visit);
  for_each_folded_word(segment, pattern, interrupt, visit);
}

}  // namespace stemma::execution
