// html: one page, one article.
//
// The article is what stands in <article> (in the largest, if one holds half of what all hold: the
// others are teasers), else in <main>, if that is at least a quarter of the page's text outside
// navigation and the like; else that text; else, if there is none, all text.
//
// Title: the first h1 of the article; else og:title; else another h1 that <title> begins with; else
// <title> without the outlet's name behind it; else a heading that comes first. The heading used
// leaves the body.
#include <algorithm>
#include <array>
#include <numeric>
#include <vector>

#include "articles/formats.h"
#include "articles/html_page.h"
#include "text/iso_date.h"

namespace stemma::articles {
namespace {

constexpr std::array<std::string_view, 8> kDateMetas = {
    "article:published_time", "datepublished",  "date",    "dc.date",
    "dcterms.created",        "dc.date.issued", "pubdate", "publishdate"};
constexpr std::array<std::string_view, 5> kAuthorMetas = {"author", "article:author", "dc.creator",
                                                          "dcterms.creator", "byl"};
constexpr std::array<std::string_view, 4> kSourceMetas = {"og:site_name", "dc.publisher",
                                                          "publisher", "application-name"};
constexpr std::array<std::string_view, 1> kTitleMetas = {"og:title"};
constexpr std::array<std::string_view, 1> kAddressMetas = {"og:url"};
constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kKeptMetas = {
    {{"keywords", "keywords"}, {"article:section", "section"}, {"article:tag", "tag"}}};

using Names = std::span<const std::string_view>;

/// Contents of the metas with these names, those of the first name first.
std::vector<std::string> contents(const HtmlPage& page, Names names) {
  std::vector<std::string> found;
  for (const std::string_view name : names) {
    for (const HtmlMeta& meta : page.metas()) {
      if (meta.name == name) found.push_back(meta.content);
    }
  }
  return found;
}

std::string first_content(const HtmlPage& page, Names names) {
  const std::vector<std::string> found = contents(page, names);
  return found.empty() ? std::string() : found.front();
}

/// The first that is a date, else the first.
std::string date_of(const HtmlPage& page) {
  std::vector<std::string> candidates = contents(page, kDateMetas);
  if (!page.time().empty()) candidates.push_back(page.time());
  if (candidates.empty()) return {};
  const auto good = std::find_if(
      candidates.begin(), candidates.end(),
      [](const std::string& candidate) { return text::parse_iso_date(candidate).has_value(); });
  return good != candidates.end() ? *good : candidates.front();
}

std::vector<std::string> authors_of(const HtmlPage& page) {
  std::vector<std::string> authors;
  for (const std::string& author : contents(page, kAuthorMetas)) {
    const bool is_address = author.rfind("http://", 0) == 0 || author.rfind("https://", 0) == 0;
    const bool is_known = std::find(authors.begin(), authors.end(), author) != authors.end();
    if (!is_address && !is_known) authors.push_back(author);
  }
  return authors;
}

void keep_metadata(const HtmlPage& page, Article& article) {
  for (const auto& [meta, field] : kKeptMetas) {
    const std::array<std::string_view, 1> names = {meta};
    MetadataField kept{std::string(field), {}};
    for (std::string& content : contents(page, names)) kept.values.emplace_back(std::move(content));
    if (!kept.values.empty()) article.metadata.push_back(std::move(kept));
  }
}

std::size_t length(const std::vector<HtmlBlock>& blocks) {
  return std::accumulate(
      blocks.begin(), blocks.end(), std::size_t{0},
      [](std::size_t sum, const HtmlBlock& block) { return sum + (block.end - block.begin); });
}

template <class Wanted>
std::vector<HtmlBlock> blocks_where(const std::vector<HtmlBlock>& blocks, const Wanted& wanted) {
  std::vector<HtmlBlock> chosen;
  std::copy_if(blocks.begin(), blocks.end(), std::back_inserter(chosen), wanted);
  return chosen;
}

/// The blocks of the one article that holds at least half of `in_articles`, else all of them.
std::vector<HtmlBlock> largest_article(std::vector<HtmlBlock> in_articles) {
  std::vector<std::size_t> lengths(in_articles.back().article + std::size_t{1});
  for (const HtmlBlock& block : in_articles) lengths[block.article] += block.end - block.begin;
  const auto largest = std::max_element(lengths.begin(), lengths.end());
  if (*largest * 2 < length(in_articles)) return in_articles;
  const auto number = static_cast<std::uint32_t>(largest - lengths.begin());
  return blocks_where(in_articles,
                      [number](const HtmlBlock& block) { return block.article == number; });
}

std::vector<HtmlBlock> chosen_blocks(const std::vector<HtmlBlock>& all) {
  const auto at_least = [&all](HtmlPlace place) {
    return blocks_where(all, [place](const HtmlBlock& block) { return block.place >= place; });
  };
  std::vector<HtmlBlock> content = at_least(HtmlPlace::plain);
  if (content.empty()) return all;
  const std::size_t enough = length(content) / 4 + 1;
  std::vector<HtmlBlock> in_articles = at_least(HtmlPlace::article);
  if (length(in_articles) >= enough) return largest_article(std::move(in_articles));
  std::vector<HtmlBlock> in_main = at_least(HtmlPlace::main);
  return length(in_main) >= enough ? in_main : content;
}

/// "Headline | Outlet" without the outlet.
std::string without_outlet(std::string title, const std::string& outlet) {
  if (outlet.empty() || title.size() <= outlet.size() ||
      title.compare(title.size() - outlet.size(), outlet.size(), outlet) != 0) {
    return title;
  }
  const std::string_view head = std::string_view(title).substr(0, title.size() - outlet.size());
  for (const std::string_view separator : {" | ", " - ", " – ", " — ", " :: ", " · "}) {
    if (head.size() > separator.size() &&
        head.substr(head.size() - separator.size()) == separator) {
      title.resize(head.size() - separator.size());
      break;
    }
  }
  return title;
}

std::string title_of(const HtmlPage& page, const std::vector<HtmlBlock>& body,
                     const std::string& outlet) {
  const auto is_h1 = [](const HtmlBlock& block) { return block.heading == 1; };
  const auto own = std::find_if(body.begin(), body.end(), is_h1);
  if (own != body.end()) return std::string(page.text(*own));
  std::string title = first_content(page, kTitleMetas);
  if (!title.empty()) return title;
  for (const HtmlBlock& block : page.blocks()) {
    if (is_h1(block) && page.title().rfind(page.text(block), 0) == 0) {
      return std::string(page.text(block));
    }
  }
  if (!page.title().empty()) return without_outlet(page.title(), outlet);
  if (!body.empty() && body.front().heading != 0) return std::string(page.text(body.front()));
  return {};
}

/// "en-GB" is English; what is no language code says nothing.
std::string language_code(const std::string& tag) {
  std::string code = tag.substr(0, tag.find_first_of("-_"));
  for (char& letter : code) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
    if (letter < 'a' || letter > 'z') return {};
  }
  return code.size() == 2 || code.size() == 3 ? code : std::string();
}

/// What the page says about its own encoding, near its start.
std::string declared_encoding(std::string_view html) {
  static constexpr std::size_t kLookBytes = 4096;
  std::string head(html.substr(0, kLookBytes));
  std::transform(head.begin(), head.end(), head.begin(), [](char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
  });
  for (const std::string_view key : {"charset=", "encoding="}) {
    const std::size_t found = head.find(key);
    if (found == std::string::npos) continue;
    const std::size_t begin = head.find_first_not_of("\"' ", found + key.size());
    if (begin == std::string::npos) continue;
    const std::size_t end = head.find_first_of("\"' />;?", begin);
    if (end != std::string::npos && end - begin < 40) return head.substr(begin, end - begin);
  }
  return {};
}

}  // namespace

Article html_article(std::string_view text) {
  const HtmlPage page(text);
  Article article;
  article.date = date_of(page);
  article.source = first_content(page, kSourceMetas);
  article.authors = authors_of(page);
  article.url = page.address().empty() ? first_content(page, kAddressMetas) : page.address();
  article.lang = language_code(page.language());
  keep_metadata(page, article);
  const std::vector<HtmlBlock> body = chosen_blocks(page.blocks());
  article.title = title_of(page, body, article.source);
  bool title_met = false;
  for (const HtmlBlock& block : body) {
    if (!title_met && block.heading != 0 && page.text(block) == article.title) {
      title_met = true;
      continue;
    }
    if (!article.body.empty()) article.body.append("\n\n");
    article.body.append(page.text(block));
  }
  return article;
}

void read_html(ByteSource& source, const std::string& path, Reading& reading) {
  std::string bytes = read_whole(source, reading.options().max_article_bytes);
  const std::string declared = declared_encoding(bytes);
  const text::Decoded decoded = text::to_utf8(std::move(bytes), declared);
  reading.report.replaced_bytes += decoded.replaced_bytes;
  Article article = html_article(decoded.text);
  article.key = path;
  reading.give(std::move(article), path);
}

}  // namespace stemma::articles
