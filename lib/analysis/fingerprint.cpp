// The probe is text, not code: whatever in ICU, libstemmer or our own rules would index an article
// otherwise should show in it. It has every script the rules name, words with the endings that
// stemmers take off, and one of each tricky form.
#include "analysis/fingerprint.h"

#include <array>
#include <cstdlib>
#include <string>
#include <string_view>

#include "analysis/analyzer.h"
#include "analysis/languages.h"
#include "analysis/word_forms.h"
#include "base/build_ids.h"
#include "text/look_alikes.h"
#include "text/normalize.h"
#include "text/utf8.h"

namespace stemma::analysis {
namespace {

/// Raised by hand when a change of behaviour could slip past the probe.
constexpr std::uint64_t kRules = 2;

constexpr std::string_view kForms =
    "Don't O’Neill co-operation U.S. U.S.-led p.m. AT&T 122mm 10–13 PYONGYANG-North a.b@c-d.org "
    "C++ C# "
    "#MeToo @name 1,000.5 10:30 and/or snake_case _x_ ﬁnd ＦＵＬＬ 𝐛𝐨𝐥𝐝 H₂O m² ½ ™ "
    "soft\u00adhyphen "
    "zero\u200bwidth \u202ebidi\u202c wеapons рeace сосоа. \"Он сказал, что хор поёт.\" İstanbul "
    "ǅungla "
    "Dr. No. Is it? Yes! 1st.\n\nNext.";

constexpr std::string_view kWords =
    "running runs ran happily nationalization knightly generously ponies agreed skies dying "
    "résumé Straße Mädchen häufigkeiten aufeinander laufenden Øvelse bilerne kærlighederne "
    "naïveté continuellement chanteuses œuvres ſeveral niñas corazones avançar informações città "
    "abbandonata schoonheden lichamelijke jönköpings flickornas työntekijöiden hevosten ház "
    "házakban "
    "kitaplarımızdan çocuklar acțiunile orașelor gaixotasuna etxeetan cavall·leria preguntes "
    "memperjuangkan berlari mhíniú bhfuil namuose knygomis łódź żółty þorn ðe đak ņemt ə "
    "работающими книги красивейших п'ять їжак йога ёлка ще сьогодні здравейте градове ђаци љубав "
    "школама ελευθερία ανθρώπων άνθρωπος ϊσως հայերենի գրքերը שלום מלכים שָׁלוֹם צה\"ל ייִדיש "
    "والكتاب المدرسون أحمد إلى كُتُب العـربية می‌خواهم "
    "लड़कियों "
    "किताबें "
    "क्‍ष "
    "नेपालीहरू "
    "தமிழ்மொழியில் "
    "மரங்கள் বাংলা ภาษาไทยง่าย ພາສາລາວ ភាសាខ្មែរ မြန်မာ 東京都に住む カタカナ ｶﾞｷﾞ 北京大学 한국어를 "
    "ᎠᏣᎳᎩ ქართული አማርኛ བོད་ ☃ 😀";

class Hash {
 public:
  void add(std::string_view bytes) {
    for (const char byte : bytes) add_byte(static_cast<std::uint8_t>(byte));
    add_byte(0);
  }
  void add(std::uint64_t value) {
    for (int shift = 0; shift < 64; shift += 8) add_byte((value >> shift) & 0xffU);
  }
  void add(const AnalyzedText& text) {
    for (const Token& token : text.tokens) {
      add(token.word);
      add(token.raw);
      add(token.stem);
      add(token.stem_alt);
      add(token.folded);
      add(token.position);
      add(token.bytes.begin);
      add(token.bytes.end);
      add(std::uint64_t{token.is_whole});
    }
    for (const std::uint32_t start : text.sentence_starts) add(start);
    for (const std::uint32_t start : text.paragraph_starts) add(start);
  }
  [[nodiscard]] std::uint64_t value() const { return value_; }

 private:
  void add_byte(std::uint64_t byte) { value_ = (value_ ^ byte) * 0x100'0000'01b3U; }
  std::uint64_t value_ = 0xcbf2'9ce4'8422'2325U;
};

/// All letters from `first` to `last`, one word each.
std::string letters(char32_t first, char32_t last) {
  std::string out;
  for (char32_t code = first; code <= last; ++code) {
    text::append_utf8(out, code);
    out.push_back(' ');
  }
  return out;
}

}  // namespace

std::uint64_t fingerprint_of(const Analyzer& analyzer) {
  Hash hash;
  hash.add(kRules);
  hash.add(static_cast<std::uint64_t>(analyzer.options().analyzer));
  const AnalyzedText probe = analyzer.analyze(kForms, kWords, "und");
  hash.add(probe);
  if (analyzer.options().analyzer == AnalyzerKind::none) return hash.value();
  hash.add(canonical_language(analyzer.options().language));
  hash.add(text::folding_table());
  for (const text::LookAlikePair& pair : text::look_alike_table()) {
    hash.add(pair.foreign);
    hash.add(pair.latin);
  }
  // Latin with its extensions, Greek, Cyrillic, Armenian, Hebrew, Arabic: case and accents.
  for (const std::string& text :
       {letters(0x20, 0x24f), letters(0x370, 0x64a), letters(0x1e00, 0x1ffe)}) {
    hash.add(analyzer.normalize_pattern(text));
    hash.add(text::fold(text));
  }
  for (const Language& language : language_table()) {
    hash.add(language.code);
    const LanguageId id = find_language(language.code);
    for (const Token& token : probe.tokens) {
      if (!token.is_whole) hash.add(snowball_stem(token.word, id));
    }
  }
  return hash.value();
}

std::uint64_t build_mark_of(std::uint64_t fingerprint) {
  // Whose contents decide what the probe gives: this code and the libraries that it asks.
  constexpr std::string_view kLibraries[] = {"libicuuc.", "libicudata.", "libstemmer."};
  if (std::getenv("ICU_DATA") != nullptr) return 0;  // other tables than the library's own
  const auto ids = build_ids(reinterpret_cast<const void*>(&fingerprint_of), kLibraries);
  if (!ids) return 0;
  Hash hash;
  hash.add(*ids);
  hash.add(fingerprint);
  return hash.value();
}

}  // namespace stemma::analysis
