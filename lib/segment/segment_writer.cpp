// Order of writing: articles as documents come, postings as terms come; dictionary and words wait
// in spools; the arrays of the documents follow. The footer then describes all of it.
#include "segment/segment_writer.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>

#include "segment/articles_writer.h"
#include "segment/columns.h"
#include "segment/dictionary.h"
#include "segment/documents.h"
#include "segment/page_output.h"
#include "segment/posting_list_writer.h"
#include "segment/segment_impl.h"
#include "segment/words.h"
#include "stemma/error.h"

namespace stemma::segment {
namespace {

std::filesystem::path beside(const std::filesystem::path& path, const char* ending) {
  std::filesystem::path name = path;
  return name += ending;
}

[[noreturn]] void refuse(const std::string& message) {
  throw Error(Error::Kind::invalid_argument, "a segment cannot be written: " + message);
}

}  // namespace

struct SegmentWriter::Impl {
  Impl(const std::filesystem::path& path, const SegmentSettings& the_settings)
      : settings(the_settings),
        out(path),
        documents(path),
        dictionary(beside(path, ".dictionary")),
        words(beside(path, ".words")),
        list(out) {
    ByteWriter head;
    head.bytes(as_text(kHeadMagic));
    head.u32(kFormatVersion);
    head.u32(0);
    out.append(head.view());
    begin_section(SectionId::articles);
    articles.emplace(out, settings.compression_level);
  }

  void begin_section(SectionId id) {
    out.align();
    extents[static_cast<std::size_t>(id)].offset = out.size();
  }
  void end_section(SectionId id) {
    Extent& extent = extents[static_cast<std::size_t>(id)];
    extent.size = out.size() - extent.offset;
  }
  void write_section(SectionId id, Spool& spool) {
    begin_section(id);
    spool.drain_to(out);
    end_section(id);
  }
  void write_section(SectionId id, const ByteWriter& bytes) {
    begin_section(id);
    out.append(bytes.view());
    end_section(id);
  }
  /// The first term ends the articles.
  void end_documents() {
    if (documents_done) return;
    documents_done = true;
    if (articles->size() != documents.size()) refuse("not as many articles as documents");
    articles->finish(articles_footer);
    articles.reset();
    end_section(SectionId::articles);
    begin_section(SectionId::postings);
  }
  void write_footer(const ByteWriter& described);

  SegmentSettings settings;
  PageOutput out;
  std::array<Extent, kSections> extents;
  std::map<std::string, std::uint32_t, std::less<>> languages;
  DocumentsWriter documents;
  std::optional<ArticlesWriter> articles;
  ByteWriter articles_footer;
  ColumnsWriter columns;
  DictionaryWriter dictionary;
  Spool words;
  PostingListWriter list;
  std::uint64_t postings = 0;
  bool documents_done = false;
  bool in_term = false;
  std::string term;
  std::string words_of_term;
};

SegmentWriter::SegmentWriter(const std::filesystem::path& path, const SegmentSettings& settings)
    : impl_(std::make_unique<Impl>(path, settings)) {}
SegmentWriter::~SegmentWriter() = default;

Ordinal SegmentWriter::add_document(const DocumentFacts& facts) {
  Impl& impl = *impl_;
  if (impl.documents_done) refuse("a document after the first term");
  impl.documents.add(facts);
  const Ordinal doc = impl.documents.size() - 1;
  if (facts.article) impl.articles->add(*facts.article);
  ++impl.languages[std::string(facts.language)];
  for (const DateInterval& date : facts.dates) {
    impl.columns.add("date", DateValue{.doc = doc, .value = date});
  }
  return doc;
}

void SegmentWriter::copy_articles(const Segment& source) {
  if (impl_->documents_done) refuse("articles after the first term");
  impl_->articles->copy(source.impl_->articles);
}

void SegmentWriter::add_number(std::string_view column, const NumberValue& value) {
  if (value.doc >= impl_->documents.size()) refuse("a number of a document that is not there");
  impl_->columns.add(column, value);
}

void SegmentWriter::add_date(std::string_view column, const DateValue& value) {
  if (value.doc >= impl_->documents.size()) refuse("a date of a document that is not there");
  impl_->columns.add(column, value);
}

void SegmentWriter::begin_term(std::string_view term) {
  Impl& impl = *impl_;
  impl.end_documents();
  if (impl.in_term) refuse("a term begins inside of another");
  if (term.empty() || term.size() > kMaxTermBytes ||
      !is_layer(static_cast<std::uint8_t>(term.front()))) {
    refuse("a term of " + std::to_string(term.size()) + " bytes or of an unknown layer");
  }
  if (impl.dictionary.term_count() > 0 && term <= impl.term) refuse("terms do not ascend");
  impl.term = term;
  impl.words_of_term.clear();
  impl.in_term = true;
  impl.list.begin(traits_of(layer_of(term), impl.settings.word_impacts), impl.documents.size());
}

void SegmentWriter::add_posting(const Posting& posting) {
  if (!impl_->in_term || layer_of(impl_->term) == TermLayer::folded) {
    refuse("a posting outside of a term, or of an accent-folded form");
  }
  impl_->list.add(posting);
}

void SegmentWriter::set_words(std::span<const std::string_view> words) {
  Impl& impl = *impl_;
  if (!impl.in_term || !maps_to_words(layer_of(impl.term))) {
    refuse("words outside of a term, or in a layer without words");
  }
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i].size() > kMaxTermBytes || (i > 0 && words[i] <= words[i - 1])) {
      refuse("the words of '" + impl.term + "' do not ascend");
    }
  }
  impl.words_of_term = encode_words(text_of(impl.term), words);
}

