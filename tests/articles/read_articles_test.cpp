// Real files and folders: every format in every compression and encoding, and what must not be
// touched.
#include "stemma/read_articles.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <stdexcept>

#include "articles/files.h"
#include "articles/reading.h"
#include "reading_fixture.h"

namespace stemma {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

using ReadArticles = ReadingTest;

/// Steps into a folder for the time of a test, so that paths can be relative.
class InFolder {
 public:
  explicit InFolder(const fs::path& folder) : before_(fs::current_path()) {
    fs::current_path(folder);
  }
  ~InFolder() { fs::current_path(before_); }
  InFolder(const InFolder&) = delete;
  InFolder& operator=(const InFolder&) = delete;

 private:
  fs::path before_;
};

TEST_F(ReadArticles, ReadsEveryFormatInEveryCompression) {
  const std::pair<std::string, std::string> files[] = {
      {"a.txt", "Title\n\nBody."},
      {"a.TEXT", "Title\n\nBody."},
      {"a.md", "# Title\n\nBody."},
      {"a.markdown", "# Title\n\nBody."},
      {"a.html", "<title>Title</title><p>Body."},
      {"a.HTM", "<title>Title</title><p>Body."},
      {"a.xhtml", "<title>Title</title><p>Body."},
      {"a.jsonl", R"({"title":"Title","body":"Body."})"},
      {"a.ndjson", R"({"title":"Title","body":"Body."})"}};
  for (const auto& [name, bytes] : files) {
    const std::pair<std::string, std::string> forms[] = {
        {name, bytes}, {name + ".gz", gzip_of(bytes)}, {name + ".ZST", zstd_of(bytes)}};
    for (const auto& [form, packed] : forms) {
      write(form, packed);
      const Outcome outcome = read(form);
      ASSERT_THAT(outcome.articles, SizeIs(1)) << form;
      EXPECT_EQ(outcome.articles[0].title, "Title") << form;
      EXPECT_EQ(outcome.articles[0].body, "Body.") << form;
      EXPECT_EQ(outcome.articles[0].key.rfind(key(form), 0), 0U) << form;
      EXPECT_EQ(outcome.report.bytes, bytes.size()) << form;
      EXPECT_EQ(outcome.report.files, 1U) << form;
      EXPECT_EQ(outcome.report.articles, 1U) << form;
    }
  }
}

TEST_F(ReadArticles, ListsEveryFormatWithItsExtensions) {
  std::vector<std::string_view> names;
  for (const FormatInfo& info : article_formats()) {
    names.push_back(info.name);
    EXPECT_FALSE(info.description.empty());
    std::istringstream extensions{std::string(info.extensions)};
    for (std::string extension; extensions >> extension;) {
      EXPECT_TRUE(articles::format_of("x" + extension)) << extension;
      EXPECT_THAT(articles::known_extensions(), HasSubstr(extension));
    }
  }
  EXPECT_THAT(names, ElementsAre("txt", "md", "html", "jsonl"));
}

TEST_F(ReadArticles, ReadsEveryFormatInOtherEncodings) {
  const std::string little_endian("\xFF\xFET\0\n\0\n\0\x37\x04\x34\x04\x3D\xD8\0\xDE", 16);
  write("le.txt", little_endian);
  EXPECT_EQ(read("le.txt").articles.at(0).body, "зд😀");
  const std::string json = R"({"title":"T"})";
  std::string big_endian = "\xFE\xFF";
  for (const char letter : json + "\n" + json) big_endian += std::string(1, '\0') + letter;
  write("be.jsonl", big_endian);
  EXPECT_EQ(read("be.jsonl").report.articles, 2U);
  write("bom.jsonl", "\xEF\xBB\xBF" + json);
  EXPECT_EQ(read("bom.jsonl").report.articles, 1U);
  write("declared.html", "<meta charset=windows-1251><title>\xEF\xE0</title><p>\xEF\xF0\xE0");
  const Outcome html = read("declared.html");
  EXPECT_EQ(html.articles.at(0).title, "па");
  EXPECT_EQ(html.articles.at(0).body, "пра");
  write("latin.md",
        "# Caf\xE9 ferm\xE9\n\nLes \xE9l\xE8ves sont all\xE9s \xE0 l'\xE9"
        "cole.");
  EXPECT_EQ(read("latin.md").articles.at(0).title, "Café fermé");
}

TEST_F(ReadArticles, CountsBytesThatFitNothing) {
  write("bad.txt", "Un café, une forêt\n\n\xFF\xFE\xC3 na\xC3\xAFve \xE2\x82 d\xC3\xA9j\xC3\xA0");
  const Outcome outcome = read("bad.txt");
  EXPECT_EQ(outcome.articles.at(0).body, "\uFFFD\uFFFD\uFFFD naïve \uFFFD déjà");
  EXPECT_EQ(outcome.report.replaced_bytes, 5U);
  EXPECT_THAT(outcome.failed_places(), IsEmpty());
}

TEST_F(ReadArticles, WalksFoldersInByteOrder) {
  for (const char* name : {"b.txt", "a.txt", "Z.txt", "a/z.txt", "a/b/c.txt", "é.txt", "a-b.txt"}) {
    write(name, "x");
  }
  const InFolder here(folder_.path());
  const std::vector<std::string> names = {"Z.txt", "a/b/c.txt", "a/z.txt", "a-b.txt",
                                          "a.txt", "b.txt",     "é.txt"};
  EXPECT_EQ(read_path_whole(".").keys(), names);
  EXPECT_EQ(read_path_whole("./").keys(), names);
  EXPECT_THAT(read_path_whole("a").keys(), ElementsAre("a/b/c.txt", "a/z.txt"));
  EXPECT_THAT(read_path_whole(".//a///").keys(), ElementsAre("a/b/c.txt", "a/z.txt"));
  EXPECT_THAT(read_path_whole("./a/./z.txt").keys(), ElementsAre("a/z.txt"));
  EXPECT_THAT(read_path_whole("a/../b.txt").keys(), ElementsAre("a/../b.txt"));
  EXPECT_THAT(read_path_whole(at("a/b")).keys(), ElementsAre(key("a/b/c.txt")));
}

TEST_F(ReadArticles, EscapesBytesOfNamesThatAreNotUtf8) {
  write("caf\xE9.txt", "x");
  write("caf\xE8.txt", "y");
  EXPECT_THAT(read("").keys(), ElementsAre(key("caf\\xE8.txt"), key("caf\\xE9.txt")));
}

TEST_F(ReadArticles, LeavesHiddenAndUnknownAndSpecialFilesAlone) {
  write("a.txt", "x");
  write(".hidden.txt", "x");
  write(".stemma/b.txt", "x");
  write("picture.png", "x");
  write("gz", "x");
  write("notes.gz", "x");
  fs::create_symlink(at("a.txt"), at("link.txt"));
  fs::create_directory_symlink(folder_.path(), at("loop"));
  fs::create_symlink("nowhere", at("dangling.txt"));
  ASSERT_EQ(::mkfifo(key("pipe.txt").c_str(), 0600), 0);
  const Outcome outcome = read("");
  EXPECT_THAT(outcome.keys(), ElementsAre(key("a.txt")));
  EXPECT_THAT(outcome.failed_places(), IsEmpty());
  EXPECT_EQ(outcome.report.skipped_files, 7U);
}

TEST_F(ReadArticles, EntersAFolderThatIsNamedLikeAFile) {
  write("x.txt/inner.txt", "x");
  EXPECT_THAT(read("").keys(), ElementsAre(key("x.txt/inner.txt")));
  EXPECT_THAT(read("x.txt").keys(), ElementsAre(key("x.txt/inner.txt")));
}

TEST_F(ReadArticles, FollowsALinkOnlyWhenItIsNamedItself) {
  write("real/a.txt", "x");
  fs::create_directory_symlink(at("real"), at("link"));
  fs::create_symlink(at("real/a.txt"), at("a.txt"));
  EXPECT_THAT(read("link").keys(), ElementsAre(key("link/a.txt")));
  EXPECT_THAT(read("a.txt").keys(), ElementsAre(key("a.txt")));
  EXPECT_THAT(read("").keys(), ElementsAre(key("real/a.txt")));
}

TEST_F(ReadArticles, ThrowsOnlyIfThePathItselfIsMissing) {
  try {
    static_cast<void>(read("nothing.txt"));
    FAIL() << "read";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), Error::Kind::not_found);
    EXPECT_THAT(error.what(), HasSubstr("nothing.txt"));
  }
  write("a.txt", "x");
  EXPECT_THROW(static_cast<void>(read("a.txt/b.txt")), Error);
}

