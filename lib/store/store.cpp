// The book of record on Xapian glass. Rules that measurements taught (docs/RELIABILITY.md):
// - one explicit transaction a commit: outside one Xapian commits by itself every 10,000 changes;
// - fsync of the directory right after commit_transaction: Xapian renames its version file and does
//   not sync the directory, and a power cut could then leave no readable revision at all;
// - after any failed change the handle is dropped: what it holds is unknown.
#include "store/store.h"

#include <unistd.h>

#include <array>
#include <charconv>
#include <cstring>
#include <utility>

#include "articles/article_codec.h"
#include "base/files.h"
#include "stemma/error.h"
#include "store/store_impl.h"

namespace stemma::store {
namespace {

// Xapian takes terms of up to 245 bytes and writes a zero byte as two.
constexpr std::size_t kLongestKeyTerm = 200;
// Enough articles to train a dictionary that halves their size.
constexpr std::uint64_t kDictionarySamples = 1000;
constexpr std::size_t kDictionarySampleBytes = 8U << 20U;

std::string big_endian(std::uint32_t value) {
  std::string bytes(4, '\0');
  for (unsigned i = 0; i < 4; ++i) bytes[i] = static_cast<char>((value >> (24U - 8U * i)) & 0xffU);
  return bytes;
}

/// XAPIAN_FLUSH_THRESHOLD and its kin change when Xapian writes and what it keeps.
void refuse_xapian_environment() {
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    if (std::strncmp(*entry, "XAPIAN_", 7) != 0) continue;
    const std::string_view text(*entry);
    const std::string name(text.substr(0, text.find('=')));
    throw Error(Error::Kind::invalid_argument,
                "environment variable " + name + " is set; it changes how Xapian commits",
                "unset " + name + " and start again");
  }
}

}  // namespace

std::string article_key(DocId doc) { return "A" + big_endian(doc); }
DocId doc_of(const std::string& article_key) {
  if (article_key.size() != 5) {
    throw Error(Error::Kind::corrupt, "the store holds an article under a damaged DocId",
                "run `stemma check`");
  }
  DocId doc = 0;
  for (std::size_t i = 1; i < 5; ++i) doc = (doc << 8U) | static_cast<std::uint8_t>(article_key[i]);
  return doc;
}
std::string dictionary_key(std::uint32_t number) { return "D" + big_endian(number); }

std::string key_term(std::string_view key) {
  std::size_t bytes = key.size();
  for (const char c : key) bytes += c == '\0' ? 1 : 0;
  if (bytes <= kLongestKeyTerm) return "K" + std::string(key);
  std::array<char, 16> hex{};
  const auto end =
      std::to_chars(hex.data(), hex.data() + hex.size(), articles::content_hash(as_bytes(key)), 16);
  return "H" + std::string(hex.data(), end.ptr);
}

Xapian::WritableDatabase& Store::Impl::handle() {
  if (!database) {
    throw Error(Error::Kind::io,
                "store " + directory.string() + " was closed after a failure it could not mend",
                "open the index again");
  }
  return *database;
}

void Store::Impl::load() {
  database.reset();  // which cancels its transaction
  in_transaction = false;
  Xapian::WritableDatabase opened(directory.string(), Xapian::DB_OPEN | Xapian::DB_BACKEND_GLASS);
  // Its writer may have died between a commit and the sync that makes it durable.
  sync_directory(directory);
  codec = RecordCodec();
  for (std::uint32_t number = 1;; ++number) {
    const std::string stored = opened.get_metadata(dictionary_key(number));
    if (stored.empty()) break;
    ByteReader reader(as_bytes(stored), "zstd dictionary of the store");
    const std::uint64_t hash = reader.u64();
    const Bytes bytes = reader.bytes(reader.left());
    if (articles::content_hash(bytes) != hash) {
      throw Error(Error::Kind::corrupt,
                  "zstd dictionary " + std::to_string(number) + " of store " + directory.string() +
                      " differs from its hash",
                  "`stemma restore` makes the store anew from the segments");
    }
    codec.add_dictionary(as_text(bytes));
  }
  const std::string next = opened.get_metadata(kNextDocKey);
  next_doc = next.empty() ? 1 : ByteReader(as_bytes(next), "next DocId of the store").u32();
  database = opened;  // last: what failed half-way is loaded again, whole
}

void Store::Impl::begin() {
  if (in_transaction) return;
  handle().begin_transaction();
  in_transaction = true;
}

void Store::Impl::reopen_after_failure() noexcept {
  try {
    load();
  } catch (...) {
    return;  // handle() says so from now on
  }
}

void Store::Impl::train_dictionary() {
  std::vector<std::string> samples;
  std::size_t bytes = 0;
  const auto end = handle().metadata_keys_end("A");
  for (auto entry = handle().metadata_keys_begin("A");
       entry != end && bytes < kDictionarySampleBytes; ++entry) {
    samples.push_back(codec.decode(doc_of(*entry), handle().get_metadata(*entry)).encoded);
    bytes += samples.back().size();
  }
  const std::string dictionary = RecordCodec::train(samples);
  if (dictionary.empty()) return;
  ByteWriter stored;
  stored.u64(articles::content_hash(as_bytes(dictionary)));
  stored.bytes(dictionary);
  handle().set_metadata(dictionary_key(codec.dictionary_count() + 1), stored.take());
  codec.add_dictionary(dictionary);
}

