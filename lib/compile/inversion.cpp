#include "compile/inversion.h"

#include <algorithm>
#include <cassert>

#include "base/term.h"
#include "compile/inversion_impl.h"

namespace stemma::compile {
namespace {

using analysis::Field;
using analysis::Token;

template <class T>
std::size_t bytes_of(const std::vector<T>& values) {
  return values.capacity() * sizeof(T);
}

std::size_t bytes_of(const BufferedDocument& document) {
  return sizeof document + document.key.capacity() + document.encoded.capacity() +
         bytes_of(document.sentence_starts) + bytes_of(document.paragraph_starts) +
         bytes_of(document.dates);
}

}  // namespace

void Inversion::Impl::add_position(TermNumber number, std::uint32_t document,
                                   std::uint32_t position, bool whole) {
  BufferedTerm& term = terms[number];
  const bool first = term.document != document + 1;
  if (first) term.last = 0;
  assert(position >= term.last);
  lists.append_varint(term.list, (std::uint64_t{position - term.last} << 2U) | (whole ? 2U : 0U) |
                                     (first ? 1U : 0U));
  if (first) {
    lists.append_varint(term.list, document + 1 - term.document);
    term.document = document + 1;
  }
  term.last = position;
}

void Inversion::Impl::add_count(TermNumber number, std::uint32_t document, std::uint32_t count) {
  BufferedTerm& term = terms[number];
  if (term.document == document + 1) {
    term.last += count;
    return;
  }
  if (term.document != 0) lists.append_varint(term.list, term.last);
  lists.append_varint(term.list, document + 1 - term.document);
  term.document = document + 1;
  term.last = count;
}

TermNumber Inversion::Impl::link(TermNumber cached, TermLayer layer, std::string_view text,
                                 TermNumber word) {
  if (cached != kNoTerm && terms[cached].text().substr(1) == text) return cached;
  const TermNumber number = terms.intern(layer, text);
  words.emplace_back(number, word);
  if (words.size() > 2 * unique_words + 4096) forget_repeated_words();
  return number;
}

void Inversion::Impl::forget_repeated_words() {
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  unique_words = words.size();
}

// The memory of a token's term, its list and its stem's list is far apart and mostly not in the
// cache: it is asked for while the tokens before are worked on, link by link of the way to it.
std::uint32_t Inversion::Impl::add_tokens(std::uint32_t document,
                                          const std::vector<Token>& tokens) {
  constexpr std::size_t kToSlot = 24;
  constexpr std::size_t kToTerm = 16;
  constexpr std::size_t kToList = 8;
  hashes.resize(tokens.size() + kToSlot);
  const auto ask = [&](std::size_t at) {
    if (at >= tokens.size()) return;
    hashes[at] = TermTable::hash(TermLayer::word, tokens[at].word);
    terms.prefetch_slot(hashes[at]);
  };
  std::uint32_t length = 0;
  for (std::size_t at = 0; at < std::min(kToSlot, tokens.size()); ++at) ask(at);
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    ask(at + kToSlot);
    if (at + kToTerm < tokens.size()) (void)terms.prefetch_term(hashes[at + kToTerm]);
    if (at + kToList < tokens.size()) prefetch_lists(hashes[at + kToList]);
    length += add_token(document, tokens[at], hashes[at]);
  }
  return length;
}

void Inversion::Impl::prefetch_lists(std::uint32_t hash) const {
  const TermNumber number = terms.prefetch_term(hash);
  if (number == kNoTerm) return;
  const BufferedTerm& word = terms[number];
  __builtin_prefetch(word.key);
  lists.prefetch(word.list);
  if (word.links == 0) return;
  const TermNumber stem = links[word.links - 1].stem;
  if (stem != kNoTerm) __builtin_prefetch(&terms[stem]);
}

