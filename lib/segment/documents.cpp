// Both directions of the document arrays; the two must be read side by side.
#include "segment/documents.h"

#include <algorithm>
#include <bit>
#include <numeric>

#include "base/hash.h"
#include "stemma/error.h"

namespace stemma::segment {
namespace {

std::filesystem::path beside(const std::filesystem::path& path, const char* ending) {
  std::filesystem::path name = path;
  return name += ending;
}

void write_starts(std::span<const std::uint32_t> starts, ByteWriter& out) {
  out.varint(starts.size());
  std::uint32_t previous = 0;
  for (const std::uint32_t start : starts) {
    if (start < previous) {
      throw Error(Error::Kind::invalid_argument, "sentence or paragraph starts do not ascend");
    }
    out.varint(start - previous);
    previous = start;
  }
}

std::vector<std::uint32_t> read_starts(ByteReader& reader) {
  const std::uint64_t count = reader.varint();
  if (count > reader.left()) corrupt("sentence starts");
  std::vector<std::uint32_t> starts(static_cast<std::size_t>(count));
  std::uint64_t previous = 0;
  for (std::uint32_t& start : starts) {
    previous += reader.varint32();
    if (previous > UINT32_MAX) corrupt("sentence starts");
    start = static_cast<std::uint32_t>(previous);
  }
  return starts;
}

}  // namespace

DocumentsWriter::DocumentsWriter(const std::filesystem::path& path)
    : keys_(beside(path, ".keys")), starts_(beside(path, ".starts")) {}

void DocumentsWriter::add(const DocumentFacts& facts) {
  const bool ascending = ids_.empty() || facts.doc > ids_.back();
  if (!ascending || facts.doc >= kEndOfList) {
    throw Error(Error::Kind::invalid_argument,
                "documents cannot be written: id " + std::to_string(facts.doc) + " after " +
                    (ids_.empty() ? "none" : std::to_string(ids_.back())));
  }
  ByteWriter starts;
  write_starts(facts.sentence_starts, starts);
  write_starts(facts.paragraph_starts, starts);
  starts_.append(starts.view());
  keys_.append(facts.key);
  ids_.push_back(facts.doc);
  lengths_.push_back(facts.length);
  title_lengths_.push_back(facts.title_length);
  key_ends_.push_back(keys_.size());
  starts_ends_.push_back(starts_.size());
  key_hashes_.push_back(hash64(as_bytes(facts.key)));
  total_length_ += facts.length;
}

std::uint32_t DocumentsWriter::shortest_length() const {
  return lengths_.empty() ? 0 : *std::min_element(lengths_.begin(), lengths_.end());
}

ByteWriter DocumentsWriter::arrays(ByteWriter& footer) {
  ByteWriter section;
  const DocId first = ids_.empty() ? 0 : ids_.front();
  footer.varint(first);
  std::vector<std::uint32_t> gaps(ids_.size());
  for (std::uint32_t i = 0; i < size(); ++i) gaps[i] = ids_[i] - first - i;
  write_packed(gaps, section, footer);
  write_packed(lengths_, section, footer);
  write_packed(title_lengths_, section, footer);
  write_packed(key_ends_, section, footer);
  write_packed(starts_ends_, section, footer);
  write_key_table(section, footer);
  return section;
}

void DocumentsWriter::write_key_table(ByteWriter& section, ByteWriter& footer) const {
  const std::size_t buckets = std::bit_ceil(std::max<std::size_t>(size(), 1));
  std::vector<std::uint32_t> ends(buckets, 0);
  for (const std::uint64_t hash : key_hashes_) ++ends[hash & (buckets - 1)];
  std::partial_sum(ends.begin(), ends.end(), ends.begin());
  std::vector<std::uint32_t> members(size());
  std::vector<std::uint32_t> next(buckets, 0);
  std::copy(ends.begin(), ends.end() - 1, next.begin() + 1);
  for (std::uint32_t doc = 0; doc < size(); ++doc) {
    members[next[key_hashes_[doc] & (buckets - 1)]++] = doc;
  }
  write_packed(ends, section, footer);
  write_packed(members, section, footer);
}

Documents::Documents(const Section& documents, const Section& keys, const Section& starts,
                     std::uint32_t count, ByteReader& footer)
    : keys_(&keys), starts_(&starts), count_(count), first_id_(footer.varint32()) {
  gaps_ = PackedArray(documents, footer);
  lengths_ = PackedArray(documents, footer);
  title_lengths_ = PackedArray(documents, footer);
  key_ends_ = PackedArray(documents, footer);
  starts_ends_ = PackedArray(documents, footer);
  bucket_ends_ = PackedArray(documents, footer);
  members_ = PackedArray(documents, footer);
  for (const PackedArray* array :
       {&gaps_, &lengths_, &title_lengths_, &key_ends_, &starts_ends_, &members_}) {
    if (array->size() != count) corrupt("the number of its documents");
  }
  // Lengths are numbers of 32 bits, which a PackedView of them may rely on.
  if (lengths_.width() > 32 || title_lengths_.width() > 32) corrupt("document lengths");
  // Two counts a document stand among the starts, so the number of documents has bytes behind it.
  if (starts.size() / 2 < count) corrupt("the number of its documents");
  if (bucket_ends_.size() != std::bit_ceil(std::max<std::uint64_t>(count, 1))) {
    corrupt("its table of keys");
  }
}

DocId Documents::id(Ordinal doc) const { return static_cast<DocId>(first_id_ + gaps_[doc] + doc); }

std::optional<Ordinal> Documents::find(DocId id) const {
  if (id < first_id_ || count_ == 0) return std::nullopt;
  // Gaps ascend, so the document stands at most so far before where it would stand without any.
  const std::uint64_t most_gap = gaps_[count_ - 1];
  const std::uint64_t dense = std::uint64_t{id} - first_id_;
  std::uint64_t begin = dense > most_gap ? dense - most_gap : 0;
  std::uint64_t end = std::min<std::uint64_t>(count_, dense + 1);
  while (begin < end) {
    const std::uint64_t middle = begin + (end - begin) / 2;
    if (this->id(static_cast<Ordinal>(middle)) < id) {
      begin = middle + 1;
    } else {
      end = middle;
    }
  }
  if (begin >= count_ || this->id(static_cast<Ordinal>(begin)) != id) return std::nullopt;
  return static_cast<Ordinal>(begin);
}

Bytes Documents::part(const Section& section, const PackedArray& ends, Ordinal doc) const {
  const std::uint64_t begin = doc == 0 ? 0 : ends[doc - 1];
  const std::uint64_t end = ends[doc];
  if (begin > end) corrupt("the facts of a document");
  return section.read(begin, end - begin);
}

std::string_view Documents::key(Ordinal doc) const { return as_text(part(*keys_, key_ends_, doc)); }

std::optional<Ordinal> Documents::find_key(std::string_view key) const {
  const std::uint64_t bucket = hash64(as_bytes(key)) & (bucket_ends_.size() - 1);
  const std::uint64_t begin = bucket == 0 ? 0 : bucket_ends_[bucket - 1];
  // From the back: should a key stand twice, its latest document is meant.
  for (std::uint64_t i = bucket_ends_[bucket]; i > begin; --i) {
    const auto doc = static_cast<Ordinal>(members_[i - 1]);
    if (this->key(doc) == key) return doc;
  }
  return std::nullopt;
}

Documents::Starts Documents::starts(Ordinal doc) const {
  ByteReader reader(part(*starts_, starts_ends_, doc), "sentence starts");
  Starts starts;
  starts.sentences = read_starts(reader);
  starts.paragraphs = read_starts(reader);
  if (!reader.empty()) corrupt("sentence starts");
  return starts;
}

void Documents::verify(std::uint64_t total_length, std::uint32_t shortest_length) const {
  std::uint64_t sum = 0;
  std::uint64_t shortest = count_ == 0 ? 0 : UINT32_MAX;
  for (Ordinal doc = 0; doc < count_; ++doc) {
    const bool ascending = doc == 0 || gaps_[doc - 1] <= gaps_[doc];
    if (!ascending || first_id_ + gaps_[doc] + doc >= kEndOfList) corrupt("document ids");
    sum += lengths_[doc];
    shortest = std::min(shortest, lengths_[doc]);
    (void)key(doc);
    (void)starts(doc);
  }
  if (sum != total_length || shortest != shortest_length) corrupt("document lengths");
  if (count_ > 0 &&
      (key_ends_[count_ - 1] != keys_->size() || starts_ends_[count_ - 1] != starts_->size())) {
    corrupt("the facts of its last document");
  }
  std::uint64_t at = 0;
  const std::uint64_t mask = bucket_ends_.size() - 1;
  for (std::uint64_t bucket = 0; bucket < bucket_ends_.size(); ++bucket) {
    const std::uint64_t end = bucket_ends_[bucket];
    if (end < at || end > count_) corrupt("its table of keys");
    for (const std::uint64_t begin = at; at < end; ++at) {
      const auto doc = static_cast<Ordinal>(members_[at]);
      if (doc >= count_ || (at > begin && members_[at - 1] >= doc) ||
          (hash64(as_bytes(key(doc))) & mask) != bucket) {
        corrupt("its table of keys");
      }
    }
  }
  if (at != count_) corrupt("its table of keys");
}

}  // namespace stemma::segment
