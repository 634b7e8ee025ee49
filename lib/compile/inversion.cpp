#include "compile/inversion.h"

#include <algorithm>
#include <cassert>

#include "base/prefetch.h"
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
  return sizeof document + document.key.capacity() + document.encoded.capacity();
}

/// Returns where they end.
template <class T>
std::uint32_t append(std::vector<T>& all, const std::vector<T>& more) {
  all.insert(all.end(), more.begin(), more.end());
  return static_cast<std::uint32_t>(all.size());
}

}  // namespace

void Inversion::Impl::add_position(BufferedTerm& term, std::uint32_t position, bool whole) {
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

void Inversion::Impl::add_count(BufferedTerm& term, std::uint32_t count) {
  if (term.document == document + 1) {
    term.last += count;
    return;
  }
  if (term.document != 0) lists.append_varint(term.list, term.last);
  lists.append_varint(term.list, document + 1 - term.document);
  term.document = document + 1;
  term.last = count;
}

TermNumber Inversion::Impl::link(TermLayer layer, std::string_view text, TermNumber word) {
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

void Inversion::Impl::learn_forms(TermNumber word, std::string_view text) {
  const analysis::WordForms found = reader.forms(text);
  const auto stem = [&](std::string_view form) {
    return form.empty() ? kNoTerm : link(TermLayer::stem, form, word);
  };
  BufferedTerm& term = terms[word];
  term.language = language;
  term.stem = stem(found.stem);
  term.stem_alt = stem(found.stem_alt);
  if (!found.folded.empty()) link(TermLayer::folded, found.folded, word);
}

void Inversion::Impl::learn_folded(TermNumber word, std::string_view text) {
  const std::string_view folded = reader.folded(text);
  if (!folded.empty()) link(TermLayer::folded, folded, word);
}

// The memory of a token's term, its list, its stem and its stem's list is far apart and mostly not
// in the cache: it is asked for while the tokens before are worked on, link by link of the way.
std::uint32_t Inversion::Impl::add_tokens(const std::vector<Token>& tokens) {
  constexpr std::size_t kStep = 6;  // tokens between one link and the next
  const std::size_t size = tokens.size();
  ahead.resize(size);
  std::uint32_t length = 0;
  for (std::size_t at = 0; at < size + 4 * kStep; ++at) {
    if (at < size) {
      ahead[at].hash = TermTable::hash(TermLayer::word, tokens[at].word);
      terms.prefetch_slot(ahead[at].hash);
    }
    // Before the first token these numbers wrap around and are larger than any size.
    if (const std::size_t to_term = at - kStep; to_term < size) {
      ahead[to_term].number = terms.prefetch_term(ahead[to_term].hash);
    }
    if (const std::size_t to_list = at - 2 * kStep; to_list < size) {
      prefetch_list(ahead[to_list].number);
    }
    if (const std::size_t to_stem = at - 3 * kStep; to_stem < size) {
      prefetch_stem_list(ahead[to_stem].number);
    }
    if (const std::size_t now = at - 4 * kStep; now < size) {
      length += add_token(tokens[now], ahead[now]);
    }
  }
  return length;
}

void Inversion::Impl::prefetch_list(TermNumber word) const {
  if (word == kNoTerm) return;
  const BufferedTerm& term = terms[word];
  lists.prefetch_end(term.list);
  if (term.stem != kNoTerm) prefetch(&terms[term.stem]);
}

void Inversion::Impl::prefetch_stem_list(TermNumber word) const {
  if (word == kNoTerm || terms[word].stem == kNoTerm) return;
  const BufferedTerm& stem = terms[terms[word].stem];
  if (stem.document != document + 1) lists.prefetch_end(stem.list);
}

std::uint32_t Inversion::Impl::add_token(const Token& token, const Ahead& found) {
  const TermNumber word = terms.intern(TermLayer::word, token.word, found.hash, found.number);
  BufferedTerm& term = terms[word];
  add_position(term, token.position, token.is_whole);
  if (!token.raw.empty()) {
    add_position(terms[terms.intern(TermLayer::raw, token.raw)], token.position, false);
  }
  const bool in_title = token.field == Field::title;
  std::uint32_t length = 0;
  if (token.is_whole) {
    learn_folded(word, token.word);
  } else {
    if (term.language != language) learn_forms(word, token.word);
    const std::uint32_t count = in_title ? analyzer->options().title_weight : 1;
    length = count;
    for (const TermNumber stem : {term.stem, term.stem_alt}) {
      if (stem == kNoTerm) continue;
      add_count(terms[stem], count);
      length += count;
    }
  }
  return in_title ? length + add_title_token(token, word) : length;
}

std::uint32_t Inversion::Impl::add_title_token(const Token& token, TermNumber word) {
  const auto add = [&](TermLayer layer, std::string_view text, bool whole) {
    add_position(terms[terms.intern(layer, text)], token.position, whole);
  };
  add(TermLayer::title_word, token.word, token.is_whole);
  if (!token.raw.empty()) add(TermLayer::title_raw, token.raw, false);
  if (token.is_whole) return 0;
  std::uint32_t length = 1;
  for (const TermNumber stem : {terms[word].stem, terms[word].stem_alt}) {
    if (stem == kNoTerm) continue;
    add_count(terms[link(TermLayer::title_stem, terms[stem].text().substr(1), word)], 1);
    ++length;
  }
  return length;
}

const BufferedDocument* Inversion::Impl::find(DocId doc) const {
  const auto place = std::lower_bound(
      documents.begin(), documents.end(), doc,
      [](const BufferedDocument& buffered, DocId wanted) { return buffered.doc < wanted; });
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
  const analysis::AnalyzedText& text = impl.reader.read(article.title, article.body, article.lang);
  Fields fields = fields_of(article, text.language, *impl.analyzer);

  const auto number = static_cast<std::uint32_t>(impl.documents.size());
  impl.document = number;
  impl.language = text.language_id;
  BufferedDocument added;
  added.doc = doc;
  added.key = article.key;
  added.encoded = std::move(encoded);
  added.title_length = text.title_length;
  added.language = text.language;
  added.sentences = append(impl.document_lists.sentence_starts, text.sentence_starts);
  added.paragraphs = append(impl.document_lists.paragraph_starts, text.paragraph_starts);
  added.dates = append(impl.document_lists.dates, fields.dates);
  for (const Token& token : text.tokens) {
    if (token.field != Field::title) break;
    added.title_end = token.position;
  }
  added.length = impl.add_tokens(text.tokens);
  for (const Fields::Word& word : fields.words) {
    impl.add_position(impl.terms[impl.terms.intern(word.key)], word.position, false);
  }
  for (ColumnNumber& value : fields.numbers) impl.numbers.emplace_back(number, std::move(value));
  for (ColumnDate& value : fields.column_dates) {
    impl.column_dates.emplace_back(number, std::move(value));
  }
  impl.document_bytes += bytes_of(added);
  impl.documents.push_back(std::move(added));
}

void Inversion::clear() {
  Impl& impl = *impl_;
  impl.documents.clear();
  impl.dropped = 0;
  impl.document_bytes = 0;
  impl.document_lists.sentence_starts.clear();
  impl.document_lists.paragraph_starts.clear();
  impl.document_lists.dates.clear();
  impl.terms.clear();
  impl.lists.clear();
  impl.words.clear();
  impl.ahead = {};  // not counted, and as long as the longest article
  impl.unique_words = 0;
  impl.numbers.clear();
  impl.column_dates.clear();
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
  const DocumentLists& lists = impl.document_lists;
  constexpr std::size_t kSortBytes = 20;  // a term in the order that write() makes
  return impl.document_bytes + impl.terms.memory_bytes() + impl.terms.size() * kSortBytes +
         impl.lists.memory_bytes() + bytes_of(impl.words) + bytes_of(impl.numbers) +
         bytes_of(impl.column_dates) + bytes_of(lists.sentence_starts) +
         bytes_of(lists.paragraph_starts) + bytes_of(lists.dates);
}

}  // namespace stemma::compile
