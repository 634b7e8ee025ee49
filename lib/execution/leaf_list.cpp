#include "execution/leaf_list.h"

#include <algorithm>

namespace stemma::execution {
namespace {

using segment::kBlockSize;

// The first candidate from `from` on that is behind `last`: most often near, or the end.
std::size_t first_behind(const Candidates& candidates, std::size_t from, Ordinal last) {
  const std::uint32_t* const docs = candidates.docs.data();
  const std::size_t size = candidates.size;
  if (docs[size - 1] <= last) return size;
  std::size_t step = 1;
  std::size_t end = from;
  while (end < size && docs[end] <= last) {
    from = end;
    end += step;
    step *= 2;
  }
  const std::uint32_t* const behind =
      std::upper_bound(docs + from, docs + std::min(end, size), last);
  return static_cast<std::size_t>(behind - docs);
}

}  // namespace

LeafList::LeafList(const segment::PostingList& list, const Leaf& leaf, std::uint32_t unit)
    : list_(list), leaf_(&leaf), unit_(unit), scan_(&kernels::scanner()) {}

void LeafList::load(std::uint32_t block) {
  if (loaded_ == block) return;
  loaded_ = kNoPosting;  // should what follows throw
  const segment::BlockLayout layout = list_.layout(block);
  list_.read_documents(block, layout, documents_);
  loaded_size_ = layout.size;
  loaded_ = block;
}

// False if all documents of the list lie before `doc`.
bool LeafList::load_block_of(Ordinal doc) {
  if (!list_.is_long()) {
    load(0);
    return doc <= loaded_last();
  }
  std::uint32_t from = 0;
  if (loaded_ != kNoPosting && doc >= documents_[0]) {
    if (doc <= loaded_last()) return true;
    from = loaded_ + 1;
  }
  const std::uint32_t block = list_.block_with(from, doc);
  if (block == list_.block_count()) return false;
  load(block);
  return true;
}

PostingIndex LeafList::find(Ordinal doc) {
  if (list_.bitmap() != nullptr) return list_.bitmap_has(doc) ? list_.rank(doc) : kNoPosting;
  if (!load_block_of(doc)) return kNoPosting;
  const std::size_t at = scan_->lower_bound_in_block(documents_.data(), loaded_size_, doc);
  return documents_[at] == doc ? loaded_ * kBlockSize + static_cast<std::uint32_t>(at) : kNoPosting;
}

// To the next block whose bound is at least `least`.
void LeafList::skip_blocks(std::uint32_t least) {
  constexpr std::uint32_t kStep = 64;
  std::array<std::uint32_t, kStep + kKernelRoom> found;
  const std::uint8_t* const bounds = list_.block_bounds();
  while (next_block_ < list_.block_count() && bounds[next_block_] < least) {
    const std::uint32_t size = std::min(kStep, list_.block_count() - next_block_);
    const std::size_t count =
        scan_->find_between(bounds + next_block_, size, least, 256, 0, found.data());
    next_block_ += count > 0 ? found[0] : size;
  }
}

// The documents of a block of a list with impacts by document, found by their impacts alone.
void LeafList::propose_row(std::uint32_t block, LevelRange levels, Candidates& out) {
  constexpr std::uint32_t kStretch = 256;
  const std::uint32_t end = std::min(list_.block_last(block), list_.document_count() - 1) + 1;
  const std::size_t most = out.size + kBlockSize;
  for (std::uint32_t begin = block == 0 ? 0 : list_.block_last(block - 1) + 1; begin < end;
       begin += kStretch) {
    std::uint32_t* const docs = out.docs.data() + out.size;
    const std::size_t count =
        scan_->find_between(list_.impacts() + begin, std::min(kStretch, end - begin),
                            std::max(levels.least, 1U), levels.below, begin, docs);
    for (std::size_t i = 0; i < count; ++i) {
      out.bounds[out.size + i] = list_.impacts()[docs[i]] * unit_;
    }
    out.size += count;
    if (out.size > most) segment::corrupt("a posting block of more than its size");
  }
}

void LeafList::propose_block(std::uint32_t block, LevelRange levels, Candidates& out) {
  if (list_.impacts_by_document()) {
    propose_row(block, levels, out);
    return;
  }
  const std::uint32_t size = list_.block_size(block);
  std::array<std::uint32_t, kBlockSize + kKernelRoom> chosen;
  std::uint32_t* const docs = out.docs.data() + out.size;
  std::uint32_t* const bounds = out.bounds.data() + out.size;
  const std::uint8_t* const impacts = list_.impacts();
  if (impacts != nullptr && (levels.least > 0 || levels.below < 256)) {
    const std::uint8_t* const here = impacts + std::size_t{block} * kBlockSize;
    const std::size_t count =
        scan_->find_between(here, size, levels.least, levels.below, 0, chosen.data());
    if (count == 0) return;
    load(block);
    for (std::size_t i = 0; i < count; ++i) {
      docs[i] = documents_[chosen[i]];
      bounds[i] = here[chosen[i]] * unit_;
    }
    out.size += count;
    return;
  }
  load(block);
  std::size_t count = 0;
  for (std::uint32_t i = 0; i < size; ++i) {
    const std::uint32_t at = level(documents_[i], block * kBlockSize + i);
    docs[count] = documents_[i];
    bounds[count] = at * unit_;
    // A list without impacts cannot tell its postings apart.
    count += impacts == nullptr || (at >= levels.least && at < levels.below) ? 1 : 0;
  }
  out.size += count;
}

template <class Visit>
void LeafList::match(const Candidates& candidates, const Visit& visit) {
  if (candidates.size == 0) return;
  const std::uint32_t* const docs = candidates.docs.data();
  if (list_.bitmap() != nullptr) {
    std::array<std::uint32_t, Candidates::kCapacity + kKernelRoom> chosen;
    const std::size_t count =
        scan_->probe_bitmap(list_.bitmap(), docs, candidates.size, chosen.data());
    // Ranks cost more than bits: only where somebody asks for a posting.
    for (std::size_t i = 0; i < count; ++i) visit(chosen[i], kNoPosting);
    return;
  }
  std::array<std::uint32_t, kBlockSize + kKernelRoom> in_candidates;
  std::array<std::uint32_t, kBlockSize + kKernelRoom> in_block;
  for (std::size_t at = 0; at < candidates.size;) {
    if (!load_block_of(docs[at])) return;
    const std::size_t end = first_behind(candidates, at, loaded_last());
    const std::size_t count = scan_->intersect(docs + at, end - at, documents_.data(), loaded_size_,
                                               in_candidates.data(), in_block.data());
    const std::uint32_t first = loaded_ * kBlockSize;
    for (std::size_t i = 0; i < count; ++i) visit(at + in_candidates[i], first + in_block[i]);
    at = end;
  }
}

void LeafList::require(Candidates& candidates, std::uint32_t rest, std::uint32_t threshold) {
  std::size_t kept = 0;
  if (by_document()) {
    const std::uint8_t* const impacts = list_.impacts();
    for (std::size_t i = 0; i < candidates.size; ++i) {
      const std::uint32_t doc = candidates.docs[i];
      const std::uint32_t at = impacts[doc];
      const std::uint32_t bound = candidates.bounds[i] + at * unit_;
      candidates.docs[kept] = doc;
      candidates.bounds[kept] = bound;
      kept += at != 0 && bound + rest >= threshold ? 1 : 0;
    }
    candidates.size = kept;
    return;
  }
  match(candidates, [&](std::size_t i, PostingIndex posting) {
    const std::uint32_t doc = candidates.docs[i];
    std::uint32_t bound = candidates.bounds[i];
    if (list_.impacts() == nullptr) {
      bound += most();
    } else {
      bound += unit_ * list_.impacts()[posting == kNoPosting ? list_.rank(doc) : posting];
    }
    candidates.docs[kept] = doc;
    candidates.bounds[kept] = bound;
    kept += bound + rest >= threshold ? 1 : 0;
  });
  candidates.size = kept;
}

void LeafList::find_all(const Candidates& candidates, PostingIndex* out) {
  if (list_.bitmap() != nullptr) {
    list_.rank_all({candidates.docs.data(), candidates.size}, kNoPosting, out);
    return;
  }
  std::fill_n(out, candidates.size, kNoPosting);
  match(candidates, [out](std::size_t i, PostingIndex posting) { out[i] = posting; });
}

std::uint32_t LeafList::term_frequency(PostingIndex posting) {
  if (documents() == 1) return list_.term_frequency(0);
  const std::uint32_t block = posting / kBlockSize;
  if (block != counted_) {
    counted_ = kNoPosting;  // should what follows throw
    counts_ = list_.layout(block);
    counted_ = block;
  }
  return segment::frequency_at(counts_, posting % kBlockSize);
}

void LeafList::require(Candidates& candidates) {
  std::size_t kept = 0;
  match(candidates, [&](std::size_t i, PostingIndex) {
    candidates.docs[kept] = candidates.docs[i];
    candidates.bounds[kept++] = candidates.bounds[i];
  });
  candidates.size = kept;
}

void LeafList::add(Candidates& candidates, std::uint32_t rest, std::uint32_t threshold) {
  if (by_document()) {
    const std::uint8_t* const impacts = list_.impacts();
    for (std::size_t i = 0; i < candidates.size; ++i) {
      candidates.bounds[i] += impacts[candidates.docs[i]] * unit_;
    }
  } else {
    match(candidates, [&](std::size_t i, PostingIndex posting) {
      if (list_.impacts() == nullptr) {
        candidates.bounds[i] += most();
      } else {
        const PostingIndex index = posting == kNoPosting ? list_.rank(candidates.docs[i]) : posting;
        candidates.bounds[i] += unit_ * list_.impacts()[index];
      }
    });
  }
  std::size_t kept = 0;
  for (std::size_t i = 0; i < candidates.size; ++i) {
    const std::uint32_t bound = candidates.bounds[i];
    candidates.docs[kept] = candidates.docs[i];
    candidates.bounds[kept] = bound;
    kept += bound + rest >= threshold ? 1 : 0;
  }
  candidates.size = kept;
}

void LeafList::exclude(Candidates& candidates) {
  std::size_t kept = 0;
  std::size_t next = 0;
  const auto keep_until = [&](std::size_t end) {
    for (; next < end; ++next) {
      candidates.docs[kept] = candidates.docs[next];
      candidates.bounds[kept++] = candidates.bounds[next];
    }
  };
  // Compacting behind the matcher is safe: it never looks back.
  match(candidates, [&](std::size_t i, PostingIndex) {
    keep_until(i);
    next = i + 1;
  });
  keep_until(candidates.size);
  candidates.size = kept;
}

}  // namespace stemma::execution
