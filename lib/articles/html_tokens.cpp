// Where the standard would let an unclosed <title> or <textarea> swallow the rest of the page, it
// is taken as an ordinary element. That no end tag follows is remembered, so it is found out once.
#include "articles/html_tokens.h"

#include <algorithm>
#include <array>

#include "articles/html_references.h"

namespace stemma::articles {
namespace {

// Their content is text up to their end tag, whatever it looks like.
constexpr std::array<std::string_view, 8> kRawElements = {
    "script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"};

bool is_space(char letter) {
  return letter == ' ' || letter == '\t' || letter == '\n' || letter == '\r' || letter == '\f';
}
char lower(char letter) {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}
bool is_letter(char letter) { return lower(letter) >= 'a' && lower(letter) <= 'z'; }

bool equals_lower(std::string_view text, std::string_view lower_name) {
  return text.size() == lower_name.size() &&
         std::equal(text.begin(), text.end(), lower_name.begin(),
                    [](char left, char right) { return lower(left) == right; });
}

std::string to_lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), lower);
  return result;
}

struct Attribute {
  std::string_view name;
  std::string_view value;
};

/// Walks over the attributes behind a tag's name up to its `>`.
class AttributeScanner {
 public:
  AttributeScanner(std::string_view text, std::size_t at) : text_(text), at_(at) {}

  /// nullopt at the `>` or at the end of the text.
  std::optional<Attribute> next() {
    while (at_ < text_.size() && (is_space(text_[at_]) || text_[at_] == '/')) ++at_;
    if (at_ == text_.size() || text_[at_] == '>') return std::nullopt;
    Attribute found;
    const std::size_t name = at_++;  // even a `=` may start a name
    while (at_ < text_.size() && !ends_name(text_[at_])) ++at_;
    found.name = text_.substr(name, at_ - name);
    skip_spaces();
    if (at_ < text_.size() && text_[at_] == '=') {
      ++at_;
      skip_spaces();
      found.value = value();
    }
    return found;
  }
  [[nodiscard]] std::size_t at() const { return at_; }

 private:
  static bool ends_name(char letter) {
    return is_space(letter) || letter == '/' || letter == '>' || letter == '=';
  }
  void skip_spaces() {
    while (at_ < text_.size() && is_space(text_[at_])) ++at_;
  }
  std::string_view value() {
    if (at_ == text_.size()) return {};
    const char quote = text_[at_];
    if (quote == '"' || quote == '\'') {
      const std::size_t end = std::min(text_.find(quote, at_ + 1), text_.size());
      const std::string_view quoted = text_.substr(at_ + 1, end - at_ - 1);
      at_ = std::min(end + 1, text_.size());
      return quoted;
    }
    const std::size_t first = at_;
    while (at_ < text_.size() && !is_space(text_[at_]) && text_[at_] != '>') ++at_;
    return text_.substr(first, at_ - first);
  }

  std::string_view text_;
  std::size_t at_;
};

/// Where `</name` stands from `at` on, followed by what may follow a name.
std::size_t find_end_tag(std::string_view html, std::size_t at, std::string_view name) {
  for (at = html.find("</", at); at != std::string_view::npos; at = html.find("</", at + 2)) {
    const std::size_t behind = at + 2 + name.size();
    if (equals_lower(html.substr(at + 2, name.size()), name) &&
        (behind >= html.size() || is_space(html[behind]) || html[behind] == '/' ||
         html[behind] == '>')) {
      return at;
    }
  }
  return std::string_view::npos;
}

}  // namespace

HtmlTokenizer::HtmlTokenizer(std::string_view html)
    : html_(html), is_xml_(html.substr(0, 5) == "<?xml") {}

std::optional<HtmlToken> HtmlTokenizer::next() {
  while (at_ < html_.size()) {
    if (!raw_element_.empty()) {
      if (auto token = raw_content()) return token;
    } else if (html_[at_] == '<') {
      if (auto token = markup()) return token;
    } else {
      const std::size_t end = std::min(html_.find('<', at_), html_.size());
      const std::string_view text = html_.substr(at_, end - at_);
      at_ = end;
      return HtmlToken{HtmlToken::Kind::text, text, {}, false};
    }
  }
  return std::nullopt;
}

