// Everything that can be checked without knowing the articles' words: checksums first, then order,
// sums and bounds of every structure.
#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "segment/posting_list.h"
#include "segment/segment_impl.h"
#include "segment/words.h"

namespace stemma::segment {
namespace {

/// Bitmap and ranks: as many documents as the list has (the cursor has found each of them there).
void verify_bitmap(const PostingList& list, std::uint32_t documents) {
  std::uint32_t before = 0;
  for (std::uint32_t doc = 0; doc < documents; doc += 64) {
    if (doc % kRankStretch == 0 && before < list.document_frequency() && list.rank(doc) != before) {
      corrupt("the ranks of a posting list");
    }
    std::uint64_t word = 0;
    std::memcpy(&word, list.bitmap() + doc / 8, sizeof word);
    before += static_cast<std::uint32_t>(std::popcount(word));
  }
  if (before != list.document_frequency()) corrupt("the bitmap of a posting list");
}

/// What stands beside the blocks of a long list agrees with them.
void verify_long_list(const PostingList& list, std::uint32_t documents,
                      const std::array<std::uint32_t, 256>& postings_by_level) {
  if (list.bitmap() != nullptr) verify_bitmap(list, documents);
  if (list.impacts() == nullptr) return;
  if (list.impacts_by_document()) {
    const auto absent = std::count(list.impacts(), list.impacts() + documents, std::uint8_t{0});
    if (static_cast<std::uint64_t>(absent) + list.document_frequency() != documents) {
      corrupt("the impacts of a posting list");
    }
  }
  for (const std::uint32_t count : kBestCounts) {
    std::uint32_t reach = 0;
    for (std::size_t level = list.level_of_best(count); level < 256; ++level) {
      reach += postings_by_level[level];
    }
    if (list.level_of_best(count) > 0 && reach < count) corrupt("the best impacts of a list");
  }
}

/// One list: documents ascend, term frequencies add up, bounds hold, positions ascend.
void verify_list(const PostingList& list, const TermInfo& info, std::uint32_t document_count) {
  PostingCursor cursor(list);
  std::array<std::uint32_t, 256> postings_by_level{};
  std::uint32_t documents = 0;
  std::uint64_t occurrences = 0;
  std::uint64_t next = 0;
  for (; cursor.doc() != kEndOfList; cursor.next()) {
    if (cursor.doc() < next) corrupt("the order of a posting list");
    next = std::uint64_t{cursor.doc()} + 1;
    ++documents;
    ++postings_by_level[cursor.impact()];
    occurrences += cursor.term_frequency();
    if (cursor.has_impacts() && (cursor.impact() > cursor.block_bound() ||
                                 (list.impacts_by_document() && cursor.impact() == 0))) {
      corrupt("the bound of a posting block");
    }
    if (cursor.block_bound() > cursor.list_bound()) corrupt("the bound of a posting list");
    const auto positions = cursor.positions();
    for (std::size_t i = 1; i < positions.size(); ++i) {
      if (positions[i] <= positions[i - 1]) corrupt("the positions of a posting");
    }
  }
  if (documents != info.document_frequency || occurrences != info.occurrences) {
    corrupt("the counts of a posting list");
  }
  if (list.is_long()) verify_long_list(list, document_count, postings_by_level);
}

}  // namespace

void Segment::verify_pages() const { impl_->file.verify_all(); }

void Segment::verify() const {
  const Impl& impl = *impl_;
  verify_pages();
  impl.documents.verify(impl.total_length, impl.shortest_length);
  for (std::uint64_t block = 0; block < impl.articles.block_count(); ++block) {
    impl.articles.verify_block(block);
  }
  impl.columns.verify();
  std::uint64_t languages = 0;
  for (const LanguageCount& language : impl.languages) languages += language.documents;
  if (languages != impl.document_count) corrupt("the languages of its documents");

  // Lists and words must follow each other without a gap, so that no byte of theirs is idle.
  std::uint64_t postings_end = 0;
  std::uint64_t words_end = 0;
  std::uint64_t postings = 0;
  std::string before;
  Dictionary::Block block;
  for (std::uint64_t number = 0; number < impl.dictionary.block_count(); ++number) {
    impl.dictionary.read_block(number, block);
    impl.dictionary.check_index(number, block.terms.front());
    if (number > 0 && block.terms.front() <= before) corrupt("the order of its dictionary");
    before = block.terms.back();
    for (std::size_t i = 0; i < block.terms.size(); ++i) {
      const TermEntry& entry = block.entries[i];
      if (entry.info.document_frequency > 1) {
        if (entry.info.postings_offset != postings_end) corrupt("the place of a posting list");
        postings_end += entry.info.postings_bytes;
      }
      if (entry.words_offset != words_end) corrupt("the place of the words of a stem");
      words_end += entry.words_bytes;
      postings += entry.info.document_frequency;
      verify_list(list(entry.info), entry.info, impl.document_count);
      const auto words =
          decode_words(text_of(block.terms[i]),
                       impl.section(SectionId::words).read(entry.words_offset, entry.words_bytes));
      if (std::adjacent_find(words.begin(), words.end(), std::greater_equal<>()) != words.end()) {
        corrupt("the order of the words of a stem");
      }
    }
  }
  if (postings_end != impl.section(SectionId::postings).size() ||
      words_end != impl.section(SectionId::words).size() || postings != impl.posting_count) {
    corrupt("the sums of its dictionary");
  }
}

}  // namespace stemma::segment
