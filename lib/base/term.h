// How a term is written in the dictionary: one prefix byte for its layer, then its text.
//
// Layers keep apart what the same letters mean: `w` + "ships" is a word, `s` + "ship" a stem.
// The prefix comes first so that one layer is one range of the sorted dictionary.
#pragma once

#include <string>
#include <string_view>

namespace stemma {

/// The layer of a term; the enumerator's value is the prefix byte.
///
/// | layer      | counts | positions | impacts | in document length |
/// |------------|--------|-----------|---------|--------------------|
/// | word       | yes (0 for the whole of a compound) | yes | no  | yes |
/// | stem       | yes    | no        | yes     | yes                |
/// | raw        | 0      | yes       | no      | no (it is 0)       |
/// | title_*    | as above, for the words of the title alone, unweighted                |
/// | field_word | 0      | yes       | no      | no; text is name + '\0' + word |
/// | folded     | no postings: maps an accent-folded form to the words that fold to it  |
enum class TermLayer : char {
  folded = 'f',
  field_word = 'm',
  raw = 'r',
  stem = 's',
  word = 'w',
  title_raw = 'R',
  title_stem = 'S',
  title_word = 'W',
};

[[nodiscard]] inline std::string term_key(TermLayer layer, std::string_view text) {
  std::string key(1, static_cast<char>(layer));
  key.append(text);
  return key;
}
[[nodiscard]] inline TermLayer layer_of(std::string_view key) {
  return static_cast<TermLayer>(key.front());
}
[[nodiscard]] inline std::string_view text_of(std::string_view key) { return key.substr(1); }

/// The dictionary form of one word of a metadata field.
[[nodiscard]] inline std::string field_term_key(std::string_view field, std::string_view word) {
  std::string key(1, static_cast<char>(TermLayer::field_word));
  key.append(field);
  key.push_back('\0');
  key.append(word);
  return key;
}

/// A word longer than this many bytes is cut (at a code point) on both the index and the query
/// side; with prefix and field name a term stays below Xapian's 245 bytes.
inline constexpr std::size_t kMaxWordBytes = 160;
inline constexpr std::size_t kMaxFieldNameBytes = 60;

}  // namespace stemma
