// Stemma on its public interface, as a process that is asked line by line (../README.md).
//
// Analyzer `none`: the words as they are, all in the body. Stemma keeps the articles themselves
// too, as it always does; no peer has to.
#include <charconv>

#include "protocol/protocol.h"
#include "stemma/stemma.h"

namespace stemma::peers {
namespace {

namespace fs = std::filesystem;

constexpr Bm25Options kBm25 = {.k1 = 1.2, .b = 0.75};

std::string iso_day(std::uint32_t day) {
  if (day == 0) return {};
  std::string text = std::to_string(day + 100'000'000).substr(1);
  return text.insert(6, "-").insert(4, "-");
}

void index_articles(const fs::path& articles, const fs::path& directory) {
  IndexOptions options;
  options.analyzer = AnalyzerKind::none;
  options.title_weight = 1;
  options.bm25 = kBm25;
  IndexWriter writer = IndexWriter::create(directory, options);
  for_each_article(articles, [&](const PreparedArticle& prepared) {
    Article article;
    article.key = std::to_string(prepared.number);
    article.body = prepared.words;
    article.date = iso_day(prepared.day);
    article.source = prepared.source;
    writer.add(article);
  });
  writer.commit();
}

void merge_index(const fs::path& directory) {
  IndexWriter writer = IndexWriter::open(directory);
  writer.merge_all();
  writer.commit();
}

class StemmaPeer : public Peer {
 public:
  explicit StemmaPeer(const fs::path& directory)
      : searcher_(Snapshot::open(directory)), segments_(statistics(directory).segments) {}

  [[nodiscard]] std::string version() const override { return "Stemma"; }
  [[nodiscard]] std::uint64_t documents() const override {
    return searcher_.snapshot().document_count();
  }
  [[nodiscard]] std::uint64_t segments() const override { return segments_; }
  [[nodiscard]] bool shared() const override { return true; }
  [[nodiscard]] Answer answer(Mode mode, const std::string& text) const override {
    return search(mode, text, {});
  }
  [[nodiscard]] Answer oracle(Mode mode, const std::string& text) const override {
    SearchOptions options;
    options.exhaustive = true;
    return search(mode, text, options);
  }

 private:
  [[nodiscard]] Answer search(Mode mode, const std::string& text, SearchOptions options) const {
    options.k = wanted_hits(mode);
    options.count = wants_count(mode);
    options.bm25 = kBm25;
    const Hits found = searcher_.search(searcher_.parse(text).query, options);
    Answer answer;
    if (options.count) answer.count = static_cast<std::int64_t>(found.total);
    answer.hits.reserve(found.hits.size());
    for (const Hit& hit : found.hits) {
      const std::string key = searcher_.key(hit.doc);
      ScoredNumber scored{0, hit.score};
      std::from_chars(key.data(), key.data() + key.size(), scored.number);
      answer.hits.push_back(scored);
    }
    return answer;
  }

  Searcher searcher_;
  std::uint64_t segments_ = 0;
};

}  // namespace
}  // namespace stemma::peers

int main(int count, char** arguments) {
  using namespace stemma::peers;
  return run_engine({index_articles, merge_index,
                     [](const auto& directory) { return std::make_unique<StemmaPeer>(directory); }},
                    count, arguments);
}
