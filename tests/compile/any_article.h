// Random small articles that cross edges: empty parts, repeated words, compounds, accents,
// look-alikes, several languages, metadata of all types.
#pragma once

#include <string>
#include <vector>

#include "small_random.h"
#include "stemma/article.h"

namespace stemma {

struct AnyArticleOptions {
  bool many_languages = false;
};

inline std::string any_text(SmallRandom& random, unsigned most_words) {
  static const std::vector<std::string> kWords = {"ships",
                                                  "Ship",
                                                  "shipping",
                                                  "harbour",
                                                  "the",
                                                  "co-operation",
                                                  "co-operate",
                                                  "AT&T",
                                                  "résumé",
                                                  "resume",
                                                  "U.S.",
                                                  "die",
                                                  "Dies",
                                                  "naïve",
                                                  "122mm",
                                                  "\xd1\x81"
                                                  "at",
                                                  "cat",
                                                  "don't",
                                                  "O'Neill",
                                                  "Straße",
                                                  "running",
                                                  "runs",
                                                  "a",
                                                  "vote.",
                                                  "Votes.",
                                                  "mail@example.org",
                                                  "C++"};
  std::string text;
  for (unsigned left = random() % (most_words + 1); left > 0; --left) {
    text += kWords[random() % kWords.size()];
    const unsigned next = random() % 20;
    text += next == 0 ? "\n\n" : next == 1 ? ". " : " ";
  }
  return text;
}

inline Article any_article(SmallRandom& random, const std::string& key,
                           const AnyArticleOptions& options = {}) {
  Article article;
  article.key = key;
  if (random() % 4 != 0) article.title = any_text(random, 6);
  if (random() % 8 != 0) article.body = any_text(random, 40);
  static const std::vector<std::string> kDates = {"", "1916", "1916-03-05", "no date",
                                                  "2020-02-29T10:00:00Z"};
  article.date = kDates[random() % kDates.size()];
  if (random() % 2 == 0) article.source = "Evening Post";
  if (random() % 3 == 0) article.authors = {"Ann O'Neill", "Ann Lee"};
  static const std::vector<std::string> kLanguages = {"", "en", "de", "English", "xx"};
  if (options.many_languages) article.lang = kLanguages[random() % kLanguages.size()];
  if (random() % 3 == 0) {
    article.metadata.push_back({"section", {std::string("front page"), std::string("news"), true}});
  }
  if (random() % 3 == 0) {
    article.metadata.push_back({"pages", {double(random() % 5), 2.5, std::string("1999-12-31")}});
  }
  if (random() % 5 == 0) article.metadata.push_back({"date", {std::string("1850-01-01")}});
  return article;
}

}  // namespace stemma
