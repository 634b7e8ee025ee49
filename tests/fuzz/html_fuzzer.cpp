// Any page gives an article in UTF-8 that is not longer than the page; the content of a script,
// wherever it stands, is never in it. Markdown, which takes HTML in, promises the same.
#include <cstdint>
#include <string>

#include "articles/formats.h"
#include "fuzz/require.h"
#include "text/encoding.h"
#include "text/utf8.h"

namespace {

using namespace stemma;  // NOLINT: this file is one program

constexpr const char* kSecret = "Z0secret0Z";

bool shows_secret(const Article& article) {
  return article.title.find(kSecret) != std::string::npos ||
         article.body.find(kSecret) != std::string::npos;
}

void check(const Article& article, std::size_t longest) {
  const auto is_text = [](const std::string& text) { return text::is_valid_utf8(text); };
  require(is_text(article.title) && is_text(article.body), "title and body are UTF-8");
  require(is_text(article.date) && is_text(article.source) && is_text(article.url),
          "what the head says is UTF-8");
  require(article.title.size() <= longest && article.body.size() <= longest, "text does not grow");
  require(!shows_secret(article), "a script is never shown");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  const std::string page = text::to_utf8(bytes).text;
  if (page.find(kSecret) != std::string::npos) return 0;
  const Article html = articles::html_article(page);
  const Article markdown = articles::markdown_article(page);
  // Reading joins what markup parts: the page may have a secret of its own in pieces.
  if (shows_secret(html) || shows_secret(markdown)) return 0;
  check(html, page.size());
  // At the start of a page nothing can have opened an attribute or a comment before the script.
  const std::string script = std::string("<script>") + kSecret + "</script>";
  check(articles::html_article(script + page), page.size());
  check(articles::html_article(std::string("<p>x") + script + page), page.size() + 8);
  // A line of front matter may repeat in a list; each item is in the text once all the same.
  check(markdown, 4 * page.size() + 16);
  return 0;
}