TEST_F(ReadArticles, ReportsAFileThatCannotBeRead) {
  write("data.bin", "x");
  EXPECT_THAT(read("data.bin").report.failures,
              ElementsAre(AllOf(Field(&ReadFailure::where, key("data.bin")),
                                Field(&ReadFailure::message, HasSubstr(".jsonl")))));
  ASSERT_EQ(::mkfifo(key("pipe.txt").c_str(), 0600), 0);
  EXPECT_THAT(read("pipe.txt").failed_places(), ElementsAre(key("pipe.txt")));
}

TEST_F(ReadArticles, ReportsWhatVanishesAndReadsTheRest) {
  write("a.txt", "x");
  write("b.txt", "x");
  write("c.txt", "x");
  write("d/e.txt", "x");
  std::vector<std::string> keys;
  const ArticleSink sink = [&](Article&& article) {
    keys.push_back(article.key);
    fs::remove(at("b.txt"));
    fs::remove_all(at("d"));
    return true;
  };
  // Without reading ahead, so that they vanish between two files.
  const ReadOptions options;
  articles::Reading reading(sink, options);
  articles::read_path(folder_.path(), reading);
  EXPECT_THAT(keys, ElementsAre(key("a.txt"), key("c.txt")));
  const ReadReport& report = reading.report;
  ASSERT_THAT(report.failures, SizeIs(2));
  EXPECT_EQ(report.failures[0].where, key("b.txt"));
  EXPECT_EQ(report.failures[1].where, key("d"));
  EXPECT_FALSE(report.failures[0].hint.empty());
}

