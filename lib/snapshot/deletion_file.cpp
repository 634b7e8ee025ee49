// Bytes of a deletion file (numbers are LEB128 unless said otherwise):
//
//   "STEMMADL" | u32 version (1) | segments
//   a segment:  file name | documents, gaps between ordinals | total length
//               | languages (name, documents) | terms (shared prefix, rest, documents, occurrences)
//   u32 CRC32C of all before
//
// Terms ascend, so each is written as what it shares with the one before and the rest. The file is
// small beside a segment and read whole at open, hence one checksum.
#include "snapshot/deletion_file.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "base/bytes.h"
#include "base/files.h"
#include "kernels/crc32c.h"
#include "stemma/error.h"

namespace stemma::snapshot {
namespace {

constexpr std::string_view kMagic = "STEMMADL";
constexpr std::uint32_t kVersion = 1;
constexpr const char* kWhat = "deletion file";

[[noreturn]] void corrupt(const std::string& what) {
  throw Error(Error::Kind::corrupt, "deletion file " + what,
              "compile the segments again with `stemma rebuild`");
}

void write_loss(ByteWriter& out, const SegmentLoss& loss) {
  out.varint(loss.documents.size());
  Ordinal before = 0;
  for (const Ordinal doc : loss.documents) {
    out.varint(doc - before);
    before = doc;
  }
  out.varint(loss.total_length);
  out.varint(loss.languages.size());
  for (const auto& [language, documents] : loss.languages) {
    out.text(language);
    out.varint(documents);
  }
  out.varint(loss.terms.size());
  std::string_view last;
  for (const auto& [term, lost] : loss.terms) {
    const auto split = std::mismatch(term.begin(), term.end(), last.begin(), last.end()).first;
    const auto shared = static_cast<std::size_t>(split - term.begin());
    out.varint(shared);
    out.text(std::string_view(term).substr(shared));
    out.varint(lost.documents);
    out.varint(lost.occurrences);
    last = term;
  }
}

SegmentLoss read_loss(ByteReader& in) {
  SegmentLoss loss;
  const std::uint64_t documents = in.varint();
  std::uint64_t ordinal = 0;
  for (std::uint64_t i = 0; i < documents; ++i) {
    const std::uint64_t gap = in.varint32();
    if (i > 0 && gap == 0) corrupt("names a document twice");
    ordinal += gap;
    if (ordinal >= kEndOfList) corrupt("names a document beyond all segments");
    loss.documents.push_back(static_cast<Ordinal>(ordinal));
  }
  loss.total_length = in.varint();
  const std::uint64_t languages = in.varint();
  for (std::uint64_t i = 0; i < languages; ++i) {
    std::string language(in.text());
    loss.languages[std::move(language)] = in.varint32();
  }
  const std::uint64_t terms = in.varint();
  std::string term;
  for (std::uint64_t i = 0; i < terms; ++i) {
    const std::uint64_t shared = in.varint();
    if (shared > term.size()) corrupt("shares more of a term than there is");
    std::string next = term.substr(0, static_cast<std::size_t>(shared));
    next += in.text();
    if (next.empty() || (i > 0 && next <= term)) corrupt("has its terms out of order");
    term = std::move(next);
    TermLoss lost;
    lost.documents = in.varint32();
    lost.occurrences = in.varint();
    loss.terms.emplace_hint(loss.terms.end(), term, lost);
  }
  return loss;
}

Deletions decode(std::string_view text) {
  constexpr std::size_t kFrame = kMagic.size() + 2 * sizeof(std::uint32_t);
  if (text.size() < kFrame || text.substr(0, kMagic.size()) != kMagic) {
    corrupt("does not begin as one");
  }
  const std::string_view body = text.substr(0, text.size() - sizeof(std::uint32_t));
  ByteReader tail(as_bytes(text.substr(body.size())), kWhat);
  ByteReader in(as_bytes(body.substr(kMagic.size())), kWhat);
  const std::uint32_t version = in.u32();
  if (tail.u32() != kernels::crc32c(as_bytes(body))) corrupt("differs from its checksum");
  if (version != kVersion) {
    throw Error(Error::Kind::wrong_version,
                "deletion file of format " + std::to_string(version) + ", this build knows " +
                    std::to_string(kVersion),
                "compile the segments again with `stemma rebuild`");
  }
  Deletions deletions;
  const std::uint64_t segments = in.varint();
  for (std::uint64_t i = 0; i < segments; ++i) {
    std::string name(in.text());
    if (!deletions.emplace(std::move(name), read_loss(in)).second) corrupt("names a segment twice");
  }
  if (!in.empty()) corrupt("has bytes after its end");
  return deletions;
}

void merge_loss(SegmentLoss& into, const SegmentLoss& more) {
  std::vector<Ordinal> documents;
  documents.reserve(into.documents.size() + more.documents.size());
  std::merge(into.documents.begin(), into.documents.end(), more.documents.begin(),
             more.documents.end(), std::back_inserter(documents));
  if (std::adjacent_find(documents.begin(), documents.end()) != documents.end()) {
    corrupt("names a document that another deleted before");
  }
  into.documents = std::move(documents);
  into.total_length += more.total_length;
  for (const auto& [language, count] : more.languages) into.languages[language] += count;
  for (const auto& [term, lost] : more.terms) {
    TermLoss& sum = into.terms[term];
    sum.documents += lost.documents;
    sum.occurrences += lost.occurrences;
  }
}

}  // namespace

void write_deletions(const std::filesystem::path& path, const Deletions& deletions) {
  ByteWriter out;
  out.bytes(kMagic);
  out.u32(kVersion);
  out.varint(deletions.size());
  for (const auto& [segment, loss] : deletions) {
    out.text(segment);
    write_loss(out, loss);
  }
  out.u32(kernels::crc32c(as_bytes(out.view())));
  NewFile file(path);
  file.append(out.view());
  file.sync();
  if (read_file(file.temporary_path()) != out.view()) {
    throw Error(Error::Kind::io, path.string() + " reads back differently than it was written",
                "check the disk");
  }
  file.publish();
}

Deletions read_deletions(const std::filesystem::path& path) {
  const std::string text = read_file(path);
  try {
    return decode(text);
  } catch (const Error& error) {
    throw Error(error.kind(), path.string() + ": " + error.what(), error.hint());
  }
}

void merge_deletions(Deletions& into, const Deletions& more) {
  for (const auto& [segment, loss] : more) {
    const auto [place, fresh] = into.try_emplace(segment, loss);
    if (!fresh) merge_loss(place->second, loss);
  }
}

}  // namespace stemma::snapshot
