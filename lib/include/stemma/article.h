// What a user hands in and gets back: one article, as extracted, before any normalisation.
#pragma once

#include <string>
#include <variant>
#include <vector>

namespace stemma {

/// A metadata value as typed by its author: text, number or truth value.
/// Text that is a whole ISO 8601 date (at least year-month-day) can also be filtered as a date.
using MetadataValue = std::variant<std::string, double, bool>;

/// One named field with one or more values, in the order given.
struct MetadataField {
  std::string name;
  std::vector<MetadataValue> values;
  friend bool operator==(const MetadataField&, const MetadataField&) = default;
};

/// One article. All text is UTF-8; bytes that were not are U+FFFD by now.
struct Article {
  std::string key;    ///< unique in an index; the same key again is an update
  std::string title;  ///< may be empty
  std::string body;   ///< paragraphs are separated by empty lines
  std::string
      date;  ///< ISO 8601 in whole or part ("1916", "1916-03", "1916-03-05T10:00:00Z") or empty
  std::string source;  ///< outlet or agency
  std::vector<std::string> authors;
  std::string url;
  std::string lang;  ///< ISO 639-1 or Snowball name; empty: the index's default language
  std::vector<MetadataField> metadata;
  friend bool operator==(const Article&, const Article&) = default;
};

}  // namespace stemma