TEST_F(ReadArticles, BoundsTheDepthOfFolders) {
  std::string path;
  for (int depth = 1; depth <= 4; ++depth) {
    path += std::to_string(depth) + "/";
    write(path + "a.txt", "x");
  }
  const Outcome outcome = read("", {.max_depth = 3});
  EXPECT_THAT(outcome.articles, SizeIs(3));
  EXPECT_THAT(outcome.failed_places(), ElementsAre(key("1/2/3/4")));
}

TEST_F(ReadArticles, RefusesATextThatIsTooLongAndNoOther) {
  write("long.txt", std::string(1001, 'x'));
  write("fits.txt", std::string(1000, 'x'));
  write("long.html", "<p>" + std::string(1000, 'x'));
  write("lines.jsonl",
        "{\"title\":\"a\"}\n{\"title\":\"" + std::string(1000, 'b') + "\"}\n{\"title\":\"c\"}\n");
  const Outcome outcome = read("", {.max_article_bytes = 1000});
  EXPECT_THAT(outcome.keys(),
              ElementsAre(key("fits.txt"), key("lines.jsonl") + ":1", key("lines.jsonl") + ":3"));
  EXPECT_THAT(outcome.failed_places(),
              ElementsAre(key("lines.jsonl") + ":2", key("long.html"), key("long.txt")));
}

TEST_F(ReadArticles, CountsTheLengthAfterDecoding) {
  std::string growing =
      "T\xE9l\xE9phone \xE0 l'\xE9"
      "cole ";
  write("a.txt", repeated(growing, 40));
  const std::uint64_t size = fs::file_size(at("a.txt"));
  EXPECT_THAT(read("a.txt", {.max_article_bytes = size}).articles, IsEmpty());
  EXPECT_THAT(read("a.txt", {.max_article_bytes = 2 * size}).articles, SizeIs(1));
}

TEST_F(ReadArticles, ReadsPastAnEndlessLineInBoundedMemory) {
  // Stands for a gigabyte: 64 MB on one line, with at most 1 MB allowed.
  class Endless : public std::streambuf {
   protected:
    int_type underflow() override {
      if (pieces_ > 1000) return traits_type::eof();
      std::string& chunk = pieces_ == 0 ? head_ : pieces_ == 1000 ? tail_ : middle_;
      ++pieces_;
      setg(chunk.data(), chunk.data(), chunk.data() + chunk.size());
      return traits_type::to_int_type(*gptr());
    }

   private:
    std::string head_ = "{\"title\":\"";
    std::string middle_ = std::string(1 << 16, 'x');
    std::string tail_ = "\"}\n{\"title\":\"after\"}\n";
    int pieces_ = 0;
  };
  Endless buffer;
  std::istream stream(&buffer);
  std::vector<std::string> titles;
  struct rusage before {};
  ::getrusage(RUSAGE_SELF, &before);
  const ReadReport report = read_articles_from(stream, "in",
                                               [&](Article&& article) {
                                                 titles.push_back(article.title);
                                                 return true;
                                               },
                                               {.max_article_bytes = 1 << 20});
  struct rusage after {};
  ::getrusage(RUSAGE_SELF, &after);
  EXPECT_THAT(titles, ElementsAre("after"));
  ASSERT_THAT(report.failures, SizeIs(1));
  EXPECT_EQ(report.failures[0].where, "in:1");
  EXPECT_LT(after.ru_maxrss - before.ru_maxrss, 16 << 10) << "KiB more";
}