std::optional<DocId> Store::Impl::find(std::string_view key) {
  const std::string term = key_term(key);
  if (!handle().term_exists(term)) return std::nullopt;
  const auto end = handle().postlist_end(term);
  for (auto posting = handle().postlist_begin(term); posting != end; ++posting) {
    if (term.front() == 'K') return *posting;
    if (RecordCodec::key_of(handle().get_metadata(article_key(*posting))) == key) return *posting;
  }
  return std::nullopt;
}

Store::Store(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Store::~Store() = default;
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;

Store Store::create(const std::filesystem::path& directory) {
  refuse_xapian_environment();
  if (std::filesystem::exists(std::filesystem::symlink_status(directory))) {
    throw Error(Error::Kind::invalid_argument, "store " + directory.string() + " exists already");
  }
  translated(directory, "creating", [&] {
    const Xapian::WritableDatabase made(directory.string(),
                                        Xapian::DB_CREATE | Xapian::DB_BACKEND_GLASS);
  });
  std::filesystem::permissions(directory, std::filesystem::perms::owner_all);
  sync_directory(directory);
  sync_directory(directory.has_parent_path() ? directory.parent_path() : ".");
  return open(directory);
}

Store Store::open(const std::filesystem::path& directory) {
  refuse_xapian_environment();
  if (!std::filesystem::is_directory(directory)) {
    throw Error(Error::Kind::not_found, "store " + directory.string() + " is missing",
                "`stemma restore` makes the store anew from the segments");
  }
  auto impl = std::make_unique<Impl>();
  impl->directory = directory;
  translated(directory, "opening", [&] { impl->load(); });
  return Store(std::move(impl));
}

std::optional<DocId> Store::find(std::string_view key) const {
  return translated(impl_->directory, "finding a key", [&] { return impl_->find(key); });
}

std::optional<std::string> Store::article(DocId doc) const {
  return translated(impl_->directory, "reading an article", [&]() -> std::optional<std::string> {
    const std::string record = impl_->handle().get_metadata(article_key(doc));
    if (record.empty()) return std::nullopt;
    return impl_->codec.decode(doc, record).encoded;
  });
}

std::string Store::key(DocId doc) const {
  return translated(impl_->directory, "reading a key", [&] {
    const std::string record = impl_->handle().get_metadata(article_key(doc));
    if (record.empty()) {
      throw Error(Error::Kind::not_found, "no article " + std::to_string(doc) + " in the store");
    }
    return impl_->codec.decode(doc, record).key;
  });
}

std::uint64_t Store::document_count() const {
  return translated(impl_->directory, "counting", [&] { return impl_->handle().get_doccount(); });
}

DocId Store::next_doc_id() const { return impl_->next_doc; }

DocId Store::put(std::string_view key, Bytes encoded) {
  const DocId doc = impl_->next_doc;
  if (doc >= kEndOfList) {
    throw Error(Error::Kind::limit, "all 2,147,483,646 DocIds of this index are used up",
                "index the articles anew into another directory");
  }
  impl_->change("storing an article", [&] {
    impl_->begin();
    auto& database = impl_->handle();
    const std::uint64_t stored = database.get_doccount();
    if (impl_->codec.dictionary_count() == 0 && stored > 0 && stored % kDictionarySamples == 0) {
      impl_->train_dictionary();
    }
    database.set_metadata(article_key(doc), impl_->codec.encode(doc, key, encoded));
    Xapian::Document document;
    document.add_boolean_term(key_term(key));
    database.replace_document(doc, document);
    impl_->next_doc = doc + 1;
  });
  return doc;
}

void Store::erase(DocId doc) {
  impl_->change("erasing an article", [&] {
    impl_->begin();
    impl_->handle().delete_document(doc);
    impl_->handle().set_metadata(article_key(doc), "");
  });
}

void Store::skip_to(DocId doc) {
  if (doc < impl_->next_doc) {
    throw Error(Error::Kind::invalid_argument, "DocId " + std::to_string(doc) +
                                                   " was given before; the next one is " +
                                                   std::to_string(impl_->next_doc));
  }
  impl_->next_doc = doc;
}

void Store::commit(std::string_view manifest) {
  impl_->change("committing", [&] {
    impl_->begin();
    auto& database = impl_->handle();
    ByteWriter next;
    next.u32(impl_->next_doc);
    database.set_metadata(kNextDocKey, next.take());
    database.set_metadata(kManifestKey, std::string(manifest));
    database.commit_transaction();
    impl_->in_transaction = false;
    sync_directory(impl_->directory);
  });
}

void Store::rollback() {
  if (impl_->database && !impl_->in_transaction) return;
  // Opening again also forgets the transaction's dictionary.
  translated(impl_->directory, "rolling back", [&] { impl_->load(); });
}

std::string Store::manifest() const {
  return translated(impl_->directory, "reading the manifest",
                    [&] { return impl_->handle().get_metadata(kManifestKey); });
}

}  // namespace stemma::store
