// One JSON object as one article.
//
// Known keys: id, title, body, date, source, url, lang (text; a number or truth value as it is
// written) and author (a text or an array of texts). null is as good as absent. Everything else,
// a known key whose value has another shape included, is metadata: arrays give a field several
// values, objects are flattened with dots ("place": {"city": …} is the field place.city), null
// values vanish. A key given twice: the last one counts; as metadata, both do.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "stemma/article.h"

namespace stemma::articles {

/// Parses lines one after the other; keeps its memory between them.
class JsonlLine {
 public:
  JsonlLine();
  ~JsonlLine();
  JsonlLine(const JsonlLine&) = delete;
  JsonlLine& operator=(const JsonlLine&) = delete;

  struct Result {
    Article article;  ///< its key is empty if the line has no id
    bool has_id = false;
    std::uint64_t replaced_bytes = 0;  ///< of escapes that are half a surrogate pair
  };

  /// `line` must be followed by kLinePadding readable bytes. Throws BadInput: no JSON, no object,
  /// neither title nor body, or nested deeper than 64.
  [[nodiscard]] Result parse(std::string_view line);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace stemma::articles