/// At a `<`. nullopt for markup that gives no token; some progress is always made.
std::optional<HtmlToken> HtmlTokenizer::markup() {
  const char second = at_ + 1 < html_.size() ? html_[at_ + 1] : '\0';
  const char third = at_ + 2 < html_.size() ? html_[at_ + 2] : '\0';
  if (is_letter(second)) return tag(HtmlToken::Kind::start_tag, at_ + 1);
  if (second == '/' && is_letter(third)) return tag(HtmlToken::Kind::end_tag, at_ + 2);
  if (second == '!') return declaration();
  if (second == '/' || second == '?') {
    skip_past(at_ + 2, '>');
    return std::nullopt;
  }
  const std::string_view text = html_.substr(at_++, 1);  // just a `<`
  return HtmlToken{HtmlToken::Kind::text, text, {}, false};
}

std::optional<HtmlToken> HtmlTokenizer::tag(HtmlToken::Kind kind, std::size_t name_at) {
  std::size_t end = name_at;
  while (end < html_.size() && !is_space(html_[end]) && html_[end] != '/' && html_[end] != '>') {
    ++end;
  }
  HtmlToken token{kind, {}, to_lower(html_.substr(name_at, end - name_at)), false};
  AttributeScanner attributes(html_, end);
  while (attributes.next()) {
  }
  at_ = attributes.at();
  if (at_ == html_.size()) return std::nullopt;  // the page ends inside the tag
  token.text = html_.substr(end, at_ - end);
  token.closes_itself = html_[at_ - 1] == '/';
  ++at_;
  if (kind == HtmlToken::Kind::start_tag && !(is_xml_ && token.closes_itself) &&
      std::find(kRawElements.begin(), kRawElements.end(), token.name) != kRawElements.end()) {
    raw_element_ = token.name;
  }
  return token;
}

std::optional<HtmlToken> HtmlTokenizer::raw_content() {
  const std::string name = std::move(raw_element_);
  raw_element_.clear();
  if (endless_.count(name) != 0) return std::nullopt;
  std::size_t end = find_end_tag(html_, at_, name);
  if (end == std::string_view::npos) {
    if (name == "title" || name == "textarea") {
      endless_.insert(name);
      return std::nullopt;
    }
    end = html_.size();
  }
  HtmlToken token{HtmlToken::Kind::raw_text, html_.substr(at_, end - at_), name, false};
  at_ = end;
  return token;
}

/// At "<!".
std::optional<HtmlToken> HtmlTokenizer::declaration() {
  static constexpr std::string_view kCdata = "<![CDATA[";
  if (html_.substr(at_, 4) == "<!--") {
    std::size_t from = at_ + 4;
    // A comment ends with "-->", "--!>", or at once with ">" or "->".
    while (true) {
      const std::size_t end = html_.find('>', from);
      if (end == std::string_view::npos) {
        at_ = html_.size();
        return std::nullopt;
      }
      const std::string_view inside = html_.substr(at_ + 2, end - at_ - 2);
      const auto ends_with = [&](std::string_view tail) {
        return inside.size() >= tail.size() && inside.substr(inside.size() - tail.size()) == tail;
      };
      if (ends_with("--") || (inside.size() >= 5 && ends_with("--!"))) {
        at_ = end + 1;
        return std::nullopt;
      }
      from = end + 1;
    }
  }
  if (html_.substr(at_, kCdata.size()) == kCdata && endless_.count("cdata") == 0) {
    const std::size_t end = html_.find("]]>", at_);
    if (end != std::string_view::npos) {
      const std::size_t begin = at_ + kCdata.size();
      at_ = end + 3;
      return HtmlToken{HtmlToken::Kind::raw_text, html_.substr(begin, end - begin), {}, false};
    }
    endless_.insert("cdata");
  }
  skip_past(at_ + 2, '>');
  return std::nullopt;
}

void HtmlTokenizer::skip_past(std::size_t from, char last) {
  const std::size_t end = html_.find(last, from);
  at_ = end == std::string_view::npos ? html_.size() : end + 1;
}

std::optional<std::string> attribute(std::string_view tag_text, std::string_view name) {
  AttributeScanner attributes(tag_text, 0);
  while (const auto found = attributes.next()) {
    if (equals_lower(found->name, name)) {
      return decode_references(found->value, ReferencePlace::attribute);
    }
  }
  return std::nullopt;
}

}  // namespace stemma::articles
