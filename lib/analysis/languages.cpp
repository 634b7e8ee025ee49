// libstemmer 2.2 knows one algorithm more, "porter": an older stemmer of English, no language.
#include "analysis/languages.h"

#include <array>
#include <string>

#include "analysis/analyzer.h"

namespace stemma::analysis {
namespace {

constexpr std::array kLanguages = {
    Language{"ar", "arabic", "ara"},
    Language{"ca", "catalan", "cat valencian"},
    Language{"da", "danish", "dan"},
    Language{"de", "german", "deu ger deutsch"},
    Language{"el", "greek", "ell gre"},
    Language{"en", "english", "eng"},
    Language{"es", "spanish", "spa castilian"},
    Language{"eu", "basque", "eus baq"},
    Language{"fi", "finnish", "fin"},
    Language{"fr", "french", "fra fre"},
    Language{"ga", "irish", "gle gaelic"},
    Language{"hi", "hindi", "hin"},
    Language{"hu", "hungarian", "hun"},
    Language{"hy", "armenian", "hye arm"},
    Language{"id", "indonesian", "ind"},
    Language{"it", "italian", "ita"},
    Language{"lt", "lithuanian", "lit"},
    Language{"ne", "nepali", "nep"},
    Language{"nl", "dutch", "nld dut flemish"},
    Language{"no", "norwegian", "nor nb nob nn nno bokmal nynorsk"},
    Language{"pt", "portuguese", "por"},
    Language{"ro", "romanian", "ron rum mo mol moldavian"},
    Language{"ru", "russian", "rus"},
    Language{"sr", "serbian", "srp scc"},
    Language{"sv", "swedish", "swe"},
    Language{"ta", "tamil", "tam"},
    Language{"tr", "turkish", "tur"},
    Language{"yi", "yiddish", "yid"},
};

bool has_alias(std::string_view aliases, std::string_view name) {
  while (!aliases.empty()) {
    const std::size_t end = aliases.find(' ');
    if (aliases.substr(0, end) == name) return true;
    if (end == std::string_view::npos) return false;
    aliases.remove_prefix(end + 1);
  }
  return false;
}

}  // namespace

std::span<const Language> language_table() { return kLanguages; }

LanguageId find_language(std::string_view name) {
  // Mostly a canonical name, as it stands in the table. No alias is another language's code.
  for (std::size_t i = 0; i < kLanguages.size(); ++i) {
    if (name == kLanguages[i].code) return static_cast<LanguageId>(i);
  }
  std::string lower(name.substr(0, name.find_first_of("-_")));
  for (char& byte : lower) {
    if (byte >= 'A' && byte <= 'Z') byte = static_cast<char>(byte + ('a' - 'A'));
  }
  if (lower.empty()) return kNoLanguage;
  for (std::size_t i = 0; i < kLanguages.size(); ++i) {
    const Language& language = kLanguages[i];
    if (lower == language.code || lower == language.snowball ||
        has_alias(language.aliases, lower)) {
      return static_cast<LanguageId>(i);
    }
  }
  return kNoLanguage;
}

std::string canonical_language(std::string_view name) {
  const LanguageId id = find_language(name);
  return id == kNoLanguage ? std::string() : std::string(kLanguages[id].code);
}

std::vector<std::string> known_languages() {
  std::vector<std::string> codes;
  codes.reserve(kLanguages.size());
  for (const Language& language : kLanguages) codes.emplace_back(language.code);
  return codes;
}

}  // namespace stemma::analysis
