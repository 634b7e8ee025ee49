// jsonl: one article a line, each on its own: a bad line is reported and costs no other.
//
// A line that is not UTF-8 is decoded before it is parsed. The encoding is guessed once, from all
// that is held at that moment, and then believed for the whole file: a single short line says too
// little, and guessing is slow.
#include "articles/formats.h"
#include "articles/jsonl_line.h"
#include "articles/lines.h"
#include "text/utf8.h"

namespace stemma::articles {
namespace {

// Enough to see what is wrong; a file of garbage must not fill the memory with complaints.
constexpr std::uint64_t kMaxListedFailures = 1000;

bool is_blank(std::string_view line) {
  return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

class JsonlFile {
 public:
  JsonlFile(const std::string& path, Reading& reading) : path_(path), reading_(reading) {}

  void read(ByteSource& source) {
    LineReader lines(source, reading_.options().max_article_bytes);
    try {
      while (!reading_.stopped()) {
        const std::optional<LineReader::Line> line = lines.next();
        if (!line) break;
        read_line(*line, lines.held());
      }
    } catch (const BadInput&) {
      report_unlisted();
      throw;
    }
    report_unlisted();
  }

 private:
  void read_line(const LineReader::Line& line, std::string_view held) {
    if (line.too_long) {
      fail(line.number,
           "is longer than an article may be (" +
               std::to_string(reading_.options().max_article_bytes) + " bytes)",
           "split it, or raise the limit for one article");
      return;
    }
    if (is_blank(line.text)) return;
    JsonlLine::Result result;
    try {
      result = parse(line.text, held);
    } catch (const BadInput& error) {
      fail(line.number, error.what(), error.hint());
      return;
    }
    reading_.report.replaced_bytes += result.replaced_bytes;
    const std::string where = path_ + ":" + std::to_string(line.number);
    if (!result.has_id) result.article.key = where;
    reading_.give(std::move(result.article), where);
  }

  JsonlLine::Result parse(std::string_view line, std::string_view held) {
    try {
      return parser_.parse(line);
    } catch (const BadInput&) {
      // Parsing checks the encoding too, so only a line that failed needs another look.
      if (text::is_valid_utf8(line)) throw;
    }
    if (encoding_.empty()) encoding_ = text::detect_encoding(held);
    text::Decoded decoded = text::to_utf8(std::string(line), encoding_);
    const std::size_t length = decoded.text.size();
    decoded.text.append(kLinePadding, ' ');
    JsonlLine::Result result = parser_.parse(std::string_view(decoded.text).substr(0, length));
    result.replaced_bytes += decoded.replaced_bytes;
    return result;
  }

  void fail(std::uint64_t line, const std::string& message, const std::string& hint) {
    if (++failures_ <= kMaxListedFailures) {
      reading_.fail(path_ + ":" + std::to_string(line), message, hint);
    }
  }

  void report_unlisted() {
    if (failures_ <= kMaxListedFailures) return;
    reading_.fail(path_,
                  std::to_string(failures_ - kMaxListedFailures) +
                      " further lines could not be read and are not listed",
                  "is the file JSON Lines? One object on each line");
  }

  const std::string& path_;
  Reading& reading_;
  JsonlLine parser_;
  std::string encoding_;  ///< of lines that are not UTF-8; empty until one is met
  std::uint64_t failures_ = 0;
};

}  // namespace

void read_jsonl(ByteSource& source, const std::string& path, Reading& reading) {
  PeekedSource peeked(source, 4);
  const text::ByteOrderMark mark = text::byte_order_mark(peeked.head());
  peeked.skip(mark.length_bytes);
  JsonlFile file(path, reading);
  if (mark.encoding.empty() || mark.encoding == "UTF-8") {
    file.read(peeked);
    return;
  }
  TranscodedSource transcoded(peeked, mark.encoding);
  file.read(transcoded);
  reading.report.replaced_bytes += transcoded.replaced_bytes();
}

}  // namespace stemma::articles