std::uint32_t Inversion::Impl::add_token(std::uint32_t document, const Token& token,
                                         std::uint32_t hash) {
  const bool in_title = token.field == Field::title;
  const std::uint32_t count = in_title ? analyzer->options().title_weight : 1;
  std::uint32_t length = 0;
  const TermNumber word = terms.intern(TermLayer::word, token.word, hash);
  add_position(word, document, token.position, token.is_whole);
  if (!token.raw.empty()) {
    add_position(terms.intern(TermLayer::raw, token.raw), document, token.position, false);
  }
  if (terms[word].links == 0) {
    links.emplace_back();
    terms[word].links = static_cast<std::uint32_t>(links.size());
  }
  WordLinks& linked = links[terms[word].links - 1];
  if (!token.folded.empty()) {
    linked.folded = link(linked.folded, TermLayer::folded, token.folded, word);
  }
  const auto add_stem = [&](TermNumber& cached, std::string_view stem) {
    if (stem.empty()) return;
    cached = link(cached, TermLayer::stem, stem, word);
    add_count(cached, document, count);
    length += count;
  };
  if (!token.is_whole) {
    length += count;
    add_stem(linked.stem, token.stem);
    add_stem(linked.stem_alt, token.stem_alt);
  }
  if (!in_title) return length;
  add_position(terms.intern(TermLayer::title_word, token.word), document, token.position,
               token.is_whole);
  if (!token.raw.empty()) {
    add_position(terms.intern(TermLayer::title_raw, token.raw), document, token.position, false);
  }
  if (token.is_whole) return length;
  ++length;
  for (const std::string_view stem : {token.stem, token.stem_alt}) {
    if (stem.empty()) continue;
    add_count(link(kNoTerm, TermLayer::title_stem, stem, word), document, 1);
    ++length;
  }
  return length;
}

const BufferedDocument* Inversion::Impl::find(DocId doc) const {
  const auto place = std::lower_bound(
      documents.begin(), documents.end(), doc,
      [](const BufferedDocument& document, DocId wanted) { return document.doc < wanted; });
  if (place == documents.end() || place->doc != doc || place->dropped) return nullptr;
  return &*place;
}

Inversion::Inversion(const analysis::Analyzer& analyzer)
    : impl_(std::make_unique<Impl>(analyzer)) {}
Inversion::~Inversion() = default;
Inversion::Inversion(Inversion&&) noexcept = default;
Inversion& Inversion::operator=(Inversion&&) noexcept = default;

void Inversion::add(DocId doc, const Article& article, std::string encoded) {
  Impl& impl = *impl_;
  assert(impl.documents.empty() || impl.documents.back().doc < doc);
  // All that can fail comes first.
  analysis::AnalyzedText text = impl.analyzer->analyze(article.title, article.body, article.lang);
  Fields fields = fields_of(article, text.language, *impl.analyzer);

  const auto number = static_cast<std::uint32_t>(impl.documents.size());
  BufferedDocument document;
  document.doc = doc;
  document.key = article.key;
  document.encoded = std::move(encoded);
  document.title_length = text.title_length;
  document.language = std::move(text.language);
  document.sentence_starts = std::move(text.sentence_starts);
  document.paragraph_starts = std::move(text.paragraph_starts);
  document.dates = std::move(fields.dates);
  for (const Token& token : text.tokens) {
    if (token.field != Field::title) break;
    document.title_end = token.position;
  }
  document.length = impl.add_tokens(number, text.tokens);
  for (const auto& [key, positions] : fields.words) {
    const TermNumber term = impl.terms.intern(key);
    for (const std::uint32_t position : positions) impl.add_position(term, number, position, false);
  }
  for (ColumnNumber& value : fields.numbers) impl.numbers.emplace_back(number, std::move(value));
  for (ColumnDate& value : fields.column_dates) {
    impl.column_dates.emplace_back(number, std::move(value));
  }
  impl.document_bytes += bytes_of(document);
  impl.documents.push_back(std::move(document));
}

bool Inversion::drop(DocId doc) {
  if (impl_->find(doc) == nullptr) return false;
  const auto place = std::lower_bound(
      impl_->documents.begin(), impl_->documents.end(), doc,
      [](const BufferedDocument& document, DocId wanted) { return document.doc < wanted; });
  place->dropped = true;
  ++impl_->dropped;
  return true;
}

std::optional<std::string_view> Inversion::article(DocId doc) const {
  const BufferedDocument* document = impl_->find(doc);
  if (document == nullptr) return std::nullopt;
  return document->encoded;
}

std::uint32_t Inversion::document_count() const {
  return static_cast<std::uint32_t>(impl_->documents.size()) - impl_->dropped;
}

std::size_t Inversion::memory_bytes() const {
  const Impl& impl = *impl_;
  constexpr std::size_t kSortBytes = 20;  // a term in the order that write() makes
  return impl.document_bytes + impl.terms.memory_bytes() + impl.terms.size() * kSortBytes +
         impl.lists.memory_bytes() + bytes_of(impl.links) + bytes_of(impl.words) +
         bytes_of(impl.numbers) + bytes_of(impl.column_dates);
}

}  // namespace stemma::compile
