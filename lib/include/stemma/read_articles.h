// From files to articles: txt, md, html, jsonl, each also as .gz or .zst; folders; standard input.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

#include "stemma/article.h"
#include "stemma/error.h"

namespace stemma {

struct ReadOptions {
  std::uint64_t max_article_bytes = 64ULL
                                    << 20;  ///< a longer text is refused, its neighbours are not
  std::uint64_t max_expansion = 100;        ///< compressed input may grow by at most this factor
  std::size_t max_depth = 64;               ///< of folders
};

/// One input (a file, or one line of a jsonl file) that could not be read.
struct ReadFailure {
  std::string where;    ///< path, with ":line" where it has lines
  std::string message;  ///< what was expected and got
  std::string hint;
};

struct ReadReport {
  std::uint64_t files = 0;
  std::uint64_t articles = 0;
  std::uint64_t bytes = 0;           ///< of text, after decompression
  std::uint64_t skipped_files = 0;   ///< found in a folder, but no format of ours by name
  std::uint64_t replaced_bytes = 0;  ///< bytes that fitted no encoding and became U+FFFD
  std::vector<ReadFailure> failures;
};

/// Receives each article, in the thread that called; false stops reading (Error{cancelled} is not
/// thrown, the report is partial).
using ArticleSink = std::function<bool(Article&&)>;

/// Reads `path`: a file of a known format, or a folder (recursively, names in byte order, symbolic
/// links and anything but regular files left alone), a little ahead of the sink. The key of an
/// article is its id, else the path as given (jsonl without id: path + ":" + line). Never throws
/// for bad input: see failures. Throws Error{not_found} if `path` itself is missing, and whatever
/// `sink` throws.
ReadReport read_articles(const std::filesystem::path& path, const ArticleSink& sink,
                         const ReadOptions& options = {});

/// Reads standard-input-like bytes: jsonl if the first visible character is `{`, else one txt
/// article with key `name`.
ReadReport read_articles_from(std::istream& input, std::string_view name, const ArticleSink& sink,
                              const ReadOptions& options = {});

/// One row of the table of formats, for help texts.
struct FormatInfo {
  std::string_view name;
  std::string_view extensions;
  std::string_view description;
};
[[nodiscard]] std::vector<FormatInfo> article_formats();

}  // namespace stemma
