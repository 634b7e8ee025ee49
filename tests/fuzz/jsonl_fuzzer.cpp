// Whatever stands between them, the good lines before and after are read, with what they say; every
// article is in UTF-8 and has a key.
#include <algorithm>
#include <cstdint>
#include <sstream>
#include <string>
#include <vector>

#include "fuzz/require.h"
#include "stemma/read_articles.h"
#include "text/utf8.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace stemma;  // NOLINT: the one function of this file
  const std::string garbage(reinterpret_cast<const char*>(data), size);
  const std::string text = R"({"id":"first one","title":"before","body":"é"})"
                           "\n" +
                           garbage +
                           "\n"
                           R"({"id":"last one","title":"after","tags":["x",1]})";
  std::istringstream stream(text);
  std::vector<Article> articles;
  const ReadReport report = read_articles_from(stream, "in",
                                               [&articles](Article&& article) {
                                                 articles.push_back(std::move(article));
                                                 return true;
                                               },
                                               {.max_article_bytes = 4096});
  require(articles.size() == report.articles, "every article is counted");
  require(articles.size() >= 2, "good lines survive");
  require(articles.front().key == "first one" && articles.front().body == "é",
          "the line before is as it was");
  require(articles.back().key == "last one" && articles.back().title == "after" &&
              articles.back().metadata.size() == 1,
          "the line after is as it was");
  const auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1;
  require(articles.size() + report.failures.size() <= lines, "one outcome a line");
  for (const Article& article : articles) {
    require(!article.key.empty() && article.key.size() <= 1024, "a key is 1 to 1,024 bytes");
    require(text::is_valid_utf8(article.key) && text::is_valid_utf8(article.title) &&
                text::is_valid_utf8(article.body),
            "an article is UTF-8");
    for (const MetadataField& field : article.metadata) {
      require(text::is_valid_utf8(field.name) && !field.values.empty(), "a field has values");
    }
  }
  return 0;
}
