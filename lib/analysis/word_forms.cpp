// The cache is a table a thread, of pairs of entries: a word lives in the pair that its hash names,
// the first place of which is for the word met last. An entry is one cache line and holds its
// bytes, so a hit costs one line, a comparison in steps of eight bytes and, where the stem is no
// prefix of the word, a copy.
#include "analysis/word_forms.h"

#include <libstemmer.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>

#include "base/prefetch.h"
#include "base/term.h"
#include "stemma/error.h"
#include "text/normalize.h"
#include "text/utf8.h"

namespace stemma::analysis {
namespace {

struct StemmerDeleter {
  void operator()(sb_stemmer* stemmer) const { sb_stemmer_delete(stemmer); }
};

struct alignas(64) CacheEntry {
  static constexpr std::size_t kBytes = 56;
  std::array<char, kBytes> bytes;  // word, padded; stem, stem_alt, folded
  std::uint8_t word_size;          // 0: no entry
  std::uint8_t stem_size;
  std::uint8_t alt_size;
  std::uint8_t folded_size;
  LanguageId language;
  bool prefix_stem;  // the stem is not kept: it is the first stem_size bytes of the word

  [[nodiscard]] std::string_view at(std::size_t begin, std::size_t size) const {
    return {bytes.data() + begin, size};
  }
  /// `word` is padded.
  [[nodiscard]] bool holds(std::string_view word, LanguageId wanted) const {
    if (word_size != word.size() || language != wanted) return false;
    std::uint64_t difference = 0;
    for (std::size_t i = 0; i < word.size(); i += 8) {
      difference |= eight_bytes(bytes.data() + i) ^ eight_bytes(word.data() + i);
    }
    return difference == 0;
  }
  static std::uint64_t eight_bytes(const char* from) {
    std::uint64_t value = 0;
    std::memcpy(&value, from, 8);
    return value;
  }
};
static_assert(sizeof(CacheEntry) == 64);

constexpr std::size_t kCachePairs = 32768;  // 4 MiB, of which only what is used is ever touched

/// Memory from calloc, whose pages come from the kernel as zeros when they are first touched: a
/// query of three words must not pay for clearing megabytes.
class Cache {
 public:
  Cache() : memory_(std::calloc(2 * kCachePairs + 1, sizeof(CacheEntry))) {
    static_assert(std::is_trivial_v<CacheEntry>);
    if (memory_ == nullptr) throw std::bad_alloc();
    void* aligned = memory_.get();
    std::size_t space = (2 * kCachePairs + 1) * sizeof(CacheEntry);
    entries_ = static_cast<CacheEntry*>(
        std::align(alignof(CacheEntry), 2 * kCachePairs * sizeof(CacheEntry), aligned, space));
  }
  [[nodiscard]] CacheEntry* pair(std::uint64_t hash) { return entries_ + 2 * (hash % kCachePairs); }

 private:
  struct Free {
    void operator()(void* memory) const { std::free(memory); }
  };
  std::unique_ptr<void, Free> memory_;
  CacheEntry* entries_ = nullptr;
};

/// What one thread keeps.
struct ThreadState {
  std::array<std::unique_ptr<sb_stemmer, StemmerDeleter>, 64> stemmers;
  Cache cache;
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
  std::uint64_t hash = language;
  for (std::size_t at = 0; at < word.size(); at += 8) {
    hash = (hash ^ CacheEntry::eight_bytes(word.data() + at)) * kOdd;
    hash ^= hash >> 32;
  }
  return hash;
}

struct OwnedForms {
  std::string stem;
  std::string stem_alt;
  std::string folded;
};

OwnedForms compute_forms(std::string_view word, LanguageId language) {
  OwnedForms forms;
  forms.stem = folded_stem(word, language);
  std::string folded = folded_of(word);
  if (!folded.empty()) {
    forms.stem_alt = folded_stem(folded, language);
    forms.folded = std::move(folded);
  }
  if (forms.stem.empty()) forms.stem = forms.folded.empty() ? word : forms.folded;
  if (forms.stem_alt == forms.stem) forms.stem_alt.clear();
  return forms;
}

void remember(CacheEntry* pair, std::string_view word, LanguageId language,
              const OwnedForms& forms) {
  const bool prefix = word.substr(0, forms.stem.size()) == forms.stem;
  const std::size_t stem_bytes = prefix ? 0 : forms.stem.size();
  const std::size_t word_bytes = Arena::padded_size(word.size());
  if (word_bytes + stem_bytes + forms.stem_alt.size() + forms.folded.size() > CacheEntry::kBytes) {
    return;
  }
  pair[1] = pair[0];
  CacheEntry& entry = pair[0];
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
  put({word.data(), word_bytes});
  if (!prefix) put(forms.stem);
  put(forms.stem_alt);
  put(forms.folded);
}

WordForms recall(const CacheEntry& entry, std::string_view word, Arena& arena) {
  WordForms forms;
  std::size_t at = Arena::padded_size(entry.word_size);
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

std::span<const text::Character> within_limit(std::span<const text::Character> word) {
  constexpr std::size_t kMaxCharacters = 1024;
  return word.first(std::min(word.size(), kMaxCharacters));
}

void read_word(std::string_view source, ByteRange range, text::CharacterReader& reader,
               std::vector<text::Character>& out) {
  const std::string_view piece =
      text::cut_utf8(source.substr(range.begin, range.end - range.begin), kMaxWordSourceBytes);
  reader.read(source, {range.begin, range.begin + static_cast<std::uint32_t>(piece.size())}, out);
}

std::string_view word_of(std::span<const text::Character> word, std::string& buffer) {
  buffer.clear();
  text::append_normal_form(within_limit(word), buffer);
  return text::cut_utf8(buffer, kMaxWordBytes);
}

std::string folded_of(std::string_view word) {
  if (text::is_ascii(word)) return {};
  std::string folded = text::fold(word);
  // A word of marks alone folds to nothing; it is searched by itself then.
  if (folded == word) folded.clear();
  return folded;
}

WordForms forms_of(std::string_view word, LanguageId language, Arena& arena) {
  if (word.empty()) return {};
  CacheEntry* pair = thread_state().cache.pair(hash_of(word, language));
  if (pair[0].holds(word, language)) return recall(pair[0], word, arena);
  if (pair[1].holds(word, language)) {
    std::swap(pair[0], pair[1]);
    return recall(pair[0], word, arena);
  }
  const OwnedForms forms = compute_forms(word, language);
  remember(pair, word, language, forms);
  return {arena.copy(forms.stem), arena.copy(forms.stem_alt), arena.copy(forms.folded)};
}

void prefetch_forms(std::string_view word, LanguageId language) {
  prefetch(thread_state().cache.pair(hash_of(word, language)));
}

std::string snowball_stem(std::string_view word, LanguageId language) {
  return std::string(stem_by_snowball(word, language));
}

}  // namespace stemma::analysis
