// Values of fields: conditions without weight.
//
// What a metadata value is, the index knows, and this reader does not: `year:1999..2003` may be
// numbers or dates. So a value that can be read in two ways is read in both, and matches either.
#include "query/values.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "analysis/analyzer.h"
#include "query/canonical.h"
#include "query/compose.h"
#include "query/leaves.h"
#include "text/iso_date.h"
#include "text/utf8.h"

namespace stemma::query {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr std::int64_t kFirstSecond = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t kLastSecond = std::numeric_limits<std::int64_t>::max();

/// "low..high", or a comparison sign and one value.
struct Ends {
  std::string_view low, high;
  char sign = 0;  // '<', '>' or 0
  bool inclusive = true;
};

std::optional<Ends> split_range(std::string_view text) {
  Ends ends;
  if (text.empty()) return std::nullopt;
  if (text.front() == '<' || text.front() == '>') {
    ends.sign = text.front();
    ends.inclusive = text.size() > 1 && text[1] == '=';
    (ends.sign == '<' ? ends.high : ends.low) = text.substr(ends.inclusive ? 2 : 1);
    return ends;
  }
  const std::size_t dots = text.find("..");
  if (dots == std::string_view::npos) return std::nullopt;
  ends.low = text.substr(0, dots);
  ends.high = text.substr(dots + 2);
  return ends;
}

/// A sentence may end after the value: `in source:Reuters, date:1916.`
std::string_view without_end_punctuation(std::string_view text) {
  const std::size_t last = text.find_last_not_of(".,;!?");
  return last == std::string_view::npos ? std::string_view() : text.substr(0, last + 1);
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

/// The words of a value as canonical text shows them: of these analysis makes the same words again.
/// Without accents they are the words themselves, but ё becomes a letter that looks Latin.
std::vector<std::string> shown_words(const analysis::Analyzer& analyzer, std::string_view value,
                                     const std::vector<std::string>& words) {
  const std::string plain = joined(words);
  if (text::is_ascii(plain) || analyzer.analyze_field(plain) == words) return words;
  std::vector<std::string> accented = analyzer.field_with_accents(value);
  const std::string again = joined(accented);
  const bool same =
      analyzer.analyze_field(again) == words && analyzer.field_with_accents(again) == accented;
  return same ? accented : words;
}

Node range_leaf(NodeKind kind, const std::string& field, ByteRange typed, NumberRange numbers,
                DateInterval dates) {
  Node node;
  node.kind = kind;
  node.field = field;
  node.typed = typed;
  node.low = numbers.low;
  node.high = numbers.high;
  node.dates = dates;
  node.weighted = false;
  return node;
}

}  // namespace

std::optional<double> parse_number(std::string_view text) {
  if (text.empty()) return std::nullopt;
  const char first = text.front();
  if (!(first >= '0' && first <= '9') && first != '-' && first != '.') return std::nullopt;
  double value = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
  if (result.ec != std::errc() || result.ptr != text.data() + text.size()) return std::nullopt;
  if (!std::isfinite(value)) return std::nullopt;
  return value == 0 ? 0 : value;  // -0 is 0
}

std::optional<NumberRange> parse_number_range(std::string_view text) {
  const auto ends = split_range(text);
  if (!ends || (ends->low.empty() && ends->high.empty())) return std::nullopt;
  NumberRange range{-kInfinity, kInfinity};
  if (!ends->low.empty()) {
    const auto low = parse_number(ends->low);
    if (!low) return std::nullopt;
    range.low = ends->inclusive ? *low : std::nextafter(*low, kInfinity);
  }
  if (!ends->high.empty()) {
    const auto high = parse_number(ends->high);
    if (!high) return std::nullopt;
    range.high = ends->inclusive ? *high : std::nextafter(*high, -kInfinity);
  }
  return range;
}

std::optional<DateInterval> parse_date_range(std::string_view text) {
  const auto ends = split_range(text);
  if (!ends || (ends->sign != 0 && ends->low.empty() && ends->high.empty())) return std::nullopt;
  DateInterval range{kFirstSecond, kLastSecond};
  if (!ends->low.empty()) {
    const auto low = text::parse_iso_date(ends->low);
    if (!low) return std::nullopt;
    range.first = ends->inclusive ? low->first : low->last + 1;
  }
  if (!ends->high.empty()) {
    const auto high = text::parse_iso_date(ends->high);
    if (!high) return std::nullopt;
    range.last = ends->inclusive ? high->last : high->first - 1;
  }
  return range;
}

Node Leaves::read_value(const Token& token, const std::string& field) {
  if (field == "date") return read_date(token);
  if (field == "lang") {
    const std::string_view typed = without_end_punctuation(token.text);
    std::string language = analysis::canonical_language(typed);
    const std::vector<std::string> words = context_.analyzer.analyze_field(typed);
    if (language.empty() && words.size() == 1) {
      language = analysis::canonical_language(words.front());
    }
    if (language.empty() && typed != "*") {
      notes_.remark(token.typed.begin, "no language is called `" + std::string(typed) + "`",
                    "write a code or an English name: lang:de, lang:German");
    }
    return read_field_text(token, language.empty() ? typed : language, field);
  }
  if (token.kind == TokenKind::phrase || !FieldNames::is_metadata(field)) {
    return read_field_text(token, token.text, field);
  }
  return read_metadata(token, field);
}

Node Leaves::read_field_text(const Token& token, std::string_view text, const std::string& field) {
  if (token.kind == TokenKind::words && field != "url") {
    bool is_pattern = false;
    Node pattern = read_pattern(token, field, is_pattern);
    if (is_pattern) return pattern;
  }
  const std::vector<std::string> words = context_.analyzer.analyze_field(text);
  std::vector<Word> slots;
  slots.reserve(words.size());
  if (!take(std::max<std::size_t>(words.size(), 1), token.typed.begin)) return {};
  const std::vector<std::string> shown = shown_words(context_.analyzer, text, words);
  for (std::size_t i = 0; i < words.size(); ++i) {
    slots.push_back({shown[i], {field_term_key(field, words[i])}});
  }
  std::string typed(without_end_punctuation(text));
  auto number = FieldNames::is_metadata(field) ? parse_number(typed) : std::nullopt;
  // Of "5%" the number 5 is left: a word that canonical text would show as a number is one.
  if (!number && FieldNames::is_metadata(field) && words.size() == 1) {
    typed = words.front();
    number = parse_number(typed);
  }
  // 5.0 is the number 5. Most numbers are found by the word that they are written as; of -5 and
  // 1e+30 analysis makes other words, and the column must be asked.
  const double amount = number.value_or(0);
  const std::string shortest = number ? number_text(amount) : std::string();
  const bool is_word =
      number && context_.analyzer.analyze_field(shortest) == std::vector<std::string>{shortest};
  if (number && !is_word && token.kind == TokenKind::words) {
    return range_leaf(NodeKind::number_range, field, token.typed, {amount, amount}, {});
  }
  if (is_word) {
    Word word{typed, {field_term_key(field, shortest)}};
    const std::vector<std::string> as_text = context_.analyzer.analyze_field(typed);
    if (as_text.size() == 1) word.terms.push_back(field_term_key(field, as_text.front()));
    std::sort(word.terms.begin(), word.terms.end());
    word.terms.erase(std::unique(word.terms.begin(), word.terms.end()), word.terms.end());
    slots.clear();
    slots.push_back(std::move(word));
  }
  if (slots.empty()) {
    notes_.guess(token.typed.begin, "`" + field + ":` has a value without words; it was left out",
                 "write the value directly after the colon, as in `" + field + ":value`");
  }
  const auto count = static_cast<std::uint32_t>(slots.size());
  Node node = phrase_node(std::move(slots), field);
  node.typed = token.typed;
  if (node.kind == NodeKind::nothing) return node;
  node.weighted = false;
  if (node.kind == NodeKind::phrase && token.slop.value_or(0) > 0)
    node.window = count + *token.slop;
  return node;
}

Node Leaves::read_date(const Token& token) {
  for (const std::string_view text :
       {std::string_view(token.text), without_end_punctuation(token.text)}) {
    auto dates = text == "*" ? parse_date_range("..") : parse_date_range(text);
    if (!dates) dates = text::parse_iso_date(text);
    if (!dates) continue;
    if (!take(1, token.typed.begin)) return {};
    if (dates->first > dates->last) {
      notes_.guess(token.typed.begin, "these dates end before they begin; the ends were swapped",
                   "write the earlier date first: date:1916..1917");
      const auto ends = split_range(text);
      dates = parse_date_range(std::string(ends->high) + ".." + std::string(ends->low));
    }
    return range_leaf(NodeKind::date_range, "date", token.typed, {}, *dates);
  }
  notes_.guess(token.value.begin, "this is no date; read as plain words",
               "write date:1916, date:1916-03-05, date:1916-03..1917 or date:..1917");
  return token.kind == TokenKind::phrase ? read_phrase(token, "", Mode::verbatim)
                                         : read_words(token, token.text, "", Mode::stemmed);
}

Node Leaves::range_nodes(const Token& token, const std::string& field, std::string_view text) {
  auto numbers = parse_number_range(text);
  auto dates = parse_date_range(text);
  if ((numbers && numbers->low > numbers->high) || (dates && dates->first > dates->last)) {
    notes_.guess(token.typed.begin, "this range ends before it begins; the ends were swapped",
                 "write the smaller value first: " + field + ":1..9");
    const auto ends = split_range(text);
    const std::string swapped = std::string(ends->high) + ".." + std::string(ends->low);
    numbers = parse_number_range(swapped);
    dates = parse_date_range(swapped);
  }
  std::vector<Node> nodes;
  if (numbers) {
    nodes.push_back(range_leaf(NodeKind::number_range, field, token.typed, *numbers, {}));
  }
  if (dates) nodes.push_back(range_leaf(NodeKind::date_range, field, token.typed, {}, *dates));
  if (!nodes.empty() && !take(nodes.size(), token.typed.begin)) return {};
  return make_any(std::move(nodes));
}

Node Leaves::read_metadata(const Token& token, const std::string& field) {
  for (const std::string_view text :
       {std::string_view(token.text), without_end_punctuation(token.text)}) {
    if (text == "..") break;
    Node node = range_nodes(token, field, text);
    if (node.kind != NodeKind::nothing || cut_) return node;
  }
  std::vector<Node> either;
  either.push_back(read_field_text(token, token.text, field));
  if (either.front().kind != NodeKind::pattern && split_range(token.text)) {
    notes_.guess(token.value.begin, "this is no range of numbers or dates; read as words",
                 "write " + field + ":5..10, " + field + ":>5 or " + field + ":1916-03..1917");
  }
  const auto dates = text::parse_iso_date(without_end_punctuation(token.text));
  if (dates && either.front().kind != NodeKind::pattern && take(1, token.typed.begin)) {
    either.push_back(range_leaf(NodeKind::date_range, field, token.typed, {}, *dates));
  }
  return make_any(std::move(either));
}

}  // namespace stemma::query
