// The table of formats: one row each, and one reader each in a file of its own.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "articles/byte_source.h"
#include "articles/decompress.h"
#include "articles/reading.h"

namespace stemma::articles {

/// Each reads all of `source` and gives what it finds to `reading`. `path` is the key of an article
/// that names none, and stands in failures. Throws BadInput if the rest cannot be read; articles
/// before that have been given.
void read_txt(ByteSource& source, const std::string& path, Reading& reading);
void read_markdown(ByteSource& source, const std::string& path, Reading& reading);
void read_html(ByteSource& source, const std::string& path, Reading& reading);
void read_jsonl(ByteSource& source, const std::string& path, Reading& reading);

/// The articles in text that is UTF-8 already.
[[nodiscard]] Article txt_article(std::string text);
[[nodiscard]] Article markdown_article(std::string_view text);
[[nodiscard]] Article html_article(std::string_view text);

struct Format {
  FormatInfo info;
  std::span<const std::string_view> extensions;  ///< lower case, with their dots
  void (*read)(ByteSource& source, const std::string& path, Reading& reading);
};

struct FoundFormat {
  const Format* format = nullptr;
  Compression compression = Compression::none;
};

/// By the name's ending, whatever its case: `.txt`, `.txt.gz`, `.txt.zst`, …
[[nodiscard]] std::optional<FoundFormat> format_of(std::string_view name);

/// For input without a name, whose first bytes are `head`: compressed or not by its magic number,
/// then jsonl if its first visible character is `{`, else txt.
[[nodiscard]] FoundFormat unnamed_format(std::string_view head);

/// Every ending that is read, for hints.
[[nodiscard]] std::string known_extensions();

}  // namespace stemma::articles
