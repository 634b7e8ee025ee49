#include "writing/new_store.h"

#include <system_error>

#include "base/files.h"
#include "stemma/error.h"

namespace stemma {
namespace {

constexpr std::uint64_t kArticlesPerReport = 1000;

}  // namespace

NewStore::NewStore(const std::filesystem::path& directory, const std::string& name)
    : path_(directory / name), temporary_(directory / (name + ".tmp")) {
  std::filesystem::remove_all(temporary_);
  store_ = std::make_unique<store::Store>(store::Store::create(temporary_));
}

NewStore::~NewStore() {
  if (!store_) return;
  store_.reset();
  std::error_code failed;
  std::filesystem::remove_all(temporary_, failed);
}

void NewStore::put(DocId doc, std::string_view key, Bytes encoded) {
  store_->skip_to(doc);
  store_->put(key, encoded);
}

void NewStore::publish(const snapshot::Manifest& manifest) {
  store_->skip_to(manifest.next_doc_id);
  store_->commit(snapshot::encode(manifest));
  store_.reset();  // closed: a glass database must not be renamed under its user
  std::error_code failed;
  std::filesystem::rename(temporary_, path_, failed);
  if (failed) {
    throw Error(Error::Kind::io, "cannot name " + path_.string() + ": " + failed.message(),
                "see `df` and `mount`");
  }
  sync_directory(path_.parent_path());
}

bool put_all(const snapshot::Snapshot& state, NewStore& store, const Report& report) {
  const std::uint64_t total = state.collection().documents;
  std::uint64_t done = 0;
  for (const snapshot::SegmentView& view : state.segments()) {
    const segment::Segment& segment = *view.segment;
    segment::ArticleWalk articles(segment);
    for (Ordinal at = 0; at < segment.document_count(); ++at) {
      if (view.deleted.contains(at)) continue;
      store.put(segment.doc_id(at), segment.key(at), as_bytes(articles.article(at)));
      if (++done % kArticlesPerReport == 0 && !report(done, total)) return false;
    }
  }
  return report(total, total);
}

bool put_all(const store::Store& from, NewStore& store, const Report& report) {
  const std::uint64_t total = from.document_count();
  std::uint64_t done = 0;
  bool wanted = true;
  from.for_each([&](DocId doc, std::string_view key, Bytes encoded) {
    store.put(doc, key, encoded);
    wanted = ++done % kArticlesPerReport != 0 || report(done, total);
    return wanted;
  });
  return wanted && report(total, total);
}

std::string next_store_name(const std::string& store) {
  const std::size_t digits = store.find_last_not_of("0123456789") + 1;
  return store.substr(0, digits) + std::to_string(std::stoull(store.substr(digits)) + 1);
}

}  // namespace stemma
