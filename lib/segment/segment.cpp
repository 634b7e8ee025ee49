// Opening reads the trailer, the page table and the footer, nothing else.
#include "segment/segment.h"

#include <algorithm>
#include <utility>

#include "segment/posting_list.h"
#include "segment/prefix_lists.h"
#include "segment/segment_impl.h"
#include "segment/words.h"
#include "stemma/error.h"

namespace stemma::segment {

Segment::Impl::Impl(const std::filesystem::path& path) : file(path) { read_footer(); }
Segment::Impl::Impl(Bytes bytes, std::string name) : file(bytes, std::move(name)) { read_footer(); }

void Segment::Impl::read_footer() {
  ByteReader footer(file.read(file.footer().offset, file.footer().size), "a segment's footer");
  document_count = footer.u32();
  shortest_length = footer.u32();
  total_length = footer.u64();
  const std::uint64_t terms = footer.u64();
  posting_count = footer.u64();
  fingerprint = footer.u64();
  impact_reference.k1 = footer.f64();
  impact_reference.b = footer.f64();
  impact_reference.average_length = footer.f64();
  const std::uint8_t flags = footer.u8();
  word_impacts = (flags & 1U) != 0;
  if (document_count >= kEndOfList || flags > 1) corrupt("its footer");
  for (std::uint64_t count = footer.varint(); count > 0; --count) {
    LanguageCount language;
    language.language = footer.text();
    language.documents = footer.varint32();
    languages.push_back(std::move(language));
  }
  for (std::size_t i = 0; i < kSections; ++i) {
    extents[i].offset = footer.u64();
    extents[i].size = footer.u64();
    if (extents[i].offset > file.footer().offset ||
        extents[i].size > file.footer().offset - extents[i].offset) {
      corrupt("the table of its sections");
    }
    sections[i] = Section(file, extents[i]);
  }
  articles = Articles(section(SectionId::articles), document_count, footer);
  dictionary = Dictionary(section(SectionId::dictionary), terms, word_impacts, footer);
  documents = Documents(section(SectionId::documents), section(SectionId::keys),
                        section(SectionId::starts), document_count, footer);
  columns = Columns(section(SectionId::columns), document_count, footer);
  if (!footer.empty()) corrupt("its footer");
}

Segment::Segment(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Segment::~Segment() = default;

// Not make_shared: the constructor is private, and an open segment is not made often.
std::shared_ptr<const Segment> Segment::open(const std::filesystem::path& path) {
  return std::shared_ptr<const Segment>(new Segment(std::make_unique<Impl>(path)));
}
std::shared_ptr<const Segment> Segment::over(Bytes bytes, std::string name) {
  return std::shared_ptr<const Segment>(
      new Segment(std::make_unique<Impl>(bytes, std::move(name))));
}

std::uint32_t Segment::document_count() const { return impl_->document_count; }
std::uint64_t Segment::total_length() const { return impl_->total_length; }
std::uint64_t Segment::term_count() const { return impl_->dictionary.term_count(); }
std::uint64_t Segment::posting_count() const { return impl_->posting_count; }
std::uint64_t Segment::analyzer_fingerprint() const { return impl_->fingerprint; }
const ImpactReference& Segment::impact_reference() const { return impl_->impact_reference; }
bool Segment::word_impacts() const { return impl_->word_impacts; }
const std::vector<LanguageCount>& Segment::languages() const { return impl_->languages; }
std::uint32_t Segment::shortest_length() const { return impl_->shortest_length; }

std::vector<std::pair<std::string, std::uint64_t>> Segment::section_sizes() const {
  std::vector<std::pair<std::uint64_t, std::string>> begins{
      {0, "head"},
      {impl_->file.footer().offset, "footer"},
      {impl_->file.paged_bytes(), "checksums"}};
  for (std::size_t i = 0; i < kSections; ++i) {
    begins.emplace_back(impl_->extents[i].offset, kSectionNames[i]);
  }
  // An empty section begins where its successor does; names then keep the order stable.
  std::sort(begins.begin(), begins.end());
  std::vector<std::pair<std::string, std::uint64_t>> sizes;
  for (std::size_t i = 0; i < begins.size(); ++i) {
    const std::uint64_t end = i + 1 < begins.size() ? begins[i + 1].first : impl_->file.size();
    sizes.emplace_back(begins[i].second, end - begins[i].first);
  }
  return sizes;
}

DocId Segment::doc_id(Ordinal doc) const {
  impl_->check(doc);
  return impl_->documents.id(doc);
}
std::optional<Ordinal> Segment::ordinal_of(DocId doc) const { return impl_->documents.find(doc); }
std::uint32_t Segment::length(Ordinal doc) const { return impl_->documents.length(doc); }
Lengths Segment::lengths() const { return impl_->documents.lengths(); }
std::uint32_t Segment::title_length(Ordinal doc) const {
  return impl_->documents.title_length(doc);
}
std::string_view Segment::key(Ordinal doc) const {
  impl_->check(doc);
  return impl_->documents.key(doc);
}
std::optional<Ordinal> Segment::find_key(std::string_view key) const {
  return impl_->documents.find_key(key);
}
std::string Segment::article(Ordinal doc) const { return impl_->articles.article(doc); }
std::vector<std::uint32_t> Segment::sentence_starts(Ordinal doc) const {
  impl_->check(doc);
  return impl_->documents.starts(doc).sentences;
}
std::vector<std::uint32_t> Segment::paragraph_starts(Ordinal doc) const {
  impl_->check(doc);
  return impl_->documents.starts(doc).paragraphs;
}

std::optional<TermInfo> Segment::find(std::string_view term) const {
  const auto entry = impl_->dictionary.find(term);
  if (!entry) return std::nullopt;
  return entry->info;
}

PostingCursor Segment::postings(const TermInfo& term) const { return PostingCursor(list(term)); }

PostingList Segment::list(const TermInfo& term) const {
  return PostingList(impl_->section(SectionId::postings), impl_->section(SectionId::dictionary),
                     term, impl_->word_impacts, impl_->document_count);
}

ShortList Segment::short_list(const TermInfo& term) const {
  const LayerTraits traits = traits_of(term.layer, impl_->word_impacts);
  return read_short_list(impl_->section(SectionId::postings), term, traits);
}

TermIterator Segment::terms(std::string_view prefix) const { return {*this, prefix}; }

std::vector<std::string> Segment::words_of(std::string_view term) const {
  const auto entry = impl_->dictionary.find(term);
  if (!entry) return {};
  return decode_words(
      text_of(term),
      impl_->section(SectionId::words).read(entry->words_offset, entry->words_bytes));
}

std::vector<std::string> Segment::column_names() const { return impl_->columns.names(); }
std::vector<NumberValue> Segment::numbers(std::string_view column) const {
  return impl_->columns.numbers(column);
}
std::vector<DateValue> Segment::dates(std::string_view column) const {
  return impl_->columns.dates(column);
}
NumberColumn Segment::number_column(std::string_view column) const {
  return impl_->columns.number_column(column);
}
DateColumn Segment::date_column(std::string_view column) const {
  return impl_->columns.date_column(column);
}
std::optional<DateInterval> Segment::date(Ordinal doc) const { return impl_->columns.date(doc); }

struct ArticleWalk::Block {
  Articles::Block place;
  std::string content;
  std::vector<std::string_view> articles;
};

ArticleWalk::ArticleWalk(const Segment& segment)
    : segment_(segment), block_(std::make_unique<Block>()) {}
ArticleWalk::~ArticleWalk() = default;

std::string_view ArticleWalk::article(Ordinal doc) {
  Block& block = *block_;
  if (doc < block.place.first || doc >= block.place.behind) {
    const Articles& all = segment_.impl_->articles;
    block = Block();  // if what follows throws
    const Articles::Block place = all.block(all.block_of(doc));
    if (doc >= place.behind) corrupt("the index of its articles");
    block.content = all.content(place);
    block.articles = Articles::split(place, block.content);
    block.place = place;
  }
  return block.articles[doc - block.place.first];
}

}  // namespace stemma::segment
