// Reads files, folders and streams in tests and keeps everything that comes out.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>
#include <zstd.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "stemma/read_articles.h"
#include "temporary_folder.h"

namespace stemma {

struct Outcome {
  std::vector<Article> articles;
  ReadReport report;

  [[nodiscard]] std::vector<std::string> keys() const {
    std::vector<std::string> all;
    for (const Article& article : articles) all.push_back(article.key);
    return all;
  }
  [[nodiscard]] std::vector<std::string> failed_places() const {
    std::vector<std::string> all;
    for (const ReadFailure& failure : report.failures) all.push_back(failure.where);
    return all;
  }
};

inline Outcome read_path_whole(const std::filesystem::path& path, const ReadOptions& options = {}) {
  Outcome outcome;
  outcome.report = read_articles(
      path,
      [&outcome](Article&& article) {
        outcome.articles.push_back(std::move(article));
        return true;
      },
      options);
  return outcome;
}

inline Outcome read_stream_whole(const std::string& bytes, const ReadOptions& options = {},
                                 std::string_view name = "stdin") {
  Outcome outcome;
  std::istringstream stream(bytes);
  outcome.report = read_articles_from(
      stream, name,
      [&outcome](Article&& article) {
        outcome.articles.push_back(std::move(article));
        return true;
      },
      options);
  return outcome;
}

inline void write_bytes(const std::filesystem::path& path, std::string_view bytes) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << bytes;
}

inline std::string zstd_of(std::string_view bytes) {
  std::string packed(ZSTD_compressBound(bytes.size()), '\0');
  packed.resize(ZSTD_compress(packed.data(), packed.size(), bytes.data(), bytes.size(), 3));
  return packed;
}

inline std::string gzip_of(std::string_view bytes) {
  z_stream stream{};
  deflateInit2(&stream, 6, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
  std::string packed(deflateBound(&stream, bytes.size()), '\0');
  std::string input(bytes);
  stream.next_in = reinterpret_cast<Bytef*>(input.data());
  stream.avail_in = static_cast<uInt>(input.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

inline std::string repeated(const std::string& piece, std::size_t times) {
  std::string text;
  for (; times > 0; --times) text += piece;
  return text;
}

/// A test with a folder of its own.
class ReadingTest : public testing::Test {
 protected:
  void write(const std::string& name, std::string_view bytes) const {
    write_bytes(folder_.path() / name, bytes);
  }
  [[nodiscard]] std::filesystem::path at(const std::string& name) const {
    return folder_.path() / name;
  }
  [[nodiscard]] std::string key(const std::string& name) const { return at(name).native(); }
  [[nodiscard]] Outcome read(const std::string& name, const ReadOptions& options = {}) const {
    return read_path_whole(at(name), options);
  }

  TemporaryFolder folder_;
};

}  // namespace stemma
