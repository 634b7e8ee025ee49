// See json_records.h. Field names of an article are those that `stemma index` reads.
#include "json_records.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "printable.h"

namespace stemma::command {

namespace {

using Json = nlohmann::ordered_json;

constexpr int kVersion = 1;

/// One line, with '\n'. What a terminal must not see stands only inside strings, so it can be
/// escaped in the finished text.
std::string line_of(const Json& record) {
  const std::string text = record.dump(-1, ' ', false, Json::error_handler_t::replace);
  std::string line;
  line.reserve(text.size() + 1);
  for (std::size_t at = 0; at < text.size();) {
    const Character next = character_at(text, at);
    if (is_control(next.value) || next.value == 0x2028 || next.value == 0x2029) {
      constexpr char kHex[] = "0123456789abcdef";
      line += "\\u";
      for (unsigned shift = 16; shift > 0; shift -= 4)
        line += kHex[(next.value >> (shift - 4)) & 15U];
    } else {
      line.append(text, at, next.size);
    }
    at += next.size;
  }
  line += '\n';
  return line;
}

Json record(const std::string& type) { return {{"v", kVersion}, {"type", type}}; }

void set_topic(Json& json, const std::string& topic) {
  if (!topic.empty()) json["topic"] = valid_utf8(topic);
}

Json notes_json(const std::vector<QueryNote>& notes) {
  Json list = Json::array();
  for (const QueryNote& note : notes) {
    Json entry = {{"offset", note.offset}, {"message", valid_utf8(note.message)}};
    if (!note.hint.empty()) entry["hint"] = valid_utf8(note.hint);
    list.push_back(std::move(entry));
  }
  return list;
}

Json value_json(const MetadataValue& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return valid_utf8(*text);
  if (const auto* truth = std::get_if<bool>(&value)) return *truth;
  const double number = std::get<double>(value);
  constexpr double kExact = 9007199254740992.0;  // 2^53: whole numbers below it are exact
  if (std::nearbyint(number) == number && std::abs(number) < kExact) {
    return static_cast<std::int64_t>(number);
  }
  return number;
}

void set_known_fields(Json& json, const Article& article) {
  const auto set = [&](const char* name, const std::string& value) {
    if (!value.empty()) json[name] = valid_utf8(value);
  };
  set("date", article.date);
  set("source", article.source);
  if (!article.authors.empty()) {
    Json authors = Json::array();
    for (const std::string& author : article.authors) authors.push_back(valid_utf8(author));
    json["author"] = std::move(authors);
  }
  set("url", article.url);
  set("lang", article.lang);
}

Json metadata_json(const Article& article) {
  Json json = Json::object();
  for (const MetadataField& field : article.metadata) {
    Json values = Json::array();
    for (const MetadataValue& value : field.values) values.push_back(value_json(value));
    json[valid_utf8(field.name)] =
        field.values.size() == 1 ? Json(values.front()) : std::move(values);
  }
  return json;
}

/// A text with its ranges. Bytes that are no UTF-8 grow when they are replaced, so the text is
/// taken piece by piece and the ranges follow.
struct MarkedText {
  std::string text;
  Json ranges = Json::array();
};

MarkedText marked(std::string_view text, const std::vector<ByteRange>& ranges) {
  MarkedText result;
  std::size_t at = 0;
  for (const ByteRange& range : ranges) {
    result.text += valid_utf8(text.substr(at, range.begin - at));
    const std::size_t begin = result.text.size();
    result.text += valid_utf8(text.substr(range.begin, range.end - range.begin));
    result.ranges.push_back({begin, result.text.size()});
    at = range.end;
  }
  result.text += valid_utf8(text.substr(at));
  return result;
}

Json explanation_json(const Explanation& explanation) {
  Json json = {{"name", valid_utf8(explanation.name)}, {"value", explanation.value}};
  if (explanation.parts.empty()) return json;
  Json parts = Json::array();
  for (const Explanation& part : explanation.parts) parts.push_back(explanation_json(part));
  json["parts"] = std::move(parts);
  return json;
}

Json texts_json(const std::vector<std::string>& texts) {
  Json list = Json::array();
  for (const std::string& text : texts) list.push_back(valid_utf8(text));
  return list;
}

}  // namespace

std::string header_record(const SearchHeader& header) {
  Json json = record("header");
  set_topic(json, header.topic);
  json["query"] = valid_utf8(header.query);
  json["understood"] = valid_utf8(header.understood);
  json["notes"] = notes_json(header.notes);
  json["generation"] = header.generation;
  json["documents"] = header.documents;
  json["total"] = header.total;
  json["offset"] = header.offset;
  json["sort"] = header.sort;
  return line_of(json);
}

std::string hit_record(const HitRecord& hit) {
  Json json = record("hit");
  set_topic(json, hit.topic);
  json["rank"] = hit.rank;
  json["key"] = valid_utf8(hit.article.key);
  json["score"] = hit.score;
  json["title"] = valid_utf8(hit.article.title);
  set_known_fields(json, hit.article);
  if (!hit.article.metadata.empty()) json["metadata"] = metadata_json(hit.article);
  MarkedText snippet = marked(hit.snippet.text, hit.snippet.highlights);
  json["snippet"] = {{"text", std::move(snippet.text)},
                     {"highlights", std::move(snippet.ranges)},
                     {"starts_inside", hit.snippet.starts_inside},
                     {"ends_inside", hit.snippet.ends_inside}};
  if (hit.explanation) json["explanation"] = explanation_json(*hit.explanation);
  return line_of(json);
}

std::string footer_record(const std::string& topic, std::size_t hits, std::uint64_t total,
                          double seconds) {
  Json json = record("footer");
  set_topic(json, topic);
  json["hits"] = hits;
  json["total"] = total;
  json["seconds"] = seconds;
  return line_of(json);
}

std::string count_record(std::string_view query, std::string_view understood, std::uint64_t total) {
  Json json = record("count");
  json["query"] = valid_utf8(query);
  json["understood"] = valid_utf8(understood);
  json["total"] = total;
  return line_of(json);
}

std::string article_record(const Article& article, const Highlights& highlights) {
  MarkedText title = marked(article.title, highlights.title);
  MarkedText body = marked(article.body, highlights.body);
  Json fields = {{"id", valid_utf8(article.key)}, {"title", std::move(title.text)}};
  set_known_fields(fields, article);
  fields["body"] = std::move(body.text);
  const Json metadata = metadata_json(article);
  for (const auto& [name, value] : metadata.items()) {
    if (!fields.contains(name)) fields[name] = value;
  }
  Json json = record("article");
  json["article"] = std::move(fields);
  json["highlights"] = {{"title", std::move(title.ranges)}, {"body", std::move(body.ranges)}};
  return line_of(json);
}

std::string query_record(std::string_view query, std::string_view understood,
                         const std::vector<QueryNote>& notes, std::string_view text) {
  Json json = record("query");
  json["query"] = valid_utf8(query);
  json["understood"] = valid_utf8(understood);
  json["notes"] = notes_json(notes);
  json["text"] = valid_utf8(text);
  return line_of(json);
}

std::string explanation_record(std::string_view key,
                               const std::optional<Explanation>& explanation) {
  Json json = record("explanation");
  json["key"] = valid_utf8(key);
  json["matches"] = explanation.has_value();
  if (explanation) json["explanation"] = explanation_json(*explanation);
  return line_of(json);
}

std::string index_record(const IndexSummary& summary) {
  Json json = record("index");
  json["added"] = summary.added;
  json["updated"] = summary.updated;
  json["unchanged"] = summary.unchanged;
  json["documents"] = summary.documents;
  json["generation"] = summary.generation;
  json["seconds"] = summary.seconds;
  json["files"] = summary.report.files;
  json["bytes"] = summary.report.bytes;
  json["skipped_files"] = summary.report.skipped_files;
  json["replaced_bytes"] = summary.report.replaced_bytes;
  Json failures = Json::array();
  for (const ReadFailure& failure : summary.report.failures) {
    failures.push_back({{"where", valid_utf8(failure.where)},
                        {"message", valid_utf8(failure.message)},
                        {"hint", valid_utf8(failure.hint)}});
  }
  json["failures"] = std::move(failures);
  return line_of(json);
}

std::string delete_record(std::uint64_t deleted, const std::vector<std::string>& missing,
                          std::uint64_t generation) {
  Json json = record("delete");
  json["deleted"] = deleted;
  json["missing"] = texts_json(missing);
  json["generation"] = generation;
  return line_of(json);
}

std::string statistics_record(const std::filesystem::path& directory,
                              const IndexStatistics& statistics) {
  Json json = record("stats");
  json["index"] = valid_utf8(directory.native());
  json["generation"] = statistics.generation;
  json["documents"] = statistics.documents;
  json["deleted_documents"] = statistics.deleted_documents;
  json["segments"] = statistics.segments;
  json["terms"] = statistics.terms;
  json["postings"] = statistics.postings;
  json["average_length"] = statistics.average_length;
  Json parts = Json::array();
  for (const PartSize& part : statistics.parts) {
    parts.push_back({{"name", valid_utf8(part.name)}, {"bytes", part.bytes}});
  }
  json["parts"] = std::move(parts);
  Json languages = Json::object();
  for (const auto& [language, documents] : statistics.languages) {
    languages[valid_utf8(language)] = documents;
  }
  json["languages"] = std::move(languages);
  return line_of(json);
}

std::string check_record(const std::filesystem::path& directory, const CheckReport& report) {
  Json json = record("check");
  json["index"] = valid_utf8(directory.native());
  json["files"] = report.files;
  json["bytes"] = report.bytes;
  json["articles"] = report.articles;
  Json damage = Json::array();
  for (const Damage& one : report.damage) {
    damage.push_back({{"file", valid_utf8(one.file)},
                      {"message", valid_utf8(one.message)},
                      {"hint", valid_utf8(one.hint)}});
  }
  json["damage"] = std::move(damage);
  return line_of(json);
}

std::string long_work_record(const std::string& kind, std::uint64_t documents, double seconds) {
  Json json = record(kind);
  json["documents"] = documents;
  json["seconds"] = seconds;
  return line_of(json);
}

std::string committed_record(std::uint64_t articles, std::uint64_t generation) {
  Json json;
  json["committed"] = articles;
  json["generation"] = generation;
  return line_of(json);
}

std::string progress_record(const std::string& items, std::uint64_t count, std::uint64_t done,
                            std::uint64_t total, double seconds) {
  Json json = record("progress");
  json[items] = count;
  json["done"] = done;
  json["total"] = total;
  json["seconds"] = seconds;
  return line_of(json);
}

}  // namespace stemma::command
