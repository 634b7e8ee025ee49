// The text of a page as a run of blocks, each with its place on the page, and what the head says.
//
// Which blocks are the article is decided at the end, when all are known (html_reader.cpp): pages
// keep their promises about <article> and <main> too seldom to throw anything away on sight.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "articles/html_elements.h"
#include "articles/html_tokens.h"

namespace stemma::articles {

enum class HtmlPlace : std::uint8_t { boilerplate, plain, main, article };

struct HtmlBlock {
  std::size_t begin = 0;  ///< in HtmlPage::text()
  std::size_t end = 0;
  std::uint32_t article = 0;  ///< which of the page's articles, from 1
  HtmlPlace place = HtmlPlace::plain;
  std::uint8_t heading = 0;  ///< 1 to 6; 0 for text
};

/// One meta element: its name, property or itemprop in lower case.
struct HtmlMeta {
  std::string name;
  std::string content;
};

class HtmlPage {
 public:
  /// Reads a whole page in UTF-8.
  explicit HtmlPage(std::string_view html);

  /// All blocks' text; inside a block paragraphs are separated by empty lines.
  [[nodiscard]] std::string_view text(const HtmlBlock& block) const {
    return std::string_view(text_).substr(block.begin, block.end - block.begin);
  }
  /// In page order, none empty; neighbours differ in place, article or heading.
  [[nodiscard]] const std::vector<HtmlBlock>& blocks() const { return blocks_; }
  [[nodiscard]] const std::vector<HtmlMeta>& metas() const { return metas_; }
  [[nodiscard]] const std::string& title() const { return title_; }
  [[nodiscard]] const std::string& language() const { return language_; }
  [[nodiscard]] const std::string& address() const { return address_; }  ///< canonical link
  [[nodiscard]] const std::string& time() const { return time_; }        ///< the first datetime

 private:
  struct OpenElement {
    std::string name;
    HtmlRole role;
  };

  void start(const HtmlToken& token);
  void start_block(const HtmlToken& token, HtmlRole role);
  void end(const HtmlToken& token);
  void open(const HtmlToken& token, HtmlRole role);
  void pop();
  void add_text(std::string_view text);
  void add_character(char letter);
  void break_line();
  void end_block();
  void read_meta(const HtmlToken& token);
  [[nodiscard]] std::size_t count(HtmlRole role) const;
  [[nodiscard]] HtmlPlace place() const;

  std::string text_;
  std::vector<HtmlBlock> blocks_;
  std::vector<HtmlMeta> metas_;
  std::string title_;
  std::string language_;
  std::string address_;
  std::string time_;

  std::size_t block_begin_ = 0;  ///< of the text not yet a block
  bool space_waits_ = false;     ///< to be written before the next character, if one comes
  std::uint8_t heading_ = 0;     ///< level of the open heading
  std::uint32_t articles_ = 0;   ///< so far
  std::vector<OpenElement> open_elements_;
  std::array<std::size_t, 16> open_counts_{};      ///< by role
  std::map<std::string, std::size_t> open_names_;  ///< so that a stray end tag costs no search
};

}  // namespace stemma::articles
