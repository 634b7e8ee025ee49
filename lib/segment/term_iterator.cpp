// Walks the dictionary block by block; a block is decoded whole.
#include <utility>

#include "segment/segment_impl.h"
#include "segment/words.h"

namespace stemma::segment {

struct TermIterator::Impl {
  const Dictionary* dictionary = nullptr;
  const Section* words = nullptr;
  std::string prefix;
  std::uint64_t next_block = 0;
  std::size_t index = 0;  // of the present term in `block`
  bool started = false;
  bool done = false;
  Dictionary::Block block;

  [[nodiscard]] bool at_end() {
    done = done || !block.terms[index].starts_with(prefix);
    return done;
  }
  /// To the first term of the next block.
  bool read_next() {
    if (next_block == dictionary->block_count()) {
      done = true;
      return false;
    }
    dictionary->read_block(next_block++, block);
    index = 0;
    return true;
  }
};

TermIterator::TermIterator(const Segment& segment, std::string_view prefix)
    : impl_(std::make_unique<Impl>()) {
  impl_->dictionary = &segment.impl_->dictionary;
  impl_->words = &segment.impl_->section(SectionId::words);
  impl_->prefix = prefix;
}
TermIterator::~TermIterator() = default;
TermIterator::TermIterator(TermIterator&&) noexcept = default;
TermIterator& TermIterator::operator=(TermIterator&&) noexcept = default;

bool TermIterator::next() {
  if (!impl_->started) return seek(impl_->prefix);
  if (impl_->done) return false;
  if (++impl_->index == impl_->block.terms.size() && !impl_->read_next()) return false;
  return !impl_->at_end();
}

bool TermIterator::seek(std::string_view term) {
  Impl& impl = *impl_;
  if (impl.done) return false;
  if (term < impl.prefix) term = impl.prefix;
  const auto is_before = [&] { return std::string_view(impl.block.terms[impl.index]) < term; };
  if (!impl.started || std::string_view(impl.block.terms.back()) < term) {
    impl.next_block = std::max(impl.next_block, impl.dictionary->block_for(term));
    impl.started = true;
    if (!impl.read_next()) return false;
  }
  while (is_before()) {
    if (++impl.index == impl.block.terms.size() && !impl.read_next()) return false;
  }
  return !impl.at_end();
}

std::string_view TermIterator::term() const { return impl_->block.terms[impl_->index]; }
const TermInfo& TermIterator::info() const { return impl_->block.entries[impl_->index].info; }
std::vector<std::string> TermIterator::words() const {
  const TermEntry& entry = impl_->block.entries[impl_->index];
  return decode_words(text_of(term()), impl_->words->read(entry.words_offset, entry.words_bytes));
}

}  // namespace stemma::segment
