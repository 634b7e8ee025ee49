#include "compile/fields.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <utility>

#include "base/term.h"
#include "text/iso_date.h"

namespace stemma::compile {
namespace {

// Words of two values of one field stand this far apart, so that no phrase spans them.
constexpr std::uint32_t kGapBetweenValues = 100;
constexpr const char* kDateColumn = "date";

std::string shortest_text(double number) {
  std::array<char, 32> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), number);
  return {text.data(), end.ptr};
}

class FieldReader {
 public:
  explicit FieldReader(const analysis::Analyzer& analyzer) : analyzer_(analyzer) {}

  /// `field` must outlive the reader.
  void add_words(std::string_view field, std::string_view text) {
    if (text.empty()) return;
    std::uint32_t& last = last_position_[field];
    std::uint32_t position = last == 0 ? 0 : last + kGapBetweenValues - 1;
    for (const std::string& word : analyzer_.analyze_field(text)) {
      fields_.words.push_back({field_term_key(field, word), ++position});
      last = position;
    }
  }
  void add(const std::string& field, const MetadataValue& value) {
    if (const auto* text = std::get_if<std::string>(&value)) {
      add_words(field, *text);
      if (text::is_full_iso_date(*text)) {
        if (const auto date = text::parse_iso_date(*text)) add_date(field, *date);
      }
    } else if (const auto* number = std::get_if<double>(&value)) {
      fields_.numbers.push_back({field, *number});
      add_words(field, shortest_text(*number));
    } else {
      add_words(field, std::get<bool>(value) ? "true" : "false");
    }
  }

  void add_date(const std::string& field, const DateInterval& date) {
    if (field == kDateColumn) {
      fields_.dates.push_back(date);
    } else {
      fields_.column_dates.push_back({field, date});
    }
  }
  [[nodiscard]] Fields take() {
    std::sort(fields_.words.begin(), fields_.words.end());
    return std::move(fields_);
  }

 private:
  const analysis::Analyzer& analyzer_;
  Fields fields_;
  std::map<std::string_view, std::uint32_t> last_position_;
};

}  // namespace

Fields fields_of(const Article& article, const std::string& language,
                 const analysis::Analyzer& analyzer) {
  FieldReader reader(analyzer);
  if (const auto date = text::parse_iso_date(article.date)) reader.add_date(kDateColumn, *date);
  reader.add_words("source", article.source);
  reader.add_words("url", article.url);
  for (const std::string& author : article.authors) reader.add_words("author", author);
  reader.add_words("lang", language);
  if (article.lang != language) reader.add_words("lang", article.lang);
  for (const MetadataField& field : article.metadata) {
    for (const MetadataValue& value : field.values) reader.add(field.name, value);
  }
  return reader.take();
}

}  // namespace stemma::compile
