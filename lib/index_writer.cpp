// Story one: an article goes in.
//
// add():    article → encoded → already here? → analysis and inversion in memory → store
// commit(): 1 segments and deletion file written aside, durable and verified
//           2 articles, deletions and the manifest in one transaction of the store
//           3 MANIFEST replaced; the commit is acknowledged
//           4 files that no manifest names any more are unlinked
// The store's transaction decides: before it a crash leaves the old state, after it the new one,
// which the next writer publishes if step 3 was not reached (writing/index_files.h).
#include "stemma/index_writer.h"

#include <new>
#include <optional>
#include <unordered_map>
#include <utility>

#include "analysis/analyzer.h"
#include "articles/article_codec.h"
#include "compile/inversion.h"
#include "stemma/error.h"
#include "writing/background_segment.h"
#include "writing/compiled_segments.h"
#include "writing/index_files.h"
#include "writing/store_thread.h"
#include "writing/validate_article.h"
#include "writing/writer_options.h"

namespace stemma {

struct IndexWriter::Impl {
  Impl(std::filesystem::path where, const WriterOptions& wanted, analysis::Analyzer&& used,
       OpenIndex&& index)
      : directory(std::move(where)),
        options(wanted),
        analyzer(std::move(used)),
        lock(std::move(index.lock)),
        manifest(std::move(index.manifest)),
        store(std::move(index.store)),
        segments(directory, manifest),
        inversion(analyzer),
        written(analyzer) {
    load_counts();
  }
  ~Impl() {
    // After a failure files stay: the store may have committed them. The next writer will see.
    if (!changed || failure) return;
    abandon_segments();
    store.abandon();
    remove_unnamed_files(directory, manifest);
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  AddResult add(const Article& article);
  bool erase(std::string_view key);
  void merge_all();
  std::uint64_t commit();
  void rollback();

  void load_counts();
  void check_usable() const;
  /// Runs a change of the batch; if it fails, the batch as a whole is lost.
  template <class Change>
  void change(const Change& action);
  /// Erases the article with this key, wherever it is.
  void erase_buffered(std::string_view key, DocId doc);
  void erase_compiled(const snapshot::DocumentPlace& place);
  /// Where the article with this key is compiled, if it is; waits if it is just being written.
  std::optional<snapshot::DocumentPlace> compiled_place(const std::string& key);
  /// Hands what is buffered over to be written, and goes on with an empty buffer.
  void flush();
  /// Waits for what was handed over and takes it in.
  void settle();
  /// Takes in the merge that runs beside, waiting for it.
  void settle_merge();
  /// Starts the merge that is wanted beside all else, unless one runs.
  void merge_beside();
  void abandon_segments() noexcept;
  /// Gives their memory back.
  void forget_buffers();
  void publish();

  std::filesystem::path directory;
  WriterOptions options;
  analysis::Analyzer analyzer;
  std::unique_ptr<FileLock> lock;
  snapshot::Manifest manifest;  // of the last commit
  StoreThread store;
  CompiledSegments segments;
  compile::Inversion inversion;
  compile::Inversion written;  // what `writing` writes
  using Keys = std::unordered_map<std::string, DocId>;
  Keys buffered;                      // what `inversion` holds
  Keys handed;                        // what `written` holds
  std::optional<SegmentMerge> merge;  // what `merging` does
  unsigned flushes_beside_merge = 0;  // since it was started
  DocId next_doc = 1;
  std::uint64_t documents = 0;
  bool changed = false;
  bool many_buffers = false;           // since the last commit, so that they are large
  std::optional<std::string> failure;  // why the batch is lost
  // Last: their threads use what stands above.
  BackgroundSegment writing;
  BackgroundSegment merging;
};

void IndexWriter::Impl::load_counts() {
  next_doc = store.next_doc_id();
  documents = store.document_count();
  if (next_doc != manifest.next_doc_id) {
    throw Error(Error::Kind::corrupt,
                "the store gives DocId " + std::to_string(next_doc) + " next, its manifest says " +
                    std::to_string(manifest.next_doc_id),
                "run `stemma check`");
  }
}

void IndexWriter::Impl::check_usable() const {
  if (!failure) return;
  throw Error(Error::Kind::io, "changes since the last commit were lost: " + *failure,
              "call rollback(), then make them again");
}

template <class Change>
void IndexWriter::Impl::change(const Change& action) {
  changed = true;
  try {
    action();
  } catch (const std::exception& error) {
    failure = error.what();
    throw;
  }
}

AddResult IndexWriter::Impl::add(const Article& article) {
  check_usable();
  validate(article);
  std::string encoded = articles::encode(article);
  const auto in_buffer = buffered.find(article.key);
  std::optional<snapshot::DocumentPlace> compiled;
  if (in_buffer != buffered.end()) {
    if (inversion.article(in_buffer->second) == encoded) return AddResult::unchanged;
  } else {
    compiled = compiled_place(article.key);
    if (compiled && segments.article(*compiled) == encoded) return AddResult::unchanged;
  }
  if (next_doc >= kEndOfList) {
    throw Error(Error::Kind::limit, "all 2,147,483,646 DocIds of this index are used up",
                "index the articles anew into another directory");
  }
  const DocId doc = next_doc;
  try {
    inversion.add(doc, article, encoded);  // analysis: if it throws, nothing has changed
  } catch (const std::bad_alloc&) {        // except when memory ran out in the middle
    changed = true;
    failure = "memory ran out";
    throw;
  }
  const bool update = compiled || in_buffer != buffered.end();
  change([&] {
    ++next_doc;
    if (compiled) erase_compiled(*compiled);
    if (in_buffer != buffered.end()) erase_buffered(article.key, in_buffer->second);
    buffered[article.key] = doc;
    store.put(doc, article.key, std::move(encoded));
    ++documents;
    if (inversion.memory_bytes() > buffer_bytes(options)) {
      flush();
      many_buffers = true;
    }
  });
  return update ? AddResult::updated : AddResult::added;
}

bool IndexWriter::Impl::erase(std::string_view key) {
  check_usable();
  const std::string owned(key);
  if (const auto place = buffered.find(owned); place != buffered.end()) {
    change([&] { erase_buffered(owned, place->second); });
    return true;
  }
  const auto place = compiled_place(owned);
  if (!place) return false;
  change([&] { erase_compiled(*place); });
  return true;
}

void IndexWriter::Impl::erase_buffered(std::string_view key, DocId doc) {
  inversion.drop(doc);
  store.erase(doc);
  buffered.erase(std::string(key));
  --documents;
}

void IndexWriter::Impl::erase_compiled(const snapshot::DocumentPlace& place) {
  store.erase(segments.doc_id(place));
  segments.erase(place, analyzer);
  --documents;
}

std::optional<snapshot::DocumentPlace> IndexWriter::Impl::compiled_place(const std::string& key) {
  if (handed.count(key) != 0) change([&] { settle(); });
  const auto place = segments.find_key(key);
  if (!place || !merge || !merge->has(segments.file(*place))) return place;
  // A document of a merge's input must not be erased while the merge reads it.
  change([&] { settle_merge(); });
  return segments.find_key(key);
}

void IndexWriter::Impl::flush() {
  settle();
  merge_beside();
  if (inversion.document_count() > 0) {
    std::swap(inversion, written);
    handed.swap(buffered);
    writing.start([this, path = segments.next_path()] { return written.write(path); });
  }
  inversion.clear();
  buffered.clear();
}

void IndexWriter::Impl::settle() {
  if (writing.is_started()) {
    if (const auto segment = writing.finish()) segments.add(*segment);
    written.clear();
  }
  handed.clear();
}

void IndexWriter::Impl::settle_merge() {
  if (!merge) return;
  const auto merged = merging.finish();
  segments.replace(*merge, merged);
  merge.reset();
}

void IndexWriter::Impl::merge_beside() {
  // Not when it happens to be done: the same articles always make the same segments.
  constexpr unsigned kFlushesBeside = 6;
  if (merge && ++flushes_beside_merge < kFlushesBeside) return;
  settle_merge();
  merge = segments.wanted_merge();
  flushes_beside_merge = 0;
  if (merge) merging.start([wanted = *merge] { return wanted.run(); });
}

void IndexWriter::Impl::abandon_segments() noexcept {
  writing.abandon();
  merging.abandon();
  merge.reset();
  handed.clear();
}

void IndexWriter::Impl::forget_buffers() {
  inversion = compile::Inversion(analyzer);
  written = compile::Inversion(analyzer);
  many_buffers = false;
}

void IndexWriter::Impl::merge_all() {
  check_usable();
  if (inversion.document_count() == 0 && handed.empty() && segments.is_merged()) return;
  change([&] {
    flush();
    settle();
    settle_merge();
    segments.merge_all();
  });
}

std::uint64_t IndexWriter::Impl::commit() {
  check_usable();
  if (changed) {
    change([&] { publish(); });
    changed = false;
  }
  return manifest.generation;
}

void IndexWriter::Impl::publish() {
  flush();
  settle();
  settle_merge();
  if (many_buffers) forget_buffers();
  segments.merge_as_needed();
  segments.write_losses();
  snapshot::Manifest next = manifest;
  next.analyzer_build = analysis::Analyzer::build_mark(next.analyzer_fingerprint);
  ++next.generation;
  next.next_doc_id = next_doc;
  segments.name_files(next);
  store.commit(snapshot::encode(next));
  manifest = std::move(next);
  segments.mark_published();
  snapshot::publish_manifest(directory, manifest);
  remove_unnamed_files(directory, manifest);
}

void IndexWriter::Impl::rollback() {
  if (!changed) return;
  const bool after_failure = failure.has_value();
  // If it fails half-way, what the writer holds is of no one state: it must refuse to commit it.
  if (!failure) failure = "rolling back was not completed";
  abandon_segments();
  buffered.clear();
  forget_buffers();
  store.rollback();
  // After a commit that failed half-way the store knows whether it took place.
  const snapshot::Manifest committed = snapshot::decode(store.manifest());
  if (after_failure) snapshot::publish_manifest(directory, committed);
  segments = CompiledSegments(directory, committed, &segments);
  manifest = committed;
  load_counts();
  remove_unnamed_files(directory, manifest);
  failure.reset();
  changed = false;
}

IndexWriter::IndexWriter(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
IndexWriter::~IndexWriter() = default;
IndexWriter::IndexWriter(IndexWriter&&) noexcept = default;
IndexWriter& IndexWriter::operator=(IndexWriter&&) noexcept = default;

IndexWriter IndexWriter::create(const std::filesystem::path& directory, const IndexOptions& index,
                                const WriterOptions& options) {
  check_options(index);
  check_options(options);
  analysis::Analyzer analyzer(index);
  OpenIndex made = create_index(directory, index, analyzer.fingerprint(), options.wait_seconds);
  return IndexWriter(
      std::make_unique<Impl>(directory, options, std::move(analyzer), std::move(made)));
}

IndexWriter IndexWriter::open(const std::filesystem::path& directory,
                              const WriterOptions& options) {
  check_options(options);
  OpenIndex opened = open_index(directory, options.wait_seconds);
  analysis::Analyzer analyzer(opened.manifest.index_options);
  if (analyzer.fingerprint() != opened.manifest.analyzer_fingerprint) {
    throw Error(Error::Kind::wrong_version,
                "the index was analysed by another version of stemma or its libraries",
                "run `stemma rebuild` to analyse its articles with this one");
  }
  return IndexWriter(
      std::make_unique<Impl>(directory, options, std::move(analyzer), std::move(opened)));
}

AddResult IndexWriter::add(const Article& article) { return impl_->add(article); }
bool IndexWriter::erase(std::string_view key) { return impl_->erase(key); }
void IndexWriter::merge_all() { impl_->merge_all(); }
std::uint64_t IndexWriter::commit() { return impl_->commit(); }
void IndexWriter::rollback() { impl_->rollback(); }
std::uint64_t IndexWriter::document_count() const { return impl_->documents; }
std::uint64_t IndexWriter::generation() const { return impl_->manifest.generation; }
const IndexOptions& IndexWriter::index_options() const { return impl_->manifest.index_options; }

}  // namespace stemma