void SegmentWriter::end_term() {
  Impl& impl = *impl_;
  if (!impl.in_term) refuse("no term to end");
  impl.in_term = false;
  const FinishedList list = impl.list.finish();
  impl.postings += list.documents;
  impl.words.append(impl.words_of_term);
  impl.dictionary.add(impl.term, list, impl.words_of_term.size());
}

void SegmentWriter::Impl::write_footer(const ByteWriter& described) {
  ByteWriter footer;
  footer.u32(documents.size());
  footer.u32(documents.shortest_length());
  footer.u64(documents.total_length());
  footer.u64(dictionary.term_count());
  footer.u64(postings);
  footer.u64(settings.analyzer_fingerprint);
  footer.f64(settings.impact_reference.k1);
  footer.f64(settings.impact_reference.b);
  footer.f64(settings.impact_reference.average_length);
  footer.u8(settings.word_impacts ? 1 : 0);
  footer.varint(languages.size());
  for (const auto& [language, count] : languages) {
    footer.text(language);
    footer.varint(count);
  }
  for (const Extent& extent : extents) {
    footer.u64(extent.offset);
    footer.u64(extent.size);
  }
  footer.bytes(described.view());
  out.align();
  const std::uint64_t footer_offset = out.size();
  out.append(footer.view());
  out.finish(footer_offset);
}

void SegmentWriter::finish() {
  Impl& impl = *impl_;
  if (impl.in_term) refuse("a term was not ended");
  impl.end_documents();
  impl.end_section(SectionId::postings);
  // Described in the order in which Segment::Impl::read_footer() reads.
  ByteWriter described;
  described.bytes(impl.articles_footer.view());
  impl.begin_section(SectionId::dictionary);
  impl.dictionary.finish(impl.out, described);
  impl.end_section(SectionId::dictionary);
  impl.write_section(SectionId::words, impl.words);
  impl.write_section(SectionId::documents, impl.documents.arrays(described));
  impl.write_section(SectionId::keys, impl.documents.keys());
  impl.write_section(SectionId::starts, impl.documents.starts());
  impl.write_section(SectionId::columns, impl.columns.arrays(described));
  impl.write_footer(described);
  impl.out.file().sync();
  Segment::open(impl.out.file().temporary_path())->verify_pages();
  impl.out.file().publish();
}

std::uint64_t SegmentWriter::bytes_written() const { return impl_->out.size(); }

}  // namespace stemma::segment