TEST_F(ReadArticles, StopsWhenTheSinkSaysSo) {
  write("a.jsonl", repeated("{\"title\":\"t\"}\n", 10));
  write("b.txt", "x");
  int taken = 0;
  const ReadReport report = read_articles(folder_.path(), [&](Article&&) { return ++taken < 3; });
  EXPECT_EQ(taken, 3);
  EXPECT_EQ(report.articles, 3U);
  EXPECT_THAT(report.failures, IsEmpty());
}

TEST_F(ReadArticles, PassesOnWhatTheSinkThrows) {
  for (const char* name : {"a.txt", "b.md", "c.html", "d.jsonl.zst"}) {
    const std::string json = R"({"title":"t"})";
    write(name, std::string(name) == "d.jsonl.zst" ? zstd_of(json) : json);
    EXPECT_THROW(read_articles(at(name), [](Article&&) -> bool { throw std::logic_error("x"); }),
                 std::logic_error);
    EXPECT_THROW(
        read_articles(at(name),
                      [](Article&&) -> bool { throw Error(Error::Kind::limit, "too much"); }),
        Error);
  }
}

TEST_F(ReadArticles, RefusesKeysOfMoreThan1024Bytes) {
  std::string path;
  for (int i = 0; i < 10; ++i) path += std::string(120, 'd') + "/";
  write(path + "a.txt", "x");
  const Outcome outcome = read("");
  EXPECT_THAT(outcome.articles, IsEmpty());
  ASSERT_THAT(outcome.report.failures, SizeIs(1));
  EXPECT_THAT(outcome.report.failures[0].message, HasSubstr("1024"));
}

TEST(ReadArticlesFrom, LooksAtTheFirstVisibleCharacter) {
  const std::string json = " \n\t{\"id\":\"a\",\"title\":\"t\"}\n{\"title\":\"u\"}";
  EXPECT_THAT(read_stream_whole(json, {}, "-").keys(), ElementsAre("a", "-:3"));
  EXPECT_THAT(read_stream_whole("\xEF\xBB\xBF" + json, {}, "-").keys(), ElementsAre("a", "-:3"));
  const Outcome text = read_stream_whole("Title\n\n{\"title\":1}", {}, "-");
  EXPECT_THAT(text.keys(), ElementsAre("-"));
  EXPECT_EQ(text.articles[0].title, "Title");
  EXPECT_EQ(text.articles[0].body, "{\"title\":1}");
  EXPECT_EQ(text.report.files, 1U);
}

TEST(ReadArticlesFrom, ReadsCompressedStreams) {
  const std::string json = "{\"id\":\"a\",\"title\":\"t\"}\n";
  EXPECT_THAT(read_stream_whole(gzip_of(json)).keys(), ElementsAre("a"));
  EXPECT_THAT(read_stream_whole(zstd_of(json)).keys(), ElementsAre("a"));
}

TEST(ReadArticlesFrom, FindsNoArticleInNothing) {
  EXPECT_THAT(read_stream_whole("").keys(), IsEmpty());
  EXPECT_THAT(read_stream_whole(gzip_of("")).keys(), IsEmpty());
}

TEST(PathKey, DropsOnlyWhatMeansNothing) {
  using articles::path_key;
  EXPECT_EQ(path_key("./a//b/./c.txt"), "a/b/c.txt");
  EXPECT_EQ(path_key("/a/./b"), "/a/b");
  EXPECT_EQ(path_key("../a"), "../a");
  EXPECT_EQ(path_key("."), ".");
  EXPECT_EQ(path_key("/"), "/");
  EXPECT_EQ(path_key("a\xFF"), "a\\xFF");
}

}  // namespace
}  // namespace stemma
