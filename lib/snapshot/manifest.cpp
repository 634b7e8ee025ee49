// The manifest's text. It is small, so it is JSON that a person can read; its CRC32C stands on a
// line of its own, so that every flipped bit is known before a name in it is believed.
#include "snapshot/manifest.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "base/bytes.h"
#include "base/files.h"
#include "kernels/crc32c.h"
#include "stemma/error.h"

namespace stemma::snapshot {
namespace {

constexpr int kFormat = 1;
constexpr std::uint64_t kMostBytes = 64ULL << 20U;

[[noreturn]] void corrupt(const std::string& what) {
  throw Error(
      Error::Kind::corrupt, "the manifest " + what,
      "the next writer (`stemma index`, `stemma rebuild`) publishes it again from the store");
}

std::string hex(std::uint64_t value, int digits) {
  std::array<char, 20> text{};
  std::snprintf(text.data(), text.size(), "%0*llx", digits, static_cast<unsigned long long>(value));
  return text.data();
}

std::uint64_t from_hex(const std::string& text) {
  std::uint64_t value = 0;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), value, 16);
  if (end.ec != std::errc() || end.ptr != text.data() + text.size()) {
    corrupt("holds \"" + text + "\" where a hexadecimal number is expected");
  }
  return value;
}

/// A name is used as a path below the index: one plain component, nothing else.
std::string file_name(const nlohmann::json& value) {
  auto name = value.get<std::string>();
  const bool plain =
      !name.empty() && name.size() <= 100 && name.front() != '.' &&
      std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
      });
  if (!plain) corrupt("names a file outside its folder");
  return name;
}

template <class T>
T number(const nlohmann::json& object, const char* name) {
  const auto& value = object.at(name);
  if (!value.is_number_unsigned()) corrupt(std::string("has no number at \"") + name + "\"");
  const auto wide = value.get<std::uint64_t>();
  if (wide > std::numeric_limits<T>::max()) {
    corrupt(std::string("has a number too large at \"") + name + "\"");
  }
  return static_cast<T>(wide);
}

IndexOptions index_options(const nlohmann::json& analyzer) {
  IndexOptions options;
  const auto kind = analyzer.at("kind").get<std::string>();
  if (kind == "none") {
    options.analyzer = AnalyzerKind::none;
  } else if (kind != "standard") {
    corrupt("names an unknown analyzer, \"" + kind + "\"");
  }
  options.language = analyzer.at("language").get<std::string>();
  options.title_weight = number<std::uint32_t>(analyzer, "title_weight");
  // Manifests were written without these at first.
  options.bm25.k1 = analyzer.value("k1", options.bm25.k1);
  options.bm25.b = analyzer.value("b", options.bm25.b);
  return options;
}

Manifest from_json(const nlohmann::json& json) {
  Manifest manifest;
  manifest.generation = number<std::uint64_t>(json, "generation");
  manifest.next_doc_id = number<DocId>(json, "next_doc_id");
  manifest.next_file_number = number<std::uint64_t>(json, "next_file_number");
  manifest.store = file_name(json.at("store"));
  manifest.uuid = json.at("uuid").get<std::string>();
  const auto& analyzer = json.at("analyzer");
  manifest.analyzer_fingerprint = from_hex(analyzer.at("fingerprint").get<std::string>());
  // Not in indexes from before; without it the fingerprint is computed.
  manifest.analyzer_build = from_hex(analyzer.value("build", "0"));
  manifest.index_options = index_options(analyzer);
  std::uint64_t lowest = 1;
  for (const auto& entry : json.at("segments")) {
    SegmentEntry segment;
    segment.file = file_name(entry.at("file"));
    segment.first_doc = number<DocId>(entry, "first_doc");
    segment.last_doc = number<DocId>(entry, "last_doc");
    segment.documents = number<std::uint32_t>(entry, "documents");
    segment.bytes = number<std::uint64_t>(entry, "bytes");
    const std::uint64_t span = std::uint64_t{segment.last_doc} - segment.first_doc + 1;
    if (segment.first_doc < lowest || segment.last_doc < segment.first_doc ||
        segment.last_doc >= manifest.next_doc_id || segment.documents == 0 ||
        segment.documents > span) {
      corrupt("gives segment " + segment.file + " impossible documents");
    }
    lowest = std::uint64_t{segment.last_doc} + 1;
    manifest.segments.push_back(std::move(segment));
  }
  for (const auto& name : json.at("deletion_files")) {
    manifest.deletion_files.push_back(file_name(name));
  }
  return manifest;
}

}  // namespace

std::string encode(const Manifest& manifest) {
  nlohmann::ordered_json segments = nlohmann::ordered_json::array();
  for (const SegmentEntry& entry : manifest.segments) {
    segments.push_back({{"file", entry.file},
                        {"first_doc", entry.first_doc},
                        {"last_doc", entry.last_doc},
                        {"documents", entry.documents},
                        {"bytes", entry.bytes}});
  }
  const IndexOptions& options = manifest.index_options;
  const nlohmann::ordered_json json = {
      {"format", kFormat},
      {"generation", manifest.generation},
      {"uuid", manifest.uuid},
      {"next_doc_id", manifest.next_doc_id},
      {"next_file_number", manifest.next_file_number},
      {"store", manifest.store},
      {"analyzer",
       {{"kind", options.analyzer == AnalyzerKind::none ? "none" : "standard"},
        {"language", options.language},
        {"title_weight", options.title_weight},
        {"k1", options.bm25.k1},
        {"b", options.bm25.b},
        {"fingerprint", hex(manifest.analyzer_fingerprint, 16)},
        {"build", hex(manifest.analyzer_build, 16)}}},
      {"segments", std::move(segments)},
      {"deletion_files", manifest.deletion_files}};
  std::string text = json.dump(-1, ' ', true) + "\n";
  text += "crc32c " + hex(kernels::crc32c(as_bytes(text)), 8) + "\n";
  return text;
}

Manifest decode(std::string_view text) {
  const std::size_t line = text.find('\n');
  if (line == std::string_view::npos) corrupt("is cut short");
  const std::string_view body = text.substr(0, line + 1);
  const std::string expected = "crc32c " + hex(kernels::crc32c(as_bytes(body)), 8) + "\n";
  if (text.substr(line + 1) != expected) corrupt("differs from its checksum");
  try {
    const auto json = nlohmann::json::parse(body);
    const auto format = json.at("format").get<std::int64_t>();
    if (format != kFormat) {
      throw Error(Error::Kind::wrong_version,
                  "the index has format " + std::to_string(format) + ", this build knows format " +
                      std::to_string(kFormat),
                  "use the version of stemma that wrote it, or index the articles anew");
    }
    return from_json(json);
  } catch (const nlohmann::json::exception& error) {
    corrupt(std::string("is no manifest: ") + error.what());
  }
}

Manifest read_manifest(const std::filesystem::path& directory) {
  std::string text;
  try {
    text = read_file(directory / kManifestName, kMostBytes);
  } catch (const Error& error) {
    if (error.kind() != Error::Kind::not_found) throw;
    throw Error(Error::Kind::not_found, "no index at " + directory.string(),
                "make one with `stemma index`, or name another with -d DIR");
  }
  return decode(text);
}

void publish_manifest(const std::filesystem::path& directory, const Manifest& manifest) {
  replace_file(directory / kManifestName, encode(manifest));
}

}  // namespace stemma::snapshot
