#include "store/record_codec.h"

#include <zdict.h>
#include <zstd.h>

#include <algorithm>
#include <new>
#include <utility>

#include "articles/article_codec.h"
#include "stemma/error.h"

namespace stemma::store {
namespace {

constexpr std::uint8_t kVersion = 1;
constexpr int kLevel = 3;
constexpr std::size_t kDictionaryBytes = 64U << 10U;
// No article comes near it; a damaged size field must not make us allocate the machine.
constexpr std::uint64_t kMaxArticleBytes = 1ULL << 30U;

/// One large article must not hold its memory for ever.
constexpr std::size_t kMostKeptBytes = std::size_t{1} << 20U;

struct FreeContext {
  void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
  void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
  void operator()(ZSTD_CDict* dictionary) const { ZSTD_freeCDict(dictionary); }
  void operator()(ZSTD_DDict* dictionary) const { ZSTD_freeDDict(dictionary); }
};
template <class T>
using Owned = std::unique_ptr<T, FreeContext>;

[[noreturn]] void corrupt(DocId doc, const std::string& what) {
  throw Error(Error::Kind::corrupt, "stored article " + std::to_string(doc) + " " + what,
              "run `stemma check`; a damaged store must come from a backup, or from indexing anew");
}

/// `all` is memory to work with.
std::uint64_t hash_of(DocId doc, std::string_view key, std::string_view encoded, ByteWriter& all) {
  all.clear();
  all.u32(doc);
  all.text(key);
  all.bytes(encoded);
  const std::uint64_t hash = articles::content_hash(as_bytes(all.view()));
  if (all.size() > kMostKeptBytes) all = ByteWriter();
  return hash;
}

struct Header {
  std::uint32_t dictionary = 0;
  std::uint64_t hash = 0;
  std::string_view key;
  std::string_view frame;
};

Header read_header(std::string_view record) {
  ByteReader reader(as_bytes(record), "stored article");
  const std::uint8_t version = reader.u8();
  if (version != kVersion) {
    throw Error(Error::Kind::corrupt,
                "stored article of format " + std::to_string(version) + ", expected " +
                    std::to_string(kVersion),
                "run `stemma check`");
  }
  Header header;
  header.dictionary = reader.varint32();
  header.hash = reader.u64();
  header.key = reader.text();
  header.frame = as_text(reader.bytes(reader.left()));
  return header;
}

}  // namespace

struct RecordCodec::Impl {
  Owned<ZSTD_CCtx> compressor{ZSTD_createCCtx()};
  Owned<ZSTD_DCtx> decompressor{ZSTD_createDCtx()};
  Owned<ZSTD_CDict> writing;               // the newest
  std::vector<Owned<ZSTD_DDict>> reading;  // number n at n - 1
  ByteWriter hashed;                       // memory of one article after the other
  std::string frame;
};

RecordCodec::RecordCodec() : impl_(std::make_unique<Impl>()) {
  if (!impl_->compressor || !impl_->decompressor) throw std::bad_alloc();
}
RecordCodec::~RecordCodec() = default;
RecordCodec::RecordCodec(RecordCodec&&) noexcept = default;
RecordCodec& RecordCodec::operator=(RecordCodec&&) noexcept = default;

void RecordCodec::add_dictionary(std::string_view bytes) {
  Owned<ZSTD_DDict> reading(ZSTD_createDDict(bytes.data(), bytes.size()));
  Owned<ZSTD_CDict> writing(ZSTD_createCDict(bytes.data(), bytes.size(), kLevel));
  if (!reading || !writing) throw std::bad_alloc();
  impl_->reading.push_back(std::move(reading));
  impl_->writing = std::move(writing);
}

std::uint32_t RecordCodec::dictionary_count() const {
  return static_cast<std::uint32_t>(impl_->reading.size());
}

std::string RecordCodec::encode(DocId doc, std::string_view key, Bytes encoded) {
  ByteWriter writer;
  writer.u8(kVersion);
  writer.varint(dictionary_count());
  writer.u64(hash_of(doc, key, as_text(encoded), impl_->hashed));
  writer.text(key);
  std::string& frame = impl_->frame;
  const std::size_t bound = ZSTD_compressBound(encoded.size());
  if (frame.size() < bound) frame.resize(bound);
  const std::size_t size =
      impl_->writing
          ? ZSTD_compress_usingCDict(impl_->compressor.get(), frame.data(), frame.size(),
                                     encoded.data(), encoded.size(), impl_->writing.get())
          : ZSTD_compressCCtx(impl_->compressor.get(), frame.data(), frame.size(), encoded.data(),
                              encoded.size(), kLevel);
  if (ZSTD_isError(size) != 0) throw std::bad_alloc();  // the bound holds, so only memory can fail
  writer.bytes(std::string_view(frame).substr(0, size));
  if (bound > kMostKeptBytes) frame = std::string();
  return writer.take();
}

Record RecordCodec::decode(DocId doc, std::string_view record) {
  const Header header = read_header(record);
  if (header.dictionary > impl_->reading.size()) {
    corrupt(doc, "names dictionary " + std::to_string(header.dictionary) + ", of which there are " +
                     std::to_string(impl_->reading.size()));
  }
  const auto size = ZSTD_getFrameContentSize(header.frame.data(), header.frame.size());
  if (size > kMaxArticleBytes) corrupt(doc, "has a damaged size");  // also zstd's error values
  Record result;
  result.key.assign(header.key);
  result.encoded.resize(static_cast<std::size_t>(size));
  const ZSTD_DDict* dictionary =
      header.dictionary == 0 ? nullptr : impl_->reading[header.dictionary - 1].get();
  const std::size_t got = ZSTD_decompress_usingDDict(
      impl_->decompressor.get(), result.encoded.data(), result.encoded.size(), header.frame.data(),
      header.frame.size(), dictionary);
  if (ZSTD_isError(got) != 0) corrupt(doc, std::string("is damaged: ") + ZSTD_getErrorName(got));
  if (got != size) corrupt(doc, "is shorter than it says");
  if (hash_of(doc, result.key, result.encoded, impl_->hashed) != header.hash) {
    corrupt(doc, "differs from its content hash");
  }
  return result;
}

std::string_view RecordCodec::key_of(std::string_view record) { return read_header(record).key; }

std::string RecordCodec::train(const std::vector<std::string>& samples) {
  std::string joined;
  std::vector<std::size_t> sizes;
  for (const std::string& sample : samples) {
    joined += sample;
    sizes.push_back(sample.size());
  }
  // zstd wants samples of several times the dictionary's size, else the dictionary does not pay.
  const std::size_t capacity = std::min(kDictionaryBytes, joined.size() / 10);
  if (capacity < 1024) return {};
  std::string dictionary(capacity, '\0');
  const std::size_t size =
      ZDICT_trainFromBuffer(dictionary.data(), dictionary.size(), joined.data(), sizes.data(),
                            static_cast<unsigned>(sizes.size()));
  if (ZDICT_isError(size) != 0) return {};
  dictionary.resize(size);
  return dictionary;
}

}  // namespace stemma::store
