// Only elements that change the meaning of text inside them are kept open, at most 512; the rest
// are transparent or just end a paragraph. An end tag closes the last element of its name and what
// was left open inside it; one that closes nothing is ignored.
#include "articles/html_page.h"

#include <algorithm>

#include "articles/html_references.h"

namespace stemma::articles {
namespace {

constexpr std::size_t kMaxOpenElements = 512;
constexpr std::size_t kMaxMetas = 1000;
constexpr std::string_view kNoBreakSpace = "\xC2\xA0";

bool is_space(char letter) {
  return letter == ' ' || letter == '\t' || letter == '\n' || letter == '\r' || letter == '\f';
}

std::string one_line(std::string_view text) {
  std::string line;
  for (const char letter : text) {
    if (!is_space(letter)) {
      line.push_back(letter);
    } else if (!line.empty() && line.back() != ' ') {
      line.push_back(' ');
    }
  }
  if (!line.empty() && line.back() == ' ') line.pop_back();
  return line;
}

bool stays_open(HtmlRole role) {
  switch (role) {
    case HtmlRole::preformatted:
    case HtmlRole::hidden:
    case HtmlRole::boilerplate:
    case HtmlRole::page_header:
    case HtmlRole::article:
    case HtmlRole::main:
      return true;
    default:
      return false;
  }
}

}  // namespace

HtmlPage::HtmlPage(std::string_view html) {
  HtmlTokenizer tokens(html);
  while (const auto token = tokens.next()) {
    switch (token->kind) {
      case HtmlToken::Kind::start_tag:
        start(*token);
        break;
      case HtmlToken::Kind::end_tag:
        end(*token);
        break;
      case HtmlToken::Kind::text:
        if (count(HtmlRole::hidden) == 0) add_text(decode_references(token->text));
        break;
      case HtmlToken::Kind::raw_text:
        if (token->name == "title") {
          if (title_.empty() && count(HtmlRole::hidden) == 0) {
            title_ = one_line(decode_references(token->text));
          }
        } else if (count(HtmlRole::hidden) == 0) {
          add_text(token->text);
        }
        break;
    }
  }
  end_block();
}

std::size_t HtmlPage::count(HtmlRole role) const {
  return open_counts_[static_cast<std::size_t>(role)];
}

HtmlPlace HtmlPage::place() const {
  if (count(HtmlRole::boilerplate) > 0) return HtmlPlace::boilerplate;
  if (count(HtmlRole::article) > 0) return HtmlPlace::article;
  if (count(HtmlRole::main) > 0) return HtmlPlace::main;
  return count(HtmlRole::page_header) > 0 ? HtmlPlace::boilerplate : HtmlPlace::plain;
}

void HtmlPage::start(const HtmlToken& token) {
  const HtmlRole role = html_role(token.name);
  if (count(HtmlRole::hidden) > 0) {  // only what is open matters there
    if (stays_open(role)) open(token, role);
    return;
  }
  switch (role) {
    case HtmlRole::inline_text:
    case HtmlRole::title:
      return;
    case HtmlRole::root:
      if (language_.empty()) language_ = attribute(token.text, "lang").value_or("");
      if (language_.empty()) language_ = attribute(token.text, "xml:lang").value_or("");
      return;
    case HtmlRole::meta:
      read_meta(token);
      return;
    case HtmlRole::link:
      if (address_.empty() && attribute(token.text, "rel").value_or("") == "canonical") {
        address_ = attribute(token.text, "href").value_or("");
      }
      return;
    case HtmlRole::time:
      if (time_.empty() && place() != HtmlPlace::boilerplate) {
        time_ = attribute(token.text, "datetime").value_or("");
      }
      return;
    case HtmlRole::hidden:
      open(token, role);
      return;
    case HtmlRole::line:
      break_line();
      return;
    case HtmlRole::cell:
      space_waits_ = false;
      if (text_.size() > block_begin_ && text_.back() != '\n') text_.push_back('\t');
      return;
    default:
      start_block(token, role);
  }
}

/// What starts a paragraph. Inside a heading <div> and the like are only there for looks.
void HtmlPage::start_block(const HtmlToken& token, HtmlRole role) {
  if (heading_ != 0 && role == HtmlRole::block && token.name != "p") {
    space_waits_ = true;
    return;
  }
  end_block();
  heading_ = role == HtmlRole::heading ? static_cast<std::uint8_t>(token.name[1] - '0') : 0;
  if (role == HtmlRole::article && count(HtmlRole::article) == 0) ++articles_;
  if (stays_open(role)) open(token, role);
}

void HtmlPage::end(const HtmlToken& token) {
  const HtmlRole role = html_role(token.name);
  const bool hidden = count(HtmlRole::hidden) > 0;
  if (stays_open(role)) {
    const auto opened = open_names_.find(token.name);
    if (opened == open_names_.end() || opened->second == 0) return;
    if (!hidden) {
      end_block();
      heading_ = 0;
    }
    bool closed = false;
    while (!closed) {
      closed = open_elements_.back().name == token.name;
      pop();
    }
  } else if (hidden) {
    return;
  } else if (role == HtmlRole::heading || (role == HtmlRole::block && heading_ == 0)) {
    end_block();
    heading_ = 0;
  } else if (role == HtmlRole::block) {
    space_waits_ = true;
  }
}

void HtmlPage::open(const HtmlToken& token, HtmlRole role) {
  if (token.closes_itself || open_elements_.size() == kMaxOpenElements) return;
  open_elements_.push_back({token.name, role});
  ++open_counts_[static_cast<std::size_t>(role)];
  ++open_names_[token.name];
}

void HtmlPage::pop() {
  --open_counts_[static_cast<std::size_t>(open_elements_.back().role)];
  --open_names_[open_elements_.back().name];
  open_elements_.pop_back();
}

void HtmlPage::add_text(std::string_view text) {
  const bool keep_spaces = count(HtmlRole::preformatted) > 0 && heading_ == 0;
  for (const char letter : text) {
    if (keep_spaces) {
      const bool is_first_break = letter == '\n' && text_.size() == block_begin_;
      if (letter != '\r' && !is_first_break) add_character(letter);
    } else if (is_space(letter)) {
      space_waits_ = true;
    } else {
      add_character(letter);
    }
  }
}

/// With the space before it, unless that would start a line.
void HtmlPage::add_character(char letter) {
  if (space_waits_ && text_.size() > block_begin_ && !is_space(text_.back())) text_.push_back(' ');
  space_waits_ = false;
  text_.push_back(letter);
}

/// Two breaks in a row are the empty line between paragraphs; more are no more.
void HtmlPage::break_line() {
  if (heading_ != 0) {
    space_waits_ = true;
    return;
  }
  space_waits_ = false;
  const std::size_t length = text_.size() - block_begin_;
  if (length > 0 && !(length > 1 && text_.compare(text_.size() - 2, 2, "\n\n") == 0)) {
    text_.push_back('\n');
  }
}

/// Makes what was written a block, or another paragraph of the block before.
void HtmlPage::end_block() {
  space_waits_ = false;
  const auto written = [this] { return std::string_view(text_).substr(block_begin_); };
  while (true) {
    const std::string_view tail = written();
    if (!tail.empty() && is_space(tail.back())) {
      text_.pop_back();
    } else if (tail.size() >= 2 && tail.substr(tail.size() - 2) == kNoBreakSpace) {
      text_.resize(text_.size() - 2);
    } else {
      break;
    }
  }
  if (written().empty()) return;
  const HtmlPlace where = place();
  HtmlBlock block{block_begin_, text_.size(), where == HtmlPlace::article ? articles_ : 0, where,
                  heading_};
  const bool joins = !blocks_.empty() && blocks_.back().place == where && heading_ == 0 &&
                     blocks_.back().heading == 0 && blocks_.back().article == block.article;
  if (joins) {
    blocks_.back().end = block.end;
  } else {
    blocks_.push_back(block);
  }
  text_.append("\n\n");  // belongs to the block only if another paragraph follows
  block_begin_ = text_.size();
}

void HtmlPage::read_meta(const HtmlToken& token) {
  if (metas_.size() == kMaxMetas || count(HtmlRole::hidden) > 0) return;
  std::string content = one_line(attribute(token.text, "content").value_or(""));
  if (content.empty()) return;
  for (const std::string_view key : {"name", "property", "itemprop"}) {
    std::string name = one_line(attribute(token.text, key).value_or(""));
    if (name.empty()) continue;
    std::transform(name.begin(), name.end(), name.begin(), [](char letter) {
      return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    });
    metas_.push_back({std::move(name), content});
  }
}

}  // namespace stemma::articles
