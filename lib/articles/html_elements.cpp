// The table, sorted by name.
#include "articles/html_elements.h"

#include <algorithm>
#include <iterator>

namespace stemma::articles {
namespace {

struct Element {
  std::string_view name;
  HtmlRole role;
};

constexpr Element kElements[] = {
    {"address", HtmlRole::block},
    {"article", HtmlRole::article},
    {"aside", HtmlRole::boilerplate},
    {"audio", HtmlRole::hidden},
    {"blockquote", HtmlRole::block},
    {"body", HtmlRole::block},
    {"br", HtmlRole::line},
    {"button", HtmlRole::hidden},
    {"canvas", HtmlRole::hidden},
    {"caption", HtmlRole::block},
    {"center", HtmlRole::block},
    {"datalist", HtmlRole::hidden},
    {"dd", HtmlRole::block},
    {"details", HtmlRole::block},
    {"dialog", HtmlRole::boilerplate},
    {"div", HtmlRole::block},
    {"dl", HtmlRole::block},
    {"dt", HtmlRole::block},
    {"fieldset", HtmlRole::block},
    {"figcaption", HtmlRole::block},
    {"figure", HtmlRole::block},
    {"footer", HtmlRole::boilerplate},
    {"form", HtmlRole::block},
    {"h1", HtmlRole::heading},
    {"h2", HtmlRole::heading},
    {"h3", HtmlRole::heading},
    {"h4", HtmlRole::heading},
    {"h5", HtmlRole::heading},
    {"h6", HtmlRole::heading},
    {"head", HtmlRole::block},
    {"header", HtmlRole::page_header},
    {"hgroup", HtmlRole::block},
    {"hr", HtmlRole::block},
    {"html", HtmlRole::root},
    {"iframe", HtmlRole::hidden},
    {"li", HtmlRole::block},
    {"link", HtmlRole::link},
    {"main", HtmlRole::main},
    {"map", HtmlRole::hidden},
    {"math", HtmlRole::hidden},
    {"menu", HtmlRole::boilerplate},
    {"meta", HtmlRole::meta},
    {"nav", HtmlRole::boilerplate},
    {"noembed", HtmlRole::hidden},
    {"noframes", HtmlRole::hidden},
    {"noscript", HtmlRole::hidden},
    {"object", HtmlRole::hidden},
    {"ol", HtmlRole::block},
    {"p", HtmlRole::block},
    {"pre", HtmlRole::preformatted},
    {"script", HtmlRole::hidden},
    {"section", HtmlRole::block},
    {"select", HtmlRole::hidden},
    {"style", HtmlRole::hidden},
    {"summary", HtmlRole::block},
    {"svg", HtmlRole::hidden},
    {"table", HtmlRole::block},
    {"tbody", HtmlRole::block},
    {"td", HtmlRole::cell},
    {"template", HtmlRole::hidden},
    {"textarea", HtmlRole::hidden},
    {"tfoot", HtmlRole::block},
    {"th", HtmlRole::cell},
    {"thead", HtmlRole::block},
    {"time", HtmlRole::time},
    {"title", HtmlRole::title},
    {"tr", HtmlRole::line},
    {"ul", HtmlRole::block},
    {"video", HtmlRole::hidden},
    {"xmp", HtmlRole::preformatted},
};

static_assert(std::is_sorted(std::begin(kElements), std::end(kElements),
                             [](const Element& left, const Element& right) {
                               return left.name < right.name;
                             }));

}  // namespace

HtmlRole html_role(std::string_view name) {
  const auto* const found = std::lower_bound(
      std::begin(kElements), std::end(kElements), name,
      [](const Element& element, std::string_view wanted) { return element.name < wanted; });
  return found != std::end(kElements) && found->name == name ? found->role : HtmlRole::inline_text;
}

}  // namespace stemma::articles
