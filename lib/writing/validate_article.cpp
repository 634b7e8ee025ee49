#include "writing/validate_article.h"

#include <cmath>
#include <string>

#include "base/term.h"
#include "stemma/error.h"

namespace stemma {
namespace {

std::string shown(const std::string& key) {
  constexpr std::size_t kShown = 60;
  return "article \"" + (key.size() > kShown ? key.substr(0, kShown) + "…" : key) + "\"";
}

void validate_field(const Article& article, const MetadataField& field) {
  if (field.name.find('\0') != std::string::npos) {
    throw Error(Error::Kind::invalid_argument,
                shown(article.key) + " has a metadata name with a zero byte in it",
                "rename the field");
  }
  if (field.name.size() > kMaxFieldNameBytes) {
    throw Error(Error::Kind::limit,
                shown(article.key) + " has a metadata name of " +
                    std::to_string(field.name.size()) + " bytes, at most " +
                    std::to_string(kMaxFieldNameBytes) + " are allowed",
                "rename the field");
  }
  for (const MetadataValue& value : field.values) {
    const auto* number = std::get_if<double>(&value);
    if (number != nullptr && !std::isfinite(*number)) {
      throw Error(Error::Kind::invalid_argument,
                  shown(article.key) + " has a number in \"" + field.name + "\" that is not finite",
                  "leave the value out");
    }
  }
}

}  // namespace

void validate(const Article& article) {
  if (article.key.empty()) {
    throw Error(Error::Kind::invalid_argument, "an article has an empty key",
                "give each article a key of its own");
  }
  if (article.key.size() > kMaxKeyBytes) {
    throw Error(Error::Kind::limit,
                shown(article.key) + " has a key of " + std::to_string(article.key.size()) +
                    " bytes, at most " + std::to_string(kMaxKeyBytes) + " are allowed",
                "use a shorter key, or a hash of it");
  }
  std::size_t bytes = article.title.size() + article.body.size() + article.date.size() +
                      article.source.size() + article.url.size() + article.lang.size();
  for (const std::string& author : article.authors) bytes += author.size();
  for (const MetadataField& field : article.metadata) {
    validate_field(article, field);
    for (const MetadataValue& value : field.values) {
      if (const auto* text = std::get_if<std::string>(&value)) bytes += text->size();
    }
  }
  if (bytes > kMaxArticleBytes) {
    throw Error(Error::Kind::limit,
                shown(article.key) + " has " + std::to_string(bytes) + " bytes, at most " +
                    std::to_string(kMaxArticleBytes) + " are allowed",
                "split it into several articles");
  }
}

}  // namespace stemma
