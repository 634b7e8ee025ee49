// Normal forms of single words: NFC, and the accent-folded form under which words are compared when
// a reader types them without marks.
//
// fold(word) is what remains when accents are off, script by script as search does it:
//   Latin     all combining marks go (é → e, ạ̈ → a, ơ → o) and letters that Unicode does not
//   decompose
//             become what people type for them: the table in normalize.cpp (ß → ss, ø → o, ł → l,
//             œ → oe, æ → ae, đ ð → d, þ → th, ı → i, ſ → s, ħ → h, ŋ → n …).
//   Greek     all marks go (ά → α, ϊ → ι, ᾳ → α).
//   Cyrillic  ё → е and stress marks go; й ї ў ѓ ќ and all others are letters of their own: и and й
//             are told apart by every reader, е and ё by hardly any printer.
//   Hebrew    points and cantillation go, and geresh and gershayim.
//   Arabic    vowel signs, tatweel and the hamza or madda of an alef go.
//   Others    stay as they are: a Devanagari vowel sign, a Thai tone or a kana's dakuten is a
//   letter.
// ZWJ, ZWNJ and the Catalan middle dot go everywhere.
// fold(fold(w)) = fold(w).
#pragma once

#include <string>
#include <string_view>

namespace stemma::text {

[[nodiscard]] std::string to_nfc(std::string_view word);
[[nodiscard]] std::u32string to_nfc(std::u32string_view word);

/// Accents off, NFC and case-folded. Expects valid UTF-8; what is none becomes U+FFFD.
[[nodiscard]] std::string fold(std::string_view word);

/// The letters that fold() replaces by a table, as "from\tto\n" lines: part of the analyzer
/// fingerprint.
[[nodiscard]] std::string folding_table();

}  // namespace stemma::text
