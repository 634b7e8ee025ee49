// From a word to what it is searched by: its stems and its accent-folded form.
//
//   stem      fold(stem(word))
//   stem_alt  fold(stem(fold(word))), since a stemmer takes other endings off an unaccented
//   spelling:
//             without it `resume` misses résumé in some language
//   folded    fold(word)
// A stemmer of libstemmer keeps state between calls, so each thread has its own; and each thread
// remembers the forms of the words it met last, for a text repeats its words.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/arena.h"
#include "analysis/languages.h"
#include "stemma/types.h"
#include "text/characters.h"

namespace stemma::analysis {

/// A word is read from at most this many bytes of text, and of its first 1,024 characters the first
/// kMaxWordBytes bytes of normal form count: a megabyte of letters or marks is a word too, and must
/// cost no more than a long one.
inline constexpr std::uint32_t kMaxWordSourceBytes = 32768;

/// The characters of `word` that count.
[[nodiscard]] std::span<const text::Character> within_limit(std::span<const text::Character> word);
/// Characters of bytes `range` of `source`, within that limit.
void read_word(std::string_view source, ByteRange range, text::CharacterReader& reader,
               std::vector<text::Character>& out);
/// The normal form of the characters within the limit, at most kMaxWordBytes of it, in `buffer`.
[[nodiscard]] std::string_view word_of(std::span<const text::Character> word, std::string& buffer);

/// Views into the arena or into the word.
struct WordForms {
  std::string_view stem;      ///< never empty for a word that is not
  std::string_view stem_alt;  ///< empty if equal to stem
  std::string_view folded;    ///< empty if equal to the word
};

/// `word` is a normal form in the arena, padded (Arena::copy_padded). Without a language the stem
/// is fold(word).
[[nodiscard]] WordForms forms_of(std::string_view word, LanguageId language, Arena& arena);

/// The accent-folded form alone; empty if equal to the word.
[[nodiscard]] std::string folded_of(std::string_view word);

/// Asks for the memory that forms_of(word, language, …) will read first, without waiting for it.
void prefetch_forms(std::string_view word, LanguageId language);

/// What libstemmer says, no more: for the fingerprint and for tests.
[[nodiscard]] std::string snowball_stem(std::string_view word, LanguageId language);

}  // namespace stemma::analysis
