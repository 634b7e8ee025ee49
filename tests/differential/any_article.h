// Random articles over a small vocabulary, so that words meet each other often.
#pragma once

#include <string>
#include <vector>

#include "execution/random.h"
#include "stemma/article.h"

namespace stemma::testing {

/// Words that share stems, letters and accents, and one that is taken apart.
inline const std::vector<std::string>& article_vocabulary() {
  static const std::vector<std::string> words = {
      "ship", "ships",   "shipped", "the",     "train",      "trains",  "Training",
      "cafe", "café",    "resume",  "résumé",  "armoured",   "armored", "war",
      "wars", "letters", "letter",  "O'Neill", "co-operate", "harbour", "harbours"};
  return words;
}

/// Without accents and compounds if `plain`: then no two words share a position.
inline std::string any_article_word(Random& random, bool plain) {
  const auto& words = article_vocabulary();
  for (;;) {
    const std::string& word = words[random.below(1 + random.below(words.size()))];
    const bool special =
        word.find_first_of("'-") != std::string::npos || word.find("\xC3") != std::string::npos;
    if (!plain || !special) return word;
  }
}

inline std::string any_text(Random& random, std::uint32_t length, bool plain) {
  std::string text;
  for (std::uint32_t i = 0; i < length; ++i) {
    text += any_article_word(random, plain);
    text += random.one_in(12) ? ". " : " ";
  }
  return text;
}

inline Article any_article(Random& random, const std::string& key, bool plain) {
  Article article;
  article.key = key;
  if (!random.one_in(4)) article.title = any_text(random, 1 + random.below(5), plain);
  article.body = any_text(random, random.below(random.one_in(6) ? 150 : 25), plain);
  if (random.one_in(2)) article.source = any_text(random, 1 + random.below(2), true);
  if (random.one_in(2)) {
    article.date = "19" + std::to_string(10 + random.below(9));
    if (random.one_in(2)) article.date += "-0" + std::to_string(1 + random.below(9));
  }
  if (random.one_in(3)) {
    article.metadata.push_back({"price", {static_cast<double>(random.below(30))}});
  }
  return article;
}

}  // namespace stemma::testing
