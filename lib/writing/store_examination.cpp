#include "writing/store_examination.h"

#include <functional>
#include <map>
#include <new>

#include "base/bytes.h"
#include "snapshot/snapshot.h"
#include "stemma/error.h"
#include "store/store.h"

namespace stemma {
namespace {

namespace fs = std::filesystem;
using snapshot::Manifest;

constexpr const char* kStoreHint =
    "make it anew with `stemma restore`, which takes the articles from the segments";
constexpr const char* kSegmentsHint =
    "run `stemma rebuild` if the store is sound, else `stemma restore` if the segments are";
constexpr std::string_view kEnd = "whole";

class Examiner {
 public:
  Examiner(const fs::path& directory, const std::optional<Manifest>& published)
      : directory_(directory), published_(published) {}

  StoreExamination run() {
    const std::string name = published_ ? published_->store : "store-1";
    attempt(name, [&] {
      const store::Store store = store::Store::open(directory_ / name);
      for (const std::string& fault : store.verify()) damage(name, fault, kStoreHint);
      examine_manifest(name, store);
      attempt("segments",
              [&] { compare(store, *snapshot::Snapshot::open(directory_, *result_.committed)); });
    });
    return std::move(result_);
  }

 private:
  void attempt(const std::string& file, const std::function<void()>& action) {
    try {
      action();
    } catch (const Error& error) {
      damage(file, error.what(), error.hint());
    } catch (const std::bad_alloc&) {
      throw;
    } catch (const std::exception& error) {
      damage(file, error.what(), kStoreHint);
    }
  }
  void damage(const std::string& file, const std::string& message, const std::string& hint) {
    result_.damage.push_back({file, message, hint});
  }

  void examine_manifest(const std::string& name, const store::Store& store) {
    result_.committed = snapshot::decode(store.manifest());
    const Manifest& committed = *result_.committed;
    if (committed.next_doc_id != store.next_doc_id()) {
      damage(name, "the next DocId differs from the manifest's", kStoreHint);
    }
    // One step ahead is what a crash may leave; the next writer publishes it.
    if (published_ &&
        (committed.uuid != published_->uuid || committed.generation < published_->generation ||
         committed.generation > published_->generation + 1 ||
         (committed.generation == published_->generation &&
          snapshot::encode(committed) != snapshot::encode(*published_)))) {
      damage(name, "the manifest in the store and MANIFEST do not belong together", kStoreHint);
    }
  }

  void compare(const store::Store& store, const snapshot::Snapshot& segments) {
    std::map<std::size_t, segment::ArticleWalk> articles;  // by segment
    store.for_each([&](DocId doc, std::string_view key, Bytes encoded) {
      const std::string name = "article " + std::to_string(doc);
      const auto place = segments.find(doc);
      if (!place) {
        damage("segments", name + " is in the store and in no segment", kSegmentsHint);
        return true;
      }
      const auto& segment = *segments.segments()[place->segment].segment;
      const auto by_key = segments.find_key(key);
      if (segment.key(place->ordinal) != key || !by_key || by_key->segment != place->segment ||
          by_key->ordinal != place->ordinal) {
        damage("segments", name + " has another key in its segment than in the store",
               kSegmentsHint);
      }
      if (articles.try_emplace(place->segment, segment).first->second.article(place->ordinal) !=
          as_text(encoded)) {
        damage("segments", name + " differs between segment and store", kSegmentsHint);
      }
      ++result_.articles;
      return true;
    });
    if (segments.collection().documents != store.document_count()) {
      damage("segments",
             std::to_string(segments.collection().documents) + " documents in segments, " +
                 std::to_string(store.document_count()) + " articles in the store",
             kSegmentsHint);
    }
  }

  const fs::path& directory_;
  const std::optional<Manifest>& published_;
  StoreExamination result_;
};

void put_text(ByteWriter& out, std::string_view text) {
  out.varint(text.size());
  out.bytes(text);
}

}  // namespace

StoreExamination examine(const fs::path& directory, const std::optional<Manifest>& published) {
  return Examiner(directory, published).run();
}

std::string encode(const StoreExamination& examination) {
  ByteWriter out;
  out.varint(examination.articles);
  put_text(out, examination.committed ? snapshot::encode(*examination.committed) : "");
  out.varint(examination.damage.size());
  for (const Damage& damage : examination.damage) {
    put_text(out, damage.file);
    put_text(out, damage.message);
    put_text(out, damage.hint);
  }
  out.bytes(kEnd);
  return out.take();
}

StoreExamination decode_examination(std::string_view bytes) {
  ByteReader in(as_bytes(bytes), "what the examiner of the store said");
  StoreExamination examination;
  examination.articles = in.varint();
  const std::string_view manifest = in.text();
  if (!manifest.empty()) examination.committed = snapshot::decode(manifest);
  const std::uint64_t count = in.varint();
  for (std::uint64_t i = 0; i < count; ++i) {
    Damage& damage = examination.damage.emplace_back();
    damage.file = in.text();
    damage.message = in.text();
    damage.hint = in.text();
  }
  if (as_text(in.bytes(kEnd.size())) != kEnd || !in.empty()) {
    throw Error(Error::Kind::corrupt, "what the examiner of the store said has no end");
  }
  return examination;
}

}  // namespace stemma
