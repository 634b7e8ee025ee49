#include "analysis/plain_words.h"

#include <algorithm>

#include "analysis/query_words.h"

namespace stemma::analysis {
namespace {

constexpr std::size_t kMostBytes = 64;  // far below kMaxWordBytes: such words are never cut

bool is_digit(char byte) { return byte >= '0' && byte <= '9'; }

}  // namespace

PlainWords::PlainWords(const Analyzer& analyzer, const std::vector<std::string>& languages)
    : splits_only_(analyzer.options().analyzer == AnalyzerKind::none),
      analyzer_(analyzer),
      languages_(languages) {}

// `122mm` is two words for the tokenizer.
bool PlainWords::takes(std::string_view word) const {
  if (word.empty() || word.size() > kMostBytes) return false;
  return splits_only_ || !is_digit(word.front()) || std::all_of(word.begin(), word.end(), is_digit);
}

std::string PlainWords::form(std::string_view word) const {
  std::string form(word);
  if (splits_only_) return form;
  // Letters and digits only: bit 5 makes letters small, and digits have it.
  for (char& byte : form) byte = static_cast<char>(byte | 0x20);
  return form;
}

std::vector<std::string> PlainWords::stems(std::string_view form) {
  if (splits_only_) return {};
  if (!arena_) {
    arena_.emplace(4 * kMostBytes);
    ids_ = query_languages(analyzer_, languages_);
  }
  std::vector<std::string> stems;
  stems.reserve(ids_.size());
  append_stems(form, ids_, *arena_, stems);
  return stems;
}

}  // namespace stemma::analysis
