// Markdown: md4c (CommonMark, with tables) reads it, the text is kept without its marks.
//
// Title: the front matter's; else a heading of any level that comes first; else the first heading
// of level 1. The heading leaves the body; with a title in the front matter, one that repeats it.
// HTML inside goes through the HTML reader. Links and pictures leave their text.
#include <md4c.h>

#include <algorithm>
#include <exception>
#include <vector>

#include "articles/formats.h"
#include "articles/front_matter.h"
#include "articles/html_page.h"
#include "articles/html_references.h"

namespace stemma::articles {
namespace {

constexpr std::size_t kMaxBytes = 1U << 30;  // md4c counts in 32 bits

struct MarkdownBlock {
  std::string text;
  unsigned heading = 0;
};

/// Receives what md4c finds. Its callbacks are C: nothing may be thrown through them.
class MarkdownText {
 public:
  std::vector<MarkdownBlock> read(std::string_view text) {
    MD_PARSER parser{};
    parser.flags = MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH;
    parser.enter_block = [](MD_BLOCKTYPE type, void* detail, void* self) {
      return guarded(self, [&](MarkdownText& me) { me.enter(type, detail); });
    };
    parser.leave_block = [](MD_BLOCKTYPE type, void*, void* self) {
      return guarded(self, [&](MarkdownText& me) { me.leave(type); });
    };
    parser.enter_span = [](MD_SPANTYPE, void*, void*) { return 0; };
    parser.leave_span = parser.enter_span;
    parser.text = [](MD_TEXTTYPE type, const MD_CHAR* bytes, MD_SIZE size, void* self) {
      return guarded(self, [&](MarkdownText& me) { me.add(type, {bytes, size}); });
    };
    const int status = md_parse(text.data(), static_cast<MD_SIZE>(text.size()), &parser, this);
    if (failure_) std::rethrow_exception(failure_);
    if (status != 0) throw BadInput("is more Markdown than memory holds", "split it");
    end_block();
    return std::move(blocks_);
  }

 private:
  template <class Action>
  static int guarded(void* self, const Action& action) {
    auto& me = *static_cast<MarkdownText*>(self);
    try {
      action(me);
      return 0;
    } catch (...) {
      me.failure_ = std::current_exception();
      return 1;
    }
  }

  void enter(MD_BLOCKTYPE type, const void* detail) {
    switch (type) {
      case MD_BLOCK_TR:
        if (!present_.empty()) present_.push_back('\n');
        break;
      case MD_BLOCK_TH:
      case MD_BLOCK_TD:
        if (!present_.empty() && present_.back() != '\n') present_.push_back('\t');
        break;
      case MD_BLOCK_THEAD:
      case MD_BLOCK_TBODY:
        break;
      case MD_BLOCK_H:
        end_block();
        heading_ = static_cast<const MD_BLOCK_H_DETAIL*>(detail)->level;
        break;
      default:
        end_block();
        in_html_ = type == MD_BLOCK_HTML;
    }
  }

  void leave(MD_BLOCKTYPE type) {
    switch (type) {
      case MD_BLOCK_TR:
      case MD_BLOCK_TH:
      case MD_BLOCK_TD:
      case MD_BLOCK_THEAD:
      case MD_BLOCK_TBODY:
        break;
      case MD_BLOCK_HTML:
        end_html();
        break;
      default:
        end_block();
    }
  }

  void add(MD_TEXTTYPE type, std::string_view text) {
    switch (type) {
      case MD_TEXT_NULLCHAR:
        present_.append("\xEF\xBF\xBD");
        break;
      case MD_TEXT_BR:
      case MD_TEXT_SOFTBR:
        present_.push_back(heading_ != 0 ? ' ' : '\n');
        break;
      case MD_TEXT_ENTITY:
        present_.append(decode_references(text));
        break;
      case MD_TEXT_HTML:
        if (in_html_) present_.append(text);  // a tag inside a paragraph is no text
        break;
      default:
        present_.append(text);
    }
  }

  void end_html() {
    const std::string html = std::move(present_);
    present_.clear();
    in_html_ = false;
    const HtmlPage page(html);
    for (const HtmlBlock& block : page.blocks()) {
      if (block.place == HtmlPlace::boilerplate) continue;
      present_ = page.text(block);
      heading_ = block.heading;
      end_block();
    }
  }

  /// Paragraphs between two headings are one block.
  void end_block() {
    while (!present_.empty() && (present_.back() == '\n' || present_.back() == ' ')) {
      present_.pop_back();
    }
    if (!present_.empty()) {
      if (heading_ == 0 && !blocks_.empty() && blocks_.back().heading == 0) {
        blocks_.back().text.append("\n\n").append(present_);
      } else {
        blocks_.push_back({std::move(present_), heading_});
      }
    }
    present_.clear();
    heading_ = 0;
  }

  std::vector<MarkdownBlock> blocks_;
  std::string present_;
  unsigned heading_ = 0;
  bool in_html_ = false;
  std::exception_ptr failure_;
};

}  // namespace

Article markdown_article(std::string_view text) {
  if (text.size() > kMaxBytes) throw BadInput("is longer than 1 GiB", "split it");
  Article article;
  text.remove_prefix(read_front_matter(text, article));
  std::vector<MarkdownBlock> blocks = MarkdownText().read(text);
  auto heading = blocks.begin();
  if (!article.title.empty()) {
    heading = std::find_if(blocks.begin(), blocks.end(), [&article](const MarkdownBlock& block) {
      return block.heading != 0 && block.text == article.title;
    });
  } else if (!blocks.empty() && blocks.front().heading == 0) {
    heading = std::find_if(blocks.begin(), blocks.end(),
                           [](const MarkdownBlock& block) { return block.heading == 1; });
  }
  if (heading != blocks.end()) {
    article.title = std::move(heading->text);
    blocks.erase(heading);
  }
  for (const MarkdownBlock& block : blocks) {
    if (!article.body.empty()) article.body.append("\n\n");
    article.body.append(block.text);
  }
  return article;
}

void read_markdown(ByteSource& source, const std::string& path, Reading& reading) {
  const text::Decoded decoded =
      text::to_utf8(read_whole(source, reading.options().max_article_bytes));
  reading.report.replaced_bytes += decoded.replaced_bytes;
  Article article = markdown_article(decoded.text);
  if (article.key.empty()) article.key = path;
  reading.give(std::move(article), path);
}

}  // namespace stemma::articles
