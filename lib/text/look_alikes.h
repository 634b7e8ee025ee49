// Letters of other scripts that are drawn like Latin letters, and when to read them as Latin.
//
// Copies of articles are hidden from search by putting Cyrillic е for Latin e. Reading every such
// letter as Latin would destroy real Russian: 3.4 % of the words of Russian text are made of
// look-alikes alone (с, он, хор …). But only 0.45 % of the *runs* of Russian words are. So the
// decision is one per word, from its own letters, then its neighbours, then its document:
//
//   mixed word (weаpons): all its foreign letters have Latin doubles, or all its Latin letters have
//     foreign doubles: it goes where it can. Both ways are open: it goes with its neighbours of the
//     same sentence, up to three on each side, and if these differ or there are none, with the
//     document. Neither way: it stays (Яndex).
//   whole word of look-alikes (сосоа): read as Latin if no neighbour of the same script has a
//   letter
//     without double and at least 60 % of the document's telling letters are Latin.
//   any other word stays. A wholly Latin word stays in every document: it may be a name.
//
// A *telling* letter has no double in the other script (d, ж): counting all letters would call an
// English text with every a, c, e, i, o, p, s, x, y replaced half Russian.
// Science writes Greek into Latin words (IFNα, TNF-α): a single small Greek letter is no word in
// disguise, nor are small Greek letters after Latin capitals.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "text/character.h"
#include "text/characters.h"

namespace stemma::text {

/// What the letters of one word say about its script.
struct WordScripts {
  std::uint16_t latin = 0;  ///< Latin letters
  std::uint16_t latin_telling =
      0;                      ///< those without a double in `foreign_script` (Cyrillic if none)
  std::uint16_t foreign = 0;  ///< letters of `foreign_script`
  std::uint16_t foreign_telling = 0;  ///< those without a Latin double
  Script foreign_script = Script::none;
  bool several_foreign = false;  ///< as Greek and Cyrillic in one word
  bool other_letters = false;    ///< letters of a script without look-alikes
  bool scientific = false;       ///< Greek as in IFNα or a lone α: never folded
  bool starts_sentence = false;

  [[nodiscard]] bool mixed() const { return latin > 0 && foreign > 0; }
  /// Might be folded: mixed, or foreign and made of look-alikes alone.
  [[nodiscard]] bool doubtful() const {
    return foreign > 0 && !other_letters && !scientific && (latin > 0 || foreign_telling == 0);
  }
  [[nodiscard]] bool can_be_latin() const { return doubtful() && foreign_telling == 0; }
  [[nodiscard]] bool can_be_foreign() const {
    return doubtful() && !several_foreign && latin_telling == 0 &&
           foreign_script != Script::phonetic && foreign_script != Script::armenian &&
           foreign_script != Script::cherokee;
  }
};

[[nodiscard]] WordScripts scripts_of(std::span<const Character> word);

enum class LookAlikeFold : std::uint8_t { keep, to_latin, to_foreign };

/// One decision for each word; `words` are the words of one document in order.
[[nodiscard]] std::vector<LookAlikeFold> decide_look_alikes(std::span<const WordScripts> words);

/// The Latin double of a letter of another script, or `code` itself.
[[nodiscard]] char32_t latin_double(char32_t code);
/// The double of a Latin letter in Cyrillic or Greek, or `code` itself.
[[nodiscard]] char32_t foreign_double(char32_t code, Script script);
/// `code` read as the decision says.
[[nodiscard]] char32_t folded_look_alike(char32_t code, LookAlikeFold fold, Script script);

/// The table: pairs of a look-alike and its Latin double, case kept.
struct LookAlikePair {
  char32_t foreign = 0;
  char32_t latin = 0;
};
[[nodiscard]] std::span<const LookAlikePair> look_alike_table();

}  // namespace stemma::text
