// Walks over the whole store: every article in DocId order, and the proof that all is consistent.
//
// Xapian's own check finds damaged B-trees, but glass has no checksums: a flipped bit in a key or
// an article passes it. So each article is held against its content hash, and each way through the
// store is walked there and back: article to key, key to term, term to document, document to
// article, and document to its list of terms.
#include <xapian.h>

#include <sstream>

#include "articles/article_codec.h"
#include "store/store_impl.h"

namespace stemma::store {
namespace {

constexpr std::size_t kMostMessages = 100;

/// The term list of a document is how Xapian knows what to take it out of; no search reads it.
bool lists_only(const Xapian::Database& database, DocId doc, const std::string& term) {
  auto listed = database.termlist_begin(doc);
  const auto end = database.termlist_end(doc);
  // No further than the first that differs: glass follows damaged lengths out of its block. And
  // not by way of Xapian::Document, which looks for positions too and may not come back.
  return listed != end && *listed == term && ++listed == end;
}

void check_articles(Store::Impl& store, std::vector<std::string>& faults) {
  auto& database = store.handle();
  std::uint64_t articles = 0;
  const auto end = database.metadata_keys_end("A");
  for (auto entry = database.metadata_keys_begin("A"); entry != end; ++entry) {
    ++articles;
    if (faults.size() >= kMostMessages) return;
    try {
      const DocId doc = doc_of(*entry);
      const std::string name = "article " + std::to_string(doc);
      const Record record = store.codec.decode(doc, database.get_metadata(*entry));
      if (doc >= store.next_doc) faults.push_back(name + " is beyond the next DocId");
      if (store.find(record.key) != doc) faults.push_back(name + " is not found by its key");
      if (!lists_only(database, doc, key_term(record.key))) {
        faults.push_back(name + " does not list its key");
      }
    } catch (const std::bad_alloc&) {
      throw;
    } catch (const Xapian::Error& error) {
      faults.push_back(error.get_description());
    } catch (const std::exception& error) {
      faults.emplace_back(error.what());
    }
  }
  if (articles != database.get_doccount()) {
    faults.push_back(std::to_string(articles) + " articles, but " +
                     std::to_string(database.get_doccount()) + " documents");
  }
}

void check_terms(Store::Impl& store, std::vector<std::string>& faults) {
  auto& database = store.handle();
  std::uint64_t postings = 0;
  for (auto term = database.allterms_begin(); term != database.allterms_end(); ++term) {
    for (auto at = database.postlist_begin(*term); at != database.postlist_end(*term); ++at) {
      ++postings;
      if (faults.size() >= kMostMessages) return;
      const std::string record = database.get_metadata(article_key(*at));
      if (record.empty() || key_term(RecordCodec::key_of(record)) != *term) {
        faults.push_back("a key leads to article " + std::to_string(*at) +
                         ", which does not have it");
      }
    }
  }
  if (postings != database.get_doccount()) {
    faults.push_back(std::to_string(postings) + " keys for " +
                     std::to_string(database.get_doccount()) + " documents");
  }
}

}  // namespace

void Store::for_each(const std::function<bool(DocId, std::string_view, Bytes)>& visit) const {
  // Only Xapian's part is translated: what `visit` throws is its own.
  auto& database = impl_->handle();
  const auto next = [&](Xapian::TermIterator& entry, bool first) {
    return translated(impl_->directory, "walking over articles", [&] {
      if (first) {
        entry = database.metadata_keys_begin("A");
      } else {
        ++entry;
      }
      return entry != database.metadata_keys_end("A");
    });
  };
  Xapian::TermIterator entry;
  for (bool more = next(entry, true); more; more = next(entry, false)) {
    DocId doc = 0;
    const Record record = translated(impl_->directory, "reading an article", [&] {
      doc = doc_of(*entry);
      return impl_->codec.decode(doc, database.get_metadata(*entry));
    });
    if (!visit(doc, record.key, as_bytes(record.encoded))) return;
  }
}

std::vector<std::string> Store::verify() const {
  std::vector<std::string> faults;
  const auto attempt = [&](const char* doing, const auto& action) {
    try {
      translated(impl_->directory, doing, action);
    } catch (const Error& error) {
      faults.emplace_back(error.what());
    }
  };
  attempt("Xapian's check", [&] {
    std::ostringstream report;
    const std::size_t errors = Xapian::Database::check(impl_->directory.string(), 0, &report);
    if (errors != 0) {
      faults.push_back("Xapian's check found " + std::to_string(errors) +
                       " faults: " + report.str().substr(0, 400));
    }
  });
  attempt("checking articles", [&] { check_articles(*impl_, faults); });
  attempt("checking keys", [&] { check_terms(*impl_, faults); });
  return faults;
}

}  // namespace stemma::store
