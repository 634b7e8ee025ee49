// A query has no run of words that could decide what a doubtful letter is, so a doubtful word gets
// all its readings: as Latin, as Cyrillic or Greek, and as typed.
#include "analysis/query_words.h"

#include <algorithm>
#include <string>

#include "analysis/arena.h"
#include "analysis/tokenizer.h"
#include "analysis/word_forms.h"
#include "text/look_alikes.h"
#include "text/normalize.h"
#include "text/utf8.h"

namespace stemma::analysis {
namespace {

using text::Character;
using text::LookAlikeFold;

std::vector<Character> characters_of(std::string_view query, const Token& token, bool keep_hidden) {
  std::vector<Character> characters;
  text::CharacterReader reader;
  reader.keep_hidden = keep_hidden;
  read_word(query, token.bytes, reader, characters);
  // Only initials are written with dots and indexed without.
  if (!token.is_whole && token.word.find('.') == std::string_view::npos) {
    std::erase_if(characters, [](const Character& c) { return c.code == kInitialsDot; });
  }
  return characters;
}

std::string normal_form(const std::vector<Character>& characters) {
  std::string buffer;
  return std::string(word_of(characters, buffer));
}

void add_new(std::vector<std::string>& all, std::string form) {
  if (std::find(all.begin(), all.end(), form) == all.end()) all.push_back(std::move(form));
}

/// `token` with each of its parts read as `fold` says, where that part can be.
std::string reading(std::string_view query, const Token& token, std::span<const Token> parts,
                    LookAlikeFold fold) {
  std::vector<Character> characters = characters_of(query, token, false);
  for (const Token& part : parts) {
    const text::WordScripts scripts = text::scripts_of(characters_of(query, part, false));
    const bool possible = fold == LookAlikeFold::to_latin
                              ? scripts.can_be_latin()
                              : scripts.can_be_foreign() && scripts.mixed();
    if (!possible) continue;
    for (Character& character : characters) {
      if (character.bytes.begin < part.bytes.begin || character.bytes.end > part.bytes.end)
        continue;
      character.code = text::folded_look_alike(character.code, fold, scripts.foreign_script);
    }
  }
  return normal_form(characters);
}

}  // namespace

std::vector<LanguageId> query_languages(const Analyzer& analyzer,
                                        const std::vector<std::string>& languages) {
  std::vector<LanguageId> ids;
  ids.reserve(languages.size() + 1);
  for (const std::string& language : languages) ids.push_back(find_language(language));
  if (ids.empty()) ids.push_back(find_language(analyzer.options().language));
  return ids;
}

void append_stems(std::string_view form, const std::vector<LanguageId>& languages, Arena& arena,
                  std::vector<std::string>& stems) {
  const std::string_view padded = arena.copy_padded(form);
  for (const LanguageId language : languages) {
    const WordForms forms = forms_of(padded, language, arena);
    stems.emplace_back(forms.stem);
    if (!forms.stem_alt.empty()) stems.emplace_back(forms.stem_alt);
  }
  std::sort(stems.begin(), stems.end());
  stems.erase(std::unique(stems.begin(), stems.end()), stems.end());
}

std::vector<QueryWord> query_words(std::string_view text,
                                   const std::vector<LanguageId>& languages) {
  AnalyzedText found;
  Arena arena(text.size() + 64);
  TokenizerMode mode;
  mode.stems = false;
  mode.single_characters = false;
  Tokenizer tokenizer(found, arena, mode);
  tokenizer.add(Field::body, text, 1);
  std::vector<QueryWord> words;
  words.reserve(found.tokens.size());
  const std::span<const Token> tokens(found.tokens);
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    const Token& token = tokens[at];
    QueryWord& word = words.emplace_back();
    word.text = text.substr(token.bytes.begin, token.bytes.end - token.bytes.begin);
    word.bytes = token.bytes;
    word.slot = token.position - 1;
    word.is_whole = token.is_whole;
    std::size_t end = at + 1;
    if (token.is_whole) {
      while (end < tokens.size() && !tokens[end].is_whole &&
             tokens[end].bytes.end <= token.bytes.end) {
        ++end;
      }
    }
    const auto parts =
        token.is_whole ? tokens.subspan(at + 1, end - at - 1) : tokens.subspan(at, 1);
    if (!text::is_ascii(word.text)) {
      add_new(word.words, reading(text, token, parts, LookAlikeFold::to_latin));
      // Both readings of a whole with doubtful parts; the one that folds nothing comes last.
      const std::string typed(token.word);
      const bool folds_to_latin = word.words.front() != typed;
      if (!folds_to_latin) word.words.clear();
      std::string foreign = reading(text, token, parts, LookAlikeFold::to_foreign);
      if (foreign != typed) add_new(word.words, std::move(foreign));
    }
    add_new(word.words, std::string(token.word));
    word.raw = text::is_ascii(word.text) ? std::string(token.word)
                                         : normal_form(characters_of(text, token, true));
    for (const std::string& form : word.words) add_new(word.folded, text::fold(form));
    if (token.is_whole) continue;
    for (const std::string& form : word.words) append_stems(form, languages, arena, word.stems);
  }
  return words;
}

}  // namespace stemma::analysis
