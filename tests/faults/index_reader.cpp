// index_reader HOW INDEX: reads an index that may be damaged, and may die of it.
//   search    queries, snippets and every article, as a reader; the store is not touched
//   check     check()
//   articles  every article in the store and the writer's counts
//   change    updates half of the articles, erases the others, commits, then check()
// It prints what it found, the same for the same index. Status 0: all went well; 1: damage was
// reported; 5: an Error was thrown.
#include <cstdio>
#include <functional>
#include <string>

#include "articles/article_codec.h"
#include "limited_work.h"
#include "snapshot/manifest.h"
#include "stemma/error.h"
#include "stemma/index_writer.h"
#include "stemma/maintenance.h"
#include "stemma/searcher.h"
#include "store/store.h"

namespace stemma {
namespace {

void print_hash(const char* name, std::uint64_t count, const std::string& all) {
  std::printf("%s %llu %zx\n", name, static_cast<unsigned long long>(count),
              std::hash<std::string>()(all));
}

int search(const std::filesystem::path& index) {
  const Searcher searcher(Snapshot::open(index));
  std::string all;
  for (const char* text :
       {"ships", "ship* -harbour", "\"the cat\"", "~\"running ships\"", "resume OR vote",
        "title:harbour", "section:news", "date:1900..1950", "pages:2..3", "the", "co-operat*",
        "cat NEAR ships", "(running OR runs) AND NOT die", "NOT ships"}) {
    const Query query = searcher.parse(text).query;
    for (const bool exhaustive : {false, true}) {
      const Hits hits = searcher.search(query, {.k = 1000, .exhaustive = exhaustive});
      all += std::string(text) + " " + std::to_string(hits.total);
      for (const Hit& hit : hits.hits) {
        char line[80];
        std::snprintf(line, sizeof line, " %u:%a", hit.doc, hit.score);
        all += line;
      }
      if (!hits.hits.empty()) all += searcher.snippet(query, hits.hits.front().doc).text;
    }
  }
  const std::uint64_t documents = searcher.snapshot().document_count();
  std::uint64_t found = 0;
  for (DocId doc = 1; found < documents && doc < 10'000; ++doc) {
    try {
      all += articles::encode(searcher.article(doc));
      if (searcher.find(searcher.key(doc)) != doc) all += "another document has its key";
      ++found;
    } catch (const Error& error) {
      if (error.kind() != Error::Kind::not_found) throw;
    }
  }
  print_hash("found", found, all);
  return 0;
}

int check_all(const std::filesystem::path& index) {
  const CheckReport report = check(index);
  for (const Damage& damage : report.damage) std::printf("%s\n", damage.message.c_str());
  return report.damage.empty() ? 0 : 1;
}

int read_store(const std::filesystem::path& index) {
  {
    const IndexWriter writer = IndexWriter::open(index);
    std::printf("writer %llu %llu\n", static_cast<unsigned long long>(writer.document_count()),
                static_cast<unsigned long long>(writer.generation()));
  }
  const auto store = store::Store::open(index / snapshot::read_manifest(index).store);
  std::string all;
  std::uint64_t count = 0;
  store.for_each([&](DocId doc, std::string_view key, Bytes encoded) {
    all += std::to_string(doc) + " " + std::string(key) + std::string(as_text(encoded));
    if (store.find(key) != doc) all += "another document has its key";
    ++count;
    return true;
  });
  print_hash("articles", count, all);
  return 0;
}

int change_all(const std::filesystem::path& index) {
  std::vector<std::string> keys;
  {
    const auto store = store::Store::open(index / snapshot::read_manifest(index).store);
    store.for_each([&](DocId, std::string_view key, Bytes) {
      keys.emplace_back(key);
      return true;
    });
  }
  {
    IndexWriter writer = IndexWriter::open(index);
    for (std::size_t i = 0; i < keys.size(); ++i) {
      Article article;
      article.key = keys[i];
      article.body = "another text";
      if (i % 2 == 0) {
        writer.add(article);
      } else {
        writer.erase(keys[i]);
      }
    }
    writer.commit();
  }
  return check_all(index);
}

int run(const std::string& how, const std::filesystem::path& index) {
  try {
    if (how == "search") return search(index);
    if (how == "check") return check_all(index);
    if (how == "articles") return read_store(index);
    if (how == "change") return change_all(index);
  } catch (const Error& error) {
    std::printf("%s\n", error.what());
    return 5;
  }
  return 2;
}

}  // namespace
}  // namespace stemma

int main(int count, char** words) {
  if (count != 3) return 2;
  stemma::limit_work(30);
  return stemma::run(words[1], words[2]);
}
