#include "workload.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <random>
#include <set>

#include "analysis/analyzer.h"
#include "compile/document_terms.h"
#include "query/node.h"

namespace stemma::bench {
namespace {

constexpr unsigned kSeed = 20260101;
constexpr std::size_t kQueriesPerClass = 40;

std::size_t article_limit() {
  const char* limit = std::getenv("STEMMA_BENCH_ARTICLES");
  return limit == nullptr ? 20'000 : std::stoul(limit);
}

std::filesystem::path corpus_path() {
  const char* path = std::getenv("STEMMA_BENCH_CORPUS");
  return path == nullptr ? std::filesystem::path(STEMMA_SOURCE_DIR) / "corpus/articles" : path;
}

std::vector<Article> load() {
  std::vector<Article> loaded;
  const std::size_t limit = article_limit();
  read_articles(corpus_path(), [&](Article&& article) {
    if (loaded.size() < limit) loaded.push_back(std::move(article));
    return loaded.size() < limit;
  });
  if (loaded.empty())
    throw Error(Error::Kind::not_found, "no articles in " + corpus_path().string());
  return loaded;
}

// Lower-case ASCII words of a text, in order: what a person would type.
std::vector<std::string> plain_words(const std::string& text) {
  std::vector<std::string> words(1);
  for (const char c : text) {
    if (c >= 'a' && c <= 'z') {
      words.back().push_back(c);
    } else if (!words.back().empty()) {
      words.emplace_back();
    }
  }
  words.pop_back();
  return words;
}

/// Draws words and word sequences that occur.
class Sampler {
 public:
  Sampler() : random_(kSeed) {
    for (const Article& article : articles()) {
      auto words = plain_words(article.body);
      for (const std::string& word : std::set<std::string>(words.begin(), words.end())) ++df_[word];
      texts_.push_back(std::move(words));
    }
    for (const auto& [word, df] : df_) {
      if (word.size() < 2) continue;
      if (df * 20 >= texts_.size()) common_.push_back(word);
      if (df >= 2 && df <= 5) rare_.push_back(word);
    }
  }

  std::string common() { return pick(common_); }
  std::string rare() { return pick(rare_); }

  /// `count` different words of one article.
  std::vector<std::string> together(std::size_t count) {
    for (;;) {
      const auto& words = pick(texts_);
      std::set<std::string> chosen;
      for (int draw = 0; draw < 100 && chosen.size() < count && !words.empty(); ++draw) {
        const std::string& word = pick(words);
        if (word.size() >= 3) chosen.insert(word);
      }
      if (chosen.size() == count) return {chosen.begin(), chosen.end()};
    }
  }

  /// `count` words in a row, without short pieces left by apostrophes and capitals.
  std::string phrase(std::size_t count) {
    for (;;) {
      const std::string& body = pick(articles()).body;
      std::size_t at =
          body.find(' ', std::uniform_int_distribution<std::size_t>(0, body.size())(random_));
      std::string words;
      std::size_t found = 0;
      while (at != std::string::npos && at < body.size() && found < count) {
        const std::size_t end = body.find(' ', at + 1);
        if (end == std::string::npos) break;
        const std::string word = body.substr(at + 1, end - at - 1);
        if (word.empty() ||
            !std::all_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; }))
          break;
        words += (words.empty() ? "" : " ") + word;
        ++found;
        at = end;
      }
      if (found == count) return '"' + words + '"';
    }
  }

 private:
  template <class T>
  const T& pick(const std::vector<T>& from) {
    return from.at(std::uniform_int_distribution<std::size_t>(0, from.size() - 1)(random_));
  }

  std::mt19937 random_;
  std::map<std::string, std::size_t> df_;
  std::vector<std::vector<std::string>> texts_;
  std::vector<std::string> common_;
  std::vector<std::string> rare_;
};

std::string joined(const std::vector<std::string>& words, const std::string& by) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : by) + word;
  return text;
}

