// simdjson finds the structure; each value is visited exactly once, in order, so nothing of a line
// goes unchecked. Strings and numbers are read by json_text.h.
#include "articles/jsonl_line.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <string>

#include "articles/byte_source.h"
#include "articles/json_text.h"
#include "articles/lines.h"

namespace stemma::articles {
namespace {

namespace ondemand = simdjson::ondemand;

static_assert(kLinePadding >= simdjson::SIMDJSON_PADDING);

constexpr int kMaxDepth = 64;
constexpr std::size_t kMaxFields = 1024;
constexpr std::size_t kMaxValues = 65536;

struct KnownText {
  std::string_view name;
  std::string Article::*member;
};
constexpr std::array<KnownText, 7> kKnownTexts = {{{"id", &Article::key},
                                                   {"title", &Article::title},
                                                   {"body", &Article::body},
                                                   {"date", &Article::date},
                                                   {"source", &Article::source},
                                                   {"url", &Article::url},
                                                   {"lang", &Article::lang}}};

/// Fills one article from one line.
class Filler {
 public:
  explicit Filler(std::string_view line) : line_(line) {}

  void read(ondemand::object object) {
    for (ondemand::field field : object) {
      const std::string name = text(field.key());
      read_field(name, field.value());
    }
    if (!has_text_) {
      throw BadInput("the object has neither \"title\" nor \"body\"",
                     "put the text under \"body\" and its headline under \"title\"");
    }
  }
  [[nodiscard]] JsonlLine::Result take() { return std::move(result_); }

 private:
  void read_field(const std::string& name, ondemand::value value) {
    const auto* const known =
        std::find_if(kKnownTexts.begin(), kKnownTexts.end(),
                     [&name](const KnownText& one) { return one.name == name; });
    if (known != kKnownTexts.end()) {
      read_known(*known, value);
    } else if (name == "author") {
      read_authors(value);
    } else {
      flatten(name, value, 1);
    }
  }

  void read_known(const KnownText& known, ondemand::value value) {
    const bool is_text = known.name == "title" || known.name == "body";
    switch (value.type()) {
      case ondemand::json_type::null:
        check_literal(value, "null");
        return;
      case ondemand::json_type::array:
      case ondemand::json_type::object:
        if (is_text || known.name == "id") {
          throw BadInput("\"" + std::string(known.name) + "\" is an array or an object",
                         "write it as a string");
        }
        flatten(std::string(known.name), value, 1);
        return;
      case ondemand::json_type::string:
        result_.article.*known.member = text(value.get_raw_json_string());
        break;
      default:
        result_.article.*known.member = scalar_text(value);
    }
    has_text_ = has_text_ || is_text;
    result_.has_id = result_.has_id || known.name == "id";
  }

  void read_authors(ondemand::value value) {
    std::vector<std::string>& authors = result_.article.authors;
    authors.clear();
    if (value.type() == ondemand::json_type::string) {
      authors.push_back(text(value.get_raw_json_string()));
    } else if (value.type() == ondemand::json_type::array) {
      for (ondemand::value element : value.get_array()) {
        if (element.type() == ondemand::json_type::string) {
          authors.push_back(text(element.get_raw_json_string()));
        } else {
          flatten("author", element, 2);
        }
      }
    } else {
      flatten("author", value, 1);
    }
    authors.erase(std::remove(authors.begin(), authors.end(), std::string()), authors.end());
  }

  // The depth is bounded, so recursion is.
  void flatten(const std::string& name, ondemand::value value, int depth) {
    if (depth > kMaxDepth) {
      throw BadInput("values are nested more than " + std::to_string(kMaxDepth) + " deep",
                     "flatten them");
    }
    switch (value.type()) {
      case ondemand::json_type::object:
        for (ondemand::field field : value.get_object()) {
          const std::string inner = name + "." + text(field.key());
          flatten(inner, field.value(), depth + 1);
        }
        return;
      case ondemand::json_type::array:
        for (ondemand::value element : value.get_array()) flatten(name, element, depth + 1);
        return;
      case ondemand::json_type::string:
        add(name, text(value.get_raw_json_string()));
        return;
      case ondemand::json_type::boolean: {
        const bool truth = token(value) == "true";
        check_literal(value, truth ? "true" : "false");
        add(name, truth);
        return;
      }
      case ondemand::json_type::null:
        check_literal(value, "null");
        return;
      case ondemand::json_type::number:
        add(name, number_value(token(value)));
        return;
    }
  }

  void add(const std::string& name, MetadataValue value) {
    std::vector<MetadataField>& fields = result_.article.metadata;
    auto field = std::find_if(fields.begin(), fields.end(),
                              [&name](const MetadataField& one) { return one.name == name; });
    if (field == fields.end()) field = fields.insert(fields.end(), {name, {}});
    field->values.push_back(std::move(value));
    if (fields.size() > kMaxFields || ++values_ > kMaxValues) {
      throw BadInput("has more than " + std::to_string(kMaxFields) + " metadata fields or " +
                         std::to_string(kMaxValues) + " values",
                     "leave out what is no metadata");
    }
  }

  std::string text(ondemand::raw_json_string raw) {
    const auto at = static_cast<std::size_t>(raw.raw() - line_.data());
    Unescaped unescaped = unescape(line_.substr(at));
    result_.replaced_bytes += unescaped.replaced_bytes;
    return std::move(unescaped.text);
  }

  static std::string_view token(ondemand::value& value) {
    std::string_view raw = value.raw_json_token();
    while (!raw.empty() && static_cast<unsigned char>(raw.back()) <= ' ') raw.remove_suffix(1);
    return raw;
  }

  static void check_literal(ondemand::value& value, std::string_view expected) {
    if (token(value) != expected) {
      throw BadInput("\"" + std::string(token(value)) + "\" is no JSON value");
    }
  }

  /// A number or a truth value as it is written.
  static std::string scalar_text(ondemand::value& value) {
    const std::string_view written = token(value);
    if (written != "true" && written != "false") static_cast<void>(number_value(written));
    return std::string(written);
  }

  std::string_view line_;
  JsonlLine::Result result_;
  std::size_t values_ = 0;
  bool has_text_ = false;
};

}  // namespace

struct JsonlLine::State {
  ondemand::parser parser;
};

JsonlLine::JsonlLine() : state_(std::make_unique<State>()) {}
JsonlLine::~JsonlLine() = default;

JsonlLine::Result JsonlLine::parse(std::string_view line) {
  try {
    ondemand::document document = state_->parser.iterate(
        simdjson::padded_string_view(line.data(), line.size(), line.size() + kLinePadding));
    if (document.type() != ondemand::json_type::object) {
      throw BadInput("expected a JSON object, got something else",
                     "one object on each line: {\"title\": …, \"body\": …}");
    }
    Filler filler(line);
    filler.read(document.get_object());
    // On the last character of the line, the document knows of no place any more.
    if (document.current_location().error() == simdjson::SUCCESS) {
      throw BadInput("something follows the JSON object", "one object on each line");
    }
    return filler.take();
  } catch (const simdjson::simdjson_error& error) {
    throw BadInput(std::string("is no valid JSON: ") + error.what(),
                   "one object on each line: {\"title\": …, \"body\": …}");
  }
}

}  // namespace stemma::articles
