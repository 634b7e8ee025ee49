// The same articles twice: in a Stemma index (several commits, updates, deletes), and in an
// ordinary Xapian database filled from compile::document_terms of the articles that survive.
//
// Documents have the same numbers in both, so lists can be compared as they are. Columns become
// values: slot 0 the number `price`, slots 1 and 2 both ends of the first date.
#pragma once

#include <xapian.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/term.h"
#include "compile/document_terms.h"
#include "snapshot_impl.h"
#include "stemma/index_writer.h"
#include "stemma/searcher.h"
#include "temporary_folder.h"

namespace stemma::testing {

inline constexpr Xapian::valueno kPriceSlot = 0;
inline constexpr Xapian::valueno kFirstSlot = 1;
inline constexpr Xapian::valueno kLastSlot = 2;

/// One live document as both sides know it.
struct PeerDocument {
  DocId doc = 0;
  compile::DocumentTerms terms;
  std::map<std::uint32_t, std::string> words_at;  ///< word-layer key by position
};

class Peer {
 public:
  /// `live`: what the index in `index_directory` holds now.
  Peer(const std::filesystem::path& index_directory, const std::vector<Article>& live)
      : searcher_(Snapshot::open(index_directory)) {
    Xapian::WritableDatabase database(
        (folder_.path() / "xapian").string(),
        Xapian::DB_CREATE | Xapian::DB_BACKEND_GLASS | Xapian::DB_NO_SYNC);
    for (const Article& article : live) add(article, database);
    database.commit();
    database_ = Xapian::Database((folder_.path() / "xapian").string());
  }

  [[nodiscard]] const Searcher& searcher() const { return searcher_; }
  [[nodiscard]] const snapshot::Snapshot& state() const {
    return *searcher_.snapshot().impl().state;
  }
  [[nodiscard]] const Xapian::Database& database() const { return database_; }
  [[nodiscard]] const std::vector<PeerDocument>& documents() const { return documents_; }
  /// Texts of all word terms.
  [[nodiscard]] const std::set<std::string>& words() const { return words_; }
  /// By stem, title_stem or folded key.
  [[nodiscard]] std::set<std::string> words_of(const std::string& key) const {
    const auto found = words_of_.find(key);
    return found == words_of_.end() ? std::set<std::string>() : found->second;
  }
  /// Keys of words that stand on one position with another word somewhere: compounds and their
  /// first parts.
  [[nodiscard]] const std::set<std::string>& crowded_words() const { return crowded_; }
  [[nodiscard]] const std::map<std::string, std::set<std::string>>& word_map() const {
    return words_of_;
  }

 private:
  void add(const Article& article, Xapian::WritableDatabase& database) {
    PeerDocument made;
    made.doc = searcher_.find(article.key).value();
    made.terms = compile::document_terms(article, *searcher_.snapshot().impl().analyzer);
    Xapian::Document document;
    for (const compile::DocumentTerm& term : made.terms.terms) {
      document.add_term(term.term, term.term_frequency);
      for (const std::uint32_t position : term.positions) {
        document.add_posting(term.term, position, 0);
        if (layer_of(term.term) != TermLayer::word) continue;
        const auto [at, first] = made.words_at.emplace(position, term.term);
        if (!first) crowded_.insert({at->second, term.term});
      }
      if (layer_of(term.term) == TermLayer::word) words_.emplace(text_of(term.term));
    }
    for (const auto& [key, word] : made.terms.words) words_of_[key].insert(word);
    for (const compile::ColumnNumber& number : made.terms.numbers) {
      if (number.column == "price") {
        document.add_value(kPriceSlot, Xapian::sortable_serialise(number.value));
      }
    }
    if (!made.terms.dates.empty()) {
      const DateInterval& date = made.terms.dates.front();
      document.add_value(kFirstSlot, Xapian::sortable_serialise(static_cast<double>(date.first)));
      document.add_value(kLastSlot, Xapian::sortable_serialise(static_cast<double>(date.last)));
    }
    database.replace_document(made.doc, document);
    documents_.push_back(std::move(made));
  }

  TemporaryFolder folder_;
  Searcher searcher_;
  Xapian::Database database_;
  std::vector<PeerDocument> documents_;
  std::set<std::string> words_;
  std::set<std::string> crowded_;
  std::map<std::string, std::set<std::string>> words_of_;
};

}  // namespace stemma::testing
