// What the few HTML elements that matter for text mean; all others are transparent.
#pragma once

#include <cstdint>
#include <string_view>

namespace stemma::articles {

enum class HtmlRole : std::uint8_t {
  inline_text,   ///< transparent: a, span, b, and everything unknown
  block,         ///< starts a paragraph
  line,          ///< br, tr: starts a line
  cell,          ///< td, th
  heading,       ///< h1 to h6
  preformatted,  ///< pre: its spaces count
  hidden,        ///< its content is no text: script, svg, button, …
  boilerplate,   ///< nav, aside, footer, …
  page_header,   ///< header: boilerplate unless inside article or main
  article,
  main,
  root,   ///< html
  title,  ///< title
  meta,
  link,
  time,
};

/// `name` in lower case.
[[nodiscard]] HtmlRole html_role(std::string_view name);

}  // namespace stemma::articles
