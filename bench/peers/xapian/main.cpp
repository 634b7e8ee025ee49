// Xapian as a process that is asked line by line (../README.md).
//
// Words are terms with positions, the source a boolean term, the date a value; no document data.
// Articles are added in order, so a document's number in the database is the article's.
#include <xapian.h>

#include <algorithm>

#include "protocol/protocol.h"

namespace stemma::peers {
namespace {

namespace fs = std::filesystem;

constexpr Xapian::valueno kDay = 0;

void index_articles(const fs::path& articles, const fs::path& directory) {
  Xapian::WritableDatabase database(directory.string(),
                                    Xapian::DB_CREATE | Xapian::DB_BACKEND_GLASS);
  for_each_article(articles, [&](const PreparedArticle& prepared) {
    Xapian::Document document;
    Xapian::termpos position = 0;
    std::string_view rest = prepared.words;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find(' '), rest.size());
      document.add_posting(std::string(rest.substr(0, end)), ++position);
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    document.add_boolean_term("XS" + std::string(prepared.source));
    if (prepared.day != 0) document.add_value(kDay, std::to_string(prepared.day));
    database.replace_document(static_cast<Xapian::docid>(prepared.number), document);
  });
  database.commit();
}

void merge_index(const fs::path& directory) {
  const std::string compacted = directory.string() + ".compact";
  Xapian::Database(directory.string()).compact(compacted);
  fs::remove_all(directory);
  fs::rename(compacted, directory);
}

class XapianPeer : public Peer {
 public:
  explicit XapianPeer(const fs::path& directory)
      : database_(directory.string()), days_(kDay, "date:") {
    parser_.set_database(database_);
    parser_.set_stemming_strategy(Xapian::QueryParser::STEM_NONE);
    parser_.add_boolean_prefix("source", "XS");
    parser_.add_rangeprocessor(&days_);
    parser_.set_max_expansion(0);
  }

  [[nodiscard]] std::string version() const override {
    return std::string("Xapian ") + Xapian::version_string();
  }
  [[nodiscard]] std::uint64_t documents() const override { return database_.get_doccount(); }
  [[nodiscard]] std::uint64_t segments() const override { return 1; }

  [[nodiscard]] Answer answer(Mode mode, const std::string& text) const override {
    Xapian::Query query = parser_.parse_query(
        text, Xapian::QueryParser::FLAG_BOOLEAN | Xapian::QueryParser::FLAG_PHRASE |
                  Xapian::QueryParser::FLAG_LOVEHATE | Xapian::QueryParser::FLAG_WILDCARD);
    // A prefix weighs nothing, as in the other engines.
    if (text.back() == '*') query = Xapian::Query(0.0, query);
    Xapian::Enquire enquire(database_);
    enquire.set_query(query);
    enquire.set_weighting_scheme(Xapian::BM25Weight(1.2, 0, 0, 0.75, 0));
    const auto k = static_cast<Xapian::doccount>(wanted_hits(mode));
    const Xapian::doccount check = wants_count(mode) ? database_.get_doccount() : k;
    const Xapian::MSet matches = enquire.get_mset(0, k, check);
    Answer answer;
    if (wants_count(mode)) answer.count = matches.get_matches_estimated();
    for (auto hit = matches.begin(); hit != matches.end(); ++hit) {
      answer.hits.push_back({*hit, hit.get_weight()});
    }
    return answer;
  }

 private:
  Xapian::Database database_;
  Xapian::RangeProcessor days_;
  mutable Xapian::QueryParser parser_;
};

}  // namespace
}  // namespace stemma::peers

int main(int count, char** arguments) {
  using namespace stemma::peers;
  return run_engine({index_articles, merge_index,
                     [](const auto& directory) { return std::make_unique<XapianPeer>(directory); }},
                    count, arguments);
}