std::vector<QueryClass> sample_classes() {
  Sampler sampler;
  std::vector<QueryClass> classes;
  const auto add = [&](const std::string& name, const auto& draw) {
    QueryClass one{name, {}};
    for (std::size_t i = 0; i < kQueriesPerClass; ++i) one.queries.push_back(draw());
    classes.push_back(std::move(one));
  };
  add("common", [&] { return sampler.common(); });
  add("rare", [&] { return sampler.rare(); });
  for (const std::size_t words : {2U, 3U, 5U}) {
    add("and" + std::to_string(words), [&] { return joined(sampler.together(words), " AND "); });
    add("or" + std::to_string(words), [&] { return joined(sampler.together(words), " OR "); });
    add("phrase" + std::to_string(words), [&] { return sampler.phrase(words); });
  }
  add("prefix", [&] { return sampler.together(1).front().substr(0, 3) + "*"; });
  return classes;
}

Xapian::WritableDatabase xapian_of_the_same_terms(const std::filesystem::path& directory) {
  Xapian::WritableDatabase database(directory.string(), Xapian::DB_CREATE | Xapian::DB_NO_SYNC);
  const analysis::Analyzer analyzer{IndexOptions{}};
  for (const Article& article : articles()) {
    Xapian::Document document;
    for (const auto& term : compile::document_terms(article, analyzer).terms) {
      if (term.term.size() > 240) continue;
      for (const std::uint32_t position : term.positions)
        document.add_posting(term.term, position, 0);
      document.add_term(term.term, term.term_frequency);
    }
    database.add_document(document);
  }
  database.commit();
  return database;
}

Xapian::Query word_query(const query::Word& word) {
  return {Xapian::Query::OP_SYNONYM, word.terms.begin(), word.terms.end()};
}

Xapian::Query node_query(const query::Node& node) {
  std::vector<Xapian::Query> parts;
  switch (node.kind) {
    case query::NodeKind::word:
      return word_query(node.word);
    case query::NodeKind::phrase:
      for (const query::Word& slot : node.slots) parts.push_back(word_query(slot));
      return {Xapian::Query::OP_PHRASE, parts.begin(), parts.end(),
              node.window == 0 ? static_cast<Xapian::termcount>(parts.size()) : node.window};
    case query::NodeKind::all_of:
    case query::NodeKind::any_of:
      for (const query::Node& child : node.children) parts.push_back(node_query(child));
      return {node.kind == query::NodeKind::all_of ? Xapian::Query::OP_AND : Xapian::Query::OP_OR,
              parts.begin(), parts.end()};
    default:
      throw Error(Error::Kind::invalid_argument,
                  "no benchmark asks Xapian for " + query::to_text(node));
  }
}

}  // namespace

const std::vector<Article>& articles() {
  static const std::vector<Article> kArticles = load();
  return kArticles;
}

std::size_t text_bytes() {
  std::size_t bytes = 0;
  for (const Article& article : articles()) bytes += article.title.size() + article.body.size();
  return bytes;
}

void index_articles(const std::filesystem::path& directory) {
  IndexWriter writer = IndexWriter::create(directory);
  for (const Article& article : articles()) writer.add(article);
  writer.commit();
}

const std::vector<QueryClass>& query_classes() {
  static const std::vector<QueryClass> kClasses = sample_classes();
  return kClasses;
}

namespace {
Searcher indexed(const std::filesystem::path& directory) {
  index_articles(directory);
  return Searcher(Snapshot::open(directory));
}
}  // namespace

Engines::Engines()
    : searcher(indexed(folder.path() / "stemma")),
      xapian(xapian_of_the_same_terms(folder.path() / "xapian")) {}

const Engines& engines() {
  static const Engines kEngines;
  return kEngines;
}

Xapian::Query to_xapian(const Query& query) { return node_query(query.root()); }

}  // namespace stemma::bench
