// The cache is a direct-mapped table a thread: one entry a slot, the newest wins. Its entries hold
// their bytes, so a hit costs a hash, a comparison and, where the stem is no prefix of the word, a
// copy.
#include "analysis/word_forms.h"

#include <libstemmer.h>

#include <array>
#include <cstdint>
#include <cstring>
#include <memory>

#include "base/term.h"
#include "stemma/error.h"
#include "text/normalize.h"
#include "text/utf8.h"

namespace stemma::analysis {
namespace {

struct StemmerDeleter {
  void operator()(sb_stemmer* stemmer) const { sb_stemmer_delete(stemmer); }
};

struct CacheEntry {
  static constexpr std::size_t kBytes = 121;
  std::uint8_t word_size = 0;  // 0: no entry
  std::uint8_t stem_size = 0;
  std::uint8_t alt_size = 0;
  std::uint8_t folded_size = 0;
  LanguageId language = kNoLanguage;
  bool prefix_stem = false;  // the stem is not kept: it is the first stem_size bytes of the word
  std::array<char, kBytes> bytes;  // word, stem, stem_alt, folded

  [[nodiscard]] std::string_view at(std::size_t begin, std::size_t size) const {
    return {bytes.data() + begin, size};
  }
};

constexpr std::size_t kCacheEntries = 8192;

/// What one thread keeps.
struct ThreadState {
  std::array<std::unique_ptr<sb_stemmer, StemmerDeleter>, 64> stemmers;
  std::unique_ptr<CacheEntry[]> cache = std::make_unique<CacheEntry[]>(kCacheEntries);
};

ThreadState& thread_state() {
  thread_local ThreadState state;
  return state;
}

std::string_view stem_by_snowball(std::string_view word, LanguageId language) {
  auto& stemmer = thread_state().stemmers[language];
  if (!stemmer) {
    const std::string name(language_table()[language].snowball);
    stemmer.reset(sb_stemmer_new(name.c_str(), "UTF_8"));
    if (!stemmer) {
      throw Error(Error::Kind::invalid_argument, "libstemmer has no stemmer for " + name,
                  "install libstemmer 2.2 or newer");
    }
  }
  const sb_symbol* stem =
      sb_stemmer_stem(stemmer.get(), reinterpret_cast<const sb_symbol*>(word.data()),
                      static_cast<int>(word.size()));
  if (stem == nullptr) throw std::bad_alloc();
  return {reinterpret_cast<const char*>(stem),
          static_cast<std::size_t>(sb_stemmer_length(stemmer.get()))};
}

std::string folded_stem(std::string_view word, LanguageId language) {
  if (language == kNoLanguage) return text::fold(word);
  return text::fold(stem_by_snowball(word, language));
}

std::uint64_t hash_of(std::string_view word, LanguageId language) {
  constexpr std::uint64_t kOdd = 0x9e37'79b9'7f4a'7c15U;
  std::uint64_t hash = kOdd * (language + 1U);
  std::size_t at = 0;
  for (; at + 8 <= word.size(); at += 8) {
    std::uint64_t piece = 0;
    std::memcpy(&piece, word.data() + at, 8);
    hash = (hash ^ piece) * kOdd;
    hash ^= hash >> 32;
  }
  std::uint64_t rest = 0;
  std::memcpy(&rest, word.data() + at, word.size() - at);
  hash = (hash ^ rest ^ (static_cast<std::uint64_t>(word.size()) << 56)) * kOdd;
  return hash ^ (hash >> 29);
}

struct OwnedForms {
  std::string stem;
  std::string stem_alt;
  std::string folded;
};

OwnedForms compute_forms(std::string_view word, LanguageId language) {
  OwnedForms forms;
  forms.stem = folded_stem(word, language);
  const bool plain = text::is_ascii(word);
  std::string folded = plain ? std::string() : text::fold(word);
  // A word of marks alone folds to nothing; it is searched by itself then.
  if (folded == word || folded.empty()) folded.clear();
  if (!folded.empty()) {
    forms.stem_alt = folded_stem(folded, language);
    forms.folded = std::move(folded);
  }
  if (forms.stem.empty()) forms.stem = forms.folded.empty() ? word : forms.folded;
  if (forms.stem_alt == forms.stem) forms.stem_alt.clear();
  return forms;
}

void remember(CacheEntry& entry, std::string_view word, LanguageId language,
              const OwnedForms& forms) {
  const bool prefix = word.substr(0, forms.stem.size()) == forms.stem;
  const std::size_t stem_bytes = prefix ? 0 : forms.stem.size();
  if (word.size() + stem_bytes + forms.stem_alt.size() + forms.folded.size() > CacheEntry::kBytes) {
    return;
  }
  entry.word_size = static_cast<std::uint8_t>(word.size());
  entry.stem_size = static_cast<std::uint8_t>(forms.stem.size());
  entry.alt_size = static_cast<std::uint8_t>(forms.stem_alt.size());
  entry.folded_size = static_cast<std::uint8_t>(forms.folded.size());
  entry.language = language;
  entry.prefix_stem = prefix;
  char* next = entry.bytes.data();
  const auto put = [&next](std::string_view piece) {
    std::memcpy(next, piece.data(), piece.size());
    next += piece.size();
  };
  put(word);
  if (!prefix) put(forms.stem);
  put(forms.stem_alt);
  put(forms.folded);
}

WordForms recall(const CacheEntry& entry, std::string_view word, Arena& arena) {
  WordForms forms;
  std::size_t at = entry.word_size;
  const auto take = [&](std::size_t size) {
    const std::string_view piece = size == 0 ? std::string_view() : arena.copy(entry.at(at, size));
    at += size;
    return piece;
  };
  forms.stem = entry.prefix_stem ? word.substr(0, entry.stem_size) : take(entry.stem_size);
  forms.stem_alt = take(entry.alt_size);
  forms.folded = take(entry.folded_size);
  return forms;
}

}  // namespace

WordForms forms_of(std::string_view word, LanguageId language, Arena& arena) {
  if (word.empty()) return {};
  CacheEntry& entry = thread_state().cache[hash_of(word, language) % kCacheEntries];
  if (entry.word_size == word.size() && entry.language == language &&
      std::memcmp(entry.bytes.data(), word.data(), word.size()) == 0) {
    return recall(entry, word, arena);
  }
  const OwnedForms forms = compute_forms(word, language);
  remember(entry, word, language, forms);
  return {arena.copy(forms.stem), arena.copy(forms.stem_alt), arena.copy(forms.folded)};
}

std::string snowball_stem(std::string_view word, LanguageId language) {
  return std::string(stem_by_snowball(word, language));
}

}  // namespace stemma::analysis
