// What the C++ peers share: an engine is asked line by line, as ../README.md says.
//
// An engine gives three functions and a class: index_articles(articles, directory),
// merge_index(directory), and a Peer made from a directory, which answers from query text.
#pragma once

#include <concepts>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace stemma::peers {

enum class Mode { top10, top100, top10_count, count };

/// Hits wanted in a mode.
[[nodiscard]] std::size_t wanted_hits(Mode mode);
[[nodiscard]] bool wants_count(Mode mode);

struct ScoredNumber {
  std::uint64_t number = 0;
  double score = 0;
};

struct Answer {
  std::int64_t count = -1;  ///< -1: not counted
  std::vector<ScoredNumber> hits;
};

struct PreparedArticle {
  std::uint64_t number = 0;
  std::uint32_t day = 0;  ///< YYYYMMDD or 0
  std::string_view source;
  std::string_view words;
};

/// Calls `visit` for each line of a prepared file; the views live during the call.
void for_each_article(const std::filesystem::path& file,
                      const std::function<void(const PreparedArticle&)>& visit);

/// One open engine.
class Peer {
 public:
  virtual ~Peer() = default;
  [[nodiscard]] virtual std::string version() const = 0;
  [[nodiscard]] virtual std::uint64_t documents() const = 0;
  [[nodiscard]] virtual std::uint64_t segments() const = 0;
  /// From the text of a query, parsed here, to numbers and scores.
  [[nodiscard]] virtual Answer answer(Mode mode, const std::string& text) const = 0;
  /// The same without any shortcut; throws where the engine has no such way.
  [[nodiscard]] virtual Answer oracle(Mode mode, const std::string& text) const;
  /// Whether answer() may be called by several threads at once.
  [[nodiscard]] virtual bool shared() const { return false; }
};

/// Answers the lines of standard input until it ends.
void serve(const Peer& peer);

struct Engine {
  std::function<void(const std::filesystem::path&, const std::filesystem::path&)> index;
  std::function<void(const std::filesystem::path&)> merge;
  std::function<std::unique_ptr<Peer>(const std::filesystem::path&)> open;
};

/// `index ARTICLES DIRECTORY`, `merge DIRECTORY` or `serve DIRECTORY`; returns the exit code.
[[nodiscard]] int run_engine(const Engine& engine, int count, char** arguments);

}  // namespace stemma::peers
