// The table was chosen from Unicode's list of confusable characters (UTS #39) by hand: letters
// only, never a letter for a digit, never one Latin letter for another, and none that merely
// resembles (к, т, н, в, κ, τ, γ): each such pair would make more real words doubtful.
#include "text/look_alikes.h"

#include <algorithm>
#include <array>

namespace stemma::text {
namespace {

constexpr std::array kTable = {
    LookAlikePair{0x0251, U'a'},  // ɑ
    LookAlikePair{0x0261, U'g'},  // ɡ
    LookAlikePair{0x037f, U'J'},  // Ϳ
    LookAlikePair{0x0391, U'A'},  // Α
    LookAlikePair{0x0392, U'B'},  // Β
    LookAlikePair{0x0395, U'E'},  // Ε
    LookAlikePair{0x0396, U'Z'},  // Ζ
    LookAlikePair{0x0397, U'H'},  // Η
    LookAlikePair{0x0399, U'I'},  // Ι
    LookAlikePair{0x039a, U'K'},  // Κ
    LookAlikePair{0x039c, U'M'},  // Μ
    LookAlikePair{0x039d, U'N'},  // Ν
    LookAlikePair{0x039f, U'O'},  // Ο
    LookAlikePair{0x03a1, U'P'},  // Ρ
    LookAlikePair{0x03a4, U'T'},  // Τ
    LookAlikePair{0x03a5, U'Y'},  // Υ
    LookAlikePair{0x03a7, U'X'},  // Χ
    LookAlikePair{0x03b1, U'a'},  // α
    LookAlikePair{0x03b9, U'i'},  // ι
    LookAlikePair{0x03bd, U'v'},  // ν
    LookAlikePair{0x03bf, U'o'},  // ο
    LookAlikePair{0x03c1, U'p'},  // ρ
    LookAlikePair{0x03c5, U'u'},  // υ
    LookAlikePair{0x03f2, U'c'},  // ϲ
    LookAlikePair{0x03f3, U'j'},  // ϳ
    LookAlikePair{0x03f9, U'C'},  // Ϲ
    LookAlikePair{0x0405, U'S'},  // Ѕ
    LookAlikePair{0x0406, U'I'},  // І
    LookAlikePair{0x0408, U'J'},  // Ј
    LookAlikePair{0x0410, U'A'},  // А
    LookAlikePair{0x0412, U'B'},  // В
    LookAlikePair{0x0415, U'E'},  // Е
    LookAlikePair{0x041a, U'K'},  // К
    LookAlikePair{0x041c, U'M'},  // М
    LookAlikePair{0x041d, U'H'},  // Н
    LookAlikePair{0x041e, U'O'},  // О
    LookAlikePair{0x0420, U'P'},  // Р
    LookAlikePair{0x0421, U'C'},  // С
    LookAlikePair{0x0422, U'T'},  // Т
    LookAlikePair{0x0423, U'Y'},  // У
    LookAlikePair{0x0425, U'X'},  // Х
    LookAlikePair{0x0430, U'a'},  // а
    LookAlikePair{0x0435, U'e'},  // е
    LookAlikePair{0x043e, U'o'},  // о
    LookAlikePair{0x0440, U'p'},  // р
    LookAlikePair{0x0441, U'c'},  // с
    LookAlikePair{0x0443, U'y'},  // у
    LookAlikePair{0x0445, U'x'},  // х
    LookAlikePair{0x0455, U's'},  // ѕ
    LookAlikePair{0x0456, U'i'},  // і
    LookAlikePair{0x0458, U'j'},  // ј
    LookAlikePair{0x0474, U'V'},  // Ѵ
    LookAlikePair{0x0475, U'v'},  // ѵ
    LookAlikePair{0x04ae, U'Y'},  // Ү
    LookAlikePair{0x04af, U'y'},  // ү
    LookAlikePair{0x04bb, U'h'},  // һ
    LookAlikePair{0x04c0, U'I'},  // Ӏ
    LookAlikePair{0x04cf, U'l'},  // ӏ
    LookAlikePair{0x0501, U'd'},  // ԁ
    LookAlikePair{0x050c, U'G'},  // Ԍ
    LookAlikePair{0x051a, U'Q'},  // Ԛ
    LookAlikePair{0x051b, U'q'},  // ԛ
    LookAlikePair{0x051c, U'W'},  // Ԝ
    LookAlikePair{0x051d, U'w'},  // ԝ
    LookAlikePair{0x053c, U'L'},  // Լ
    LookAlikePair{0x054d, U'U'},  // Ս
    LookAlikePair{0x054f, U'S'},  // Տ
    LookAlikePair{0x0555, U'O'},  // Օ
    LookAlikePair{0x0570, U'h'},  // հ
    LookAlikePair{0x0578, U'n'},  // ո
    LookAlikePair{0x057d, U'u'},  // ս
    LookAlikePair{0x0581, U'g'},  // ց
    LookAlikePair{0x0585, U'o'},  // օ
    LookAlikePair{0x13a0, U'D'},  // Ꭰ
    LookAlikePair{0x13a1, U'R'},  // Ꭱ
    LookAlikePair{0x13a2, U'T'},  // Ꭲ
    LookAlikePair{0x13aa, U'A'},  // Ꭺ
    LookAlikePair{0x13ab, U'J'},  // Ꭻ
    LookAlikePair{0x13ac, U'E'},  // Ꭼ
    LookAlikePair{0x13b3, U'W'},  // Ꮃ
    LookAlikePair{0x13b7, U'M'},  // Ꮇ
    LookAlikePair{0x13bb, U'H'},  // Ꮋ
    LookAlikePair{0x13bd, U'Y'},  // Ꮍ
    LookAlikePair{0x13c0, U'G'},  // Ꮐ
    LookAlikePair{0x13c3, U'Z'},  // Ꮓ
    LookAlikePair{0x13d9, U'V'},  // Ꮩ
    LookAlikePair{0x13da, U'S'},  // Ꮪ
    LookAlikePair{0x13de, U'L'},  // Ꮮ
    LookAlikePair{0x13df, U'C'},  // Ꮯ
    LookAlikePair{0x13e2, U'P'},  // Ꮲ
    LookAlikePair{0x13e6, U'K'},  // Ꮶ
    LookAlikePair{0x13f4, U'B'},  // Ᏼ
    LookAlikePair{0x1d04, U'c'},  // ᴄ
    LookAlikePair{0x1d0f, U'o'},  // ᴏ
    LookAlikePair{0x1d20, U'v'},  // ᴠ
    LookAlikePair{0x1d21, U'w'},  // ᴡ
    LookAlikePair{0x1d22, U'z'},  // ᴢ
};

// Where a Latin letter is read as Cyrillic or Greek: letters of living alphabets only, none of
// which is rare there (ѕ and ԁ would turn "USB" into nonsense).
constexpr std::array kCyrillic = {
    LookAlikePair{U'а', U'a'}, LookAlikePair{U'е', U'e'}, LookAlikePair{U'о', U'o'},
    LookAlikePair{U'р', U'p'}, LookAlikePair{U'с', U'c'}, LookAlikePair{U'у', U'y'},
    LookAlikePair{U'х', U'x'}, LookAlikePair{U'і', U'i'}, LookAlikePair{U'ј', U'j'},
    LookAlikePair{U'А', U'A'}, LookAlikePair{U'В', U'B'}, LookAlikePair{U'Е', U'E'},
    LookAlikePair{U'К', U'K'}, LookAlikePair{U'М', U'M'}, LookAlikePair{U'Н', U'H'},
    LookAlikePair{U'О', U'O'}, LookAlikePair{U'Р', U'P'}, LookAlikePair{U'С', U'C'},
    LookAlikePair{U'Т', U'T'}, LookAlikePair{U'У', U'Y'}, LookAlikePair{U'Х', U'X'},
    LookAlikePair{U'І', U'I'}, LookAlikePair{U'Ј', U'J'},
};
constexpr std::array kGreek = {
    LookAlikePair{U'α', U'a'}, LookAlikePair{U'ι', U'i'}, LookAlikePair{U'ν', U'v'},
    LookAlikePair{U'ο', U'o'}, LookAlikePair{U'ρ', U'p'}, LookAlikePair{U'υ', U'u'},
    LookAlikePair{U'Α', U'A'}, LookAlikePair{U'Β', U'B'}, LookAlikePair{U'Ε', U'E'},
    LookAlikePair{U'Ζ', U'Z'}, LookAlikePair{U'Η', U'H'}, LookAlikePair{U'Ι', U'I'},
    LookAlikePair{U'Κ', U'K'}, LookAlikePair{U'Μ', U'M'}, LookAlikePair{U'Ν', U'N'},
    LookAlikePair{U'Ο', U'O'}, LookAlikePair{U'Ρ', U'P'}, LookAlikePair{U'Τ', U'T'},
    LookAlikePair{U'Υ', U'Y'}, LookAlikePair{U'Χ', U'X'},
};

bool is_foreign(Script script) {
  return script == Script::greek || script == Script::cyrillic || script == Script::armenian ||
         script == Script::cherokee || script == Script::phonetic;
}

/// Where the telling letters of the document point.
struct DocumentScripts {
  std::uint64_t latin = 0;
  std::uint64_t foreign = 0;
  [[nodiscard]] bool is_latin() const { return latin * 10 >= (latin + foreign) * 6; }
};

DocumentScripts document_scripts(std::span<const WordScripts> words) {
  DocumentScripts telling;
  DocumentScripts all;
  for (const WordScripts& word : words) {
    telling.latin += word.latin_telling;
    telling.foreign += word.foreign_telling;
    all.latin += word.latin;
    all.foreign += word.foreign;
  }
  return telling.latin + telling.foreign > 0 ? telling : all;
}

/// Calls visit(word) for the words before or after `at` in its sentence, nearest first, that have
/// letters, until visit returns false or three were seen.
template <class Visit>
void for_neighbours(std::span<const WordScripts> words, std::size_t at, bool before, Visit visit) {
  int seen = 0;
  while (seen < 3) {
    if (before ? (at == 0 || words[at].starts_sentence)
               : (at + 1 == words.size() || words[at + 1].starts_sentence)) {
      return;
    }
    at = before ? at - 1 : at + 1;
    const WordScripts& word = words[at];
    if (word.latin == 0 && word.foreign == 0 && !word.other_letters) continue;  // a number
    ++seen;
    if (!visit(word)) return;
  }
}

bool run_has_telling_letter(std::span<const WordScripts> words, std::size_t at) {
  bool found = false;
  for (const bool before : {true, false}) {
    for_neighbours(words, at, before, [&](const WordScripts& word) {
      const bool same_run = word.latin == 0 && word.foreign_script == words[at].foreign_script;
      found = found || (same_run && word.foreign_telling > 0);
      return same_run;
    });
  }
  return found;
}

/// Above 0: the neighbours are Latin, below: foreign.
int vote_of_neighbours(std::span<const WordScripts> words, std::size_t at) {
  int vote = 0;
  for (const bool before : {true, false}) {
    for_neighbours(words, at, before, [&](const WordScripts& word) {
      if (word.latin_telling > 0 && word.foreign_telling == 0) ++vote;
      if (word.foreign_telling > 0 && word.latin_telling == 0) --vote;
      return true;
    });
  }
  return vote;
}

LookAlikeFold decide_one(std::span<const WordScripts> words, std::size_t at, bool latin_document) {
  const WordScripts& word = words[at];
  if (!word.mixed()) {
    const bool fold = word.can_be_latin() && word.foreign_script != Script::phonetic &&
                      latin_document && !run_has_telling_letter(words, at);
    return fold ? LookAlikeFold::to_latin : LookAlikeFold::keep;
  }
  if (word.can_be_latin() && word.can_be_foreign()) {
    const int vote = vote_of_neighbours(words, at);
    const bool latin = vote != 0 ? vote > 0 : latin_document;
    return latin ? LookAlikeFold::to_latin : LookAlikeFold::to_foreign;
  }
  if (word.can_be_latin()) return LookAlikeFold::to_latin;
  return word.can_be_foreign() ? LookAlikeFold::to_foreign : LookAlikeFold::keep;
}

}  // namespace

WordScripts scripts_of(std::span<const Character> word) {
  WordScripts result;
  bool small_greek = false;
  bool small_latin = false;
  for (const Character& character : word) {
    const CharacterInfo& known = info(character.code);
    if (known.script == Script::none) continue;
    if (known.script == Script::latin) {
      ++result.latin;
      small_latin = small_latin || !known.upper;
    } else if (is_foreign(known.script)) {
      if (result.foreign == 0) result.foreign_script = known.script;
      result.several_foreign = result.several_foreign || result.foreign_script != known.script;
      ++result.foreign;
      if (!known.look_alike) ++result.foreign_telling;
      small_greek = small_greek || (known.script == Script::greek && known.lower);
    } else {
      result.other_letters = true;
    }
  }
  const Script other_side = result.foreign > 0 ? result.foreign_script : Script::cyrillic;
  for (const Character& character : word) {
    if (info(character.code).script == Script::latin &&
        foreign_double(character.code, other_side) == character.code) {
      ++result.latin_telling;
    }
  }
  const bool lone = result.latin == 0 && result.foreign == 1;
  result.scientific = small_greek && (lone || (result.latin > 0 && !small_latin));
  return result;
}

std::vector<LookAlikeFold> decide_look_alikes(std::span<const WordScripts> words) {
  const bool latin_document = document_scripts(words).is_latin();
  std::vector<LookAlikeFold> decisions(words.size(), LookAlikeFold::keep);
  for (std::size_t at = 0; at < words.size(); ++at) {
    if (words[at].doubtful()) decisions[at] = decide_one(words, at, latin_document);
  }
  return decisions;
}

char32_t latin_double(char32_t code) {
  const auto* at = std::lower_bound(
      kTable.begin(), kTable.end(), code,
      [](const LookAlikePair& pair, char32_t wanted) { return pair.foreign < wanted; });
  return at != kTable.end() && at->foreign == code ? at->latin : code;
}

char32_t foreign_double(char32_t code, Script script) {
  const std::span<const LookAlikePair> pairs =
      script == Script::cyrillic ? std::span<const LookAlikePair>(kCyrillic)
      : script == Script::greek  ? std::span<const LookAlikePair>(kGreek)
                                 : std::span<const LookAlikePair>();
  for (const LookAlikePair& pair : pairs) {
    if (pair.latin == code) return pair.foreign;
  }
  return code;
}

char32_t folded_look_alike(char32_t code, LookAlikeFold fold, Script script) {
  switch (fold) {
    case LookAlikeFold::to_latin:
      return latin_double(code);
    case LookAlikeFold::to_foreign:
      return foreign_double(code, script);
    case LookAlikeFold::keep:
      break;
  }
  return code;
}

std::span<const LookAlikePair> look_alike_table() { return kTable; }

}  // namespace stemma::text
