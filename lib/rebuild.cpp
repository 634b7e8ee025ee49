// Compiling every segment anew from the store: after damage, and after a change of the analyzer.
//
// It is one commit like any other: new segments aside, then the manifest in the store, then
// MANIFEST. Articles, keys and DocIds stay as they are, so it may be interrupted at any time.
#include <utility>

#include "analysis/analyzer.h"
#include "articles/article_codec.h"
#include "compile/inversion.h"
#include "stemma/error.h"
#include "stemma/index_writer.h"
#include "writing/compiled_segments.h"
#include "writing/index_files.h"
#include "writing/writer_options.h"

namespace stemma {
namespace {

constexpr std::uint64_t kArticlesPerReport = 1000;

class Rebuild {
 public:
  Rebuild(const std::filesystem::path& directory, const WriterOptions& options,
          const Progress& progress)
      : directory_(directory),
        options_(options),
        progress_(progress),
        index_(open_index(directory, options.wait_seconds)),
        analyzer_(index_.manifest.index_options),
        segments_(directory, index_.manifest.next_file_number),
        inversion_(analyzer_),
        total_(index_.store->document_count()) {}

  void run() {
    try {
      compile_all();
      publish();
    } catch (...) {
      // Only what certainly was not committed may be removed.
      if (!committing_) remove_unnamed_files(directory_, index_.manifest);
      throw;
    }
    remove_unnamed_files(directory_, index_.manifest);
    (void)report(total_);  // too late to stop
  }

 private:
  void compile_all() {
    std::uint64_t done = 0;
    index_.store->for_each([&](DocId doc, std::string_view, Bytes encoded) {
      inversion_.add(doc, articles::decode(encoded), std::string(as_text(encoded)));
      if (inversion_.memory_bytes() > buffer_bytes(options_)) flush();
      if (++done % kArticlesPerReport == 0 && !report(done)) {
        throw Error(Error::Kind::cancelled, "rebuilding was stopped; the index is as it was");
      }
      return true;
    });
    flush();
    segments_.merge_as_needed();
  }

  void flush() {
    if (inversion_.document_count() > 0) segments_.add(inversion_.write(segments_.next_path()));
    inversion_ = compile::Inversion(analyzer_);
  }

  void publish() {
    snapshot::Manifest next = index_.manifest;
    ++next.generation;
    next.analyzer_fingerprint = analyzer_.fingerprint();
    next.analyzer_build = analysis::Analyzer::build_mark(next.analyzer_fingerprint);
    segments_.name_files(next);
    committing_ = true;
    index_.store->commit(snapshot::encode(next));
    snapshot::publish_manifest(directory_, next);
    index_.manifest = std::move(next);
  }

  [[nodiscard]] bool report(std::uint64_t done) const {
    return !progress_ || progress_(done, total_);
  }

  const std::filesystem::path& directory_;
  const WriterOptions& options_;
  const Progress& progress_;
  OpenIndex index_;
  analysis::Analyzer analyzer_;
  CompiledSegments segments_;
  compile::Inversion inversion_;
  std::uint64_t total_;
  bool committing_ = false;
};

}  // namespace

void rebuild(const std::filesystem::path& directory, const WriterOptions& options,
             const Progress& progress) {
  check_options(options);
  Rebuild(directory, options, progress).run();
}

}  // namespace stemma
