// SQLite FTS5 as a process that is asked line by line (../README.md).
//
// A contentless table: nothing is stored but the index. Its tokenizer splits at spaces. Dates and
// sources stand in a table beside it. A query is the WHERE clause of a SELECT, prepared each time.
#include <sqlite3.h>

#include <stdexcept>

#include "protocol/protocol.h"

namespace stemma::peers {
namespace {

namespace fs = std::filesystem;

using TokenCallback = int (*)(void*, int, const char*, int, int, int);

int make_tokenizer(void*, const char**, int, Fts5Tokenizer** made) {
  static int nothing = 0;
  *made = reinterpret_cast<Fts5Tokenizer*>(&nothing);
  return SQLITE_OK;
}

int split_at_spaces(Fts5Tokenizer*, void* context, int, const char* text, int bytes,
                    TokenCallback emit) {
  int begin = 0;
  while (begin < bytes) {
    int end = begin;
    while (end < bytes && text[end] != ' ') ++end;
    if (end > begin) {
      const int code = emit(context, 0, text + begin, end - begin, begin, end);
      if (code != SQLITE_OK) return code;
    }
    begin = end + 1;
  }
  return SQLITE_OK;
}

class Statement {
 public:
  Statement(sqlite3* database, const std::string& sql) : database_(database) {
    check(sqlite3_prepare_v2(database, sql.c_str(), -1, &statement_, nullptr));
  }
  ~Statement() { sqlite3_finalize(statement_); }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  sqlite3_stmt* get() { return statement_; }
  void bind(int at, std::string_view text) {
    check(sqlite3_bind_text(statement_, at, text.data(), static_cast<int>(text.size()),
                            SQLITE_STATIC));
  }
  void bind(int at, std::int64_t value) { check(sqlite3_bind_int64(statement_, at, value)); }
  [[nodiscard]] bool step() {
    const int code = sqlite3_step(statement_);
    if (code != SQLITE_ROW && code != SQLITE_DONE) check(code);
    return code == SQLITE_ROW;
  }
  void finish() {
    while (step()) {
    }
    sqlite3_reset(statement_);
  }

 private:
  void check(int code) {
    if (code != SQLITE_OK) throw std::runtime_error(sqlite3_errmsg(database_));
  }
  sqlite3* database_;
  sqlite3_stmt* statement_ = nullptr;
};

class Database {
 public:
  explicit Database(const fs::path& directory) {
    fs::create_directories(directory);
    if (sqlite3_open((directory / "fts5.db").c_str(), &database_) != SQLITE_OK) {
      throw std::runtime_error(sqlite3_errmsg(database_));
    }
    run("PRAGMA mmap_size = 17179869184");
    run("PRAGMA cache_size = -262144");
    fts5_api* api = nullptr;
    Statement statement(database_, "SELECT fts5(?1)");
    sqlite3_bind_pointer(statement.get(), 1, static_cast<void*>(&api), "fts5_api_ptr", nullptr);
    if (statement.step() && api == nullptr) throw std::runtime_error("SQLite without FTS5");
    fts5_tokenizer spaces = {make_tokenizer, [](Fts5Tokenizer*) {}, split_at_spaces};
    api->xCreateTokenizer(api, "spaces", nullptr, &spaces, nullptr);
  }
  ~Database() { sqlite3_close(database_); }
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  [[nodiscard]] sqlite3* get() const { return database_; }
  void run(const std::string& sql) const { Statement(database_, sql).finish(); }
  [[nodiscard]] std::int64_t number(const std::string& sql) const {
    Statement statement(database_, sql);
    return statement.step() ? sqlite3_column_int64(statement.get(), 0) : 0;
  }

 private:
  sqlite3* database_ = nullptr;
};

void index_articles(const fs::path& articles, const fs::path& directory) {
  const Database database(directory);
  database.run("PRAGMA synchronous = OFF");
  database.run("CREATE VIRTUAL TABLE articles USING fts5(words, content='', tokenize='spaces')");
  database.run("CREATE TABLE facts (number INTEGER PRIMARY KEY, day INTEGER, source TEXT)");
  database.run("BEGIN");
  Statement words(database.get(), "INSERT INTO articles(rowid, words) VALUES (?1, ?2)");
  Statement facts(database.get(), "INSERT INTO facts VALUES (?1, ?2, ?3)");
  for_each_article(articles, [&](const PreparedArticle& article) {
    words.bind(1, static_cast<std::int64_t>(article.number));
    words.bind(2, article.words);
    words.finish();
    facts.bind(1, static_cast<std::int64_t>(article.number));
    facts.bind(2, static_cast<std::int64_t>(article.day));
    facts.bind(3, article.source);
    facts.finish();
  });
  database.run("CREATE INDEX sources ON facts(source, day)");
  database.run("COMMIT");
}

void merge_index(const fs::path& directory) {
  const Database database(directory);
  database.run("PRAGMA synchronous = OFF");
  database.run("INSERT INTO articles(articles) VALUES ('optimize')");
  database.run("VACUUM");
}

class Fts5Peer : public Peer {
 public:
  explicit Fts5Peer(const fs::path& directory) : database_(directory) {}

  [[nodiscard]] std::string version() const override {
    return std::string("SQLite FTS5 ") + sqlite3_libversion();
  }
  [[nodiscard]] std::uint64_t documents() const override {
    return static_cast<std::uint64_t>(database_.number("SELECT count(*) FROM facts"));
  }
  [[nodiscard]] std::uint64_t segments() const override {
    return static_cast<std::uint64_t>(
        database_.number("SELECT count(DISTINCT segid) FROM articles_idx"));
  }

  [[nodiscard]] Answer answer(Mode mode, const std::string& text) const override {
    const bool with_facts = text.find("facts.") != std::string::npos;
    const std::string from = std::string(" FROM articles") +
                             (with_facts ? " JOIN facts ON facts.number = articles.rowid" : "") +
                             " WHERE " + text;
    Answer answer;
    if (wants_count(mode)) answer.count = database_.number("SELECT count(*)" + from);
    if (mode == Mode::count) return answer;
    // A prefix weighs nothing, as in the other engines: the first matches are the best.
    const bool prefix = text.find("\"*'") != std::string::npos;
    const std::string limit = " LIMIT " + std::to_string(wanted_hits(mode));
    Statement statement(database_.get(),
                        prefix ? "SELECT articles.rowid, 0.0" + from + limit
                               : "SELECT articles.rowid, rank" + from + " ORDER BY rank" + limit);
    while (statement.step()) {
      answer.hits.push_back({static_cast<std::uint64_t>(sqlite3_column_int64(statement.get(), 0)),
                             -sqlite3_column_double(statement.get(), 1)});
    }
    return answer;
  }

 private:
  Database database_;
};

}  // namespace
}  // namespace stemma::peers

int main(int count, char** arguments) {
  using namespace stemma::peers;
  return run_engine({index_articles, merge_index,
                     [](const auto& directory) { return std::make_unique<Fts5Peer>(directory); }},
                    count, arguments);
}
