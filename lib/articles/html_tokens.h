// HTML as a flat run of tags and text, as the tokenizer of the HTML standard (section 13.2.5) sees
// it. No tree is built: depth costs nothing, and every byte is looked at a bounded number of times,
// whatever the input.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace stemma::articles {

struct HtmlToken {
  enum class Kind { text, raw_text, start_tag, end_tag };
  Kind kind = Kind::text;
  /// Text as it stands, character references included (none in raw_text), or what is between a
  /// tag's name and its `>`. A view into the document.
  std::string_view text;
  std::string name;  ///< of a tag, in lower case
  bool closes_itself = false;
};

class HtmlTokenizer {
 public:
  /// A view of text in UTF-8.
  explicit HtmlTokenizer(std::string_view html);
  /// nullopt at the end. Comments, declarations and processing instructions are left out.
  [[nodiscard]] std::optional<HtmlToken> next();

 private:
  std::optional<HtmlToken> markup();
  std::optional<HtmlToken> tag(HtmlToken::Kind kind, std::size_t name_at);
  std::optional<HtmlToken> raw_content();
  std::optional<HtmlToken> declaration();
  void skip_past(std::size_t from, char last);

  std::string_view html_;
  std::size_t at_ = 0;
  bool is_xml_ = false;            ///< then `<script/>` is closed
  std::string raw_element_;        ///< whose content comes next
  std::set<std::string> endless_;  ///< raw elements (and CDATA) with no end in what is left
};

/// One attribute of a start tag's text; nullopt if it has none of this name. The value's character
/// references are decoded.
[[nodiscard]] std::optional<std::string> attribute(std::string_view tag_text,
                                                   std::string_view name);

}  // namespace stemma::articles
