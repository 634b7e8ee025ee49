// The bytes of one article, version 1. All numbers are LEB128 varints unless said otherwise; `text`
// is a varint length and that many bytes.
//
//   u8      version = 1
//   text    key, title, body, date, source, url, lang     (seven, in this order)
//   varint  number of authors, then that many texts
//   varint  number of metadata fields, then for each
//             text    name
//             varint  number of values, then for each
//               u8    kind: 0 text, 1 number, 2 false, 3 true
//               kind 0: text; kind 1: 8 bytes, IEEE 754 binary64, little-endian; else nothing
//
// Nothing follows. Order is the article's own, so equal articles have equal bytes and the other
// way round.
#include "articles/article_codec.h"

#include <xxhash.h>

namespace stemma::articles {
namespace {

constexpr std::uint8_t kVersion = 1;
/// Lengths and metadata of most articles take less.
constexpr std::size_t kUsualRest = 256;

enum class ValueKind : std::uint8_t { text = 0, number = 1, is_false = 2, is_true = 3 };

std::uint8_t code(ValueKind kind) { return static_cast<std::uint8_t>(kind); }

void write_value(ByteWriter& out, const MetadataValue& value) {
  if (const auto* text = std::get_if<std::string>(&value)) {
    out.u8(code(ValueKind::text));
    out.text(*text);
  } else if (const auto* number = std::get_if<double>(&value)) {
    out.u8(code(ValueKind::number));
    out.f64(*number);
  } else {
    out.u8(code(std::get<bool>(value) ? ValueKind::is_true : ValueKind::is_false));
  }
}

MetadataValue read_value(ByteReader& in) {
  const std::uint8_t kind = in.u8();
  switch (static_cast<ValueKind>(kind)) {
    case ValueKind::text:
      return std::string(in.text());
    case ValueKind::number:
      return in.f64();
    case ValueKind::is_false:
      return false;
    case ValueKind::is_true:
      return true;
  }
  throw Error(Error::Kind::corrupt, "article holds a metadata value of unknown kind " +
                                        std::to_string(kind) + " (0 to 3 expected)");
}

/// A count of things that take at least one byte each: never more than bytes are left, so that a
/// wrong one cannot make memory run out.
std::size_t read_count(ByteReader& in) {
  const std::uint64_t count = in.varint();
  if (count > in.left()) {
    throw Error(Error::Kind::corrupt, "article announces " + std::to_string(count) + " values in " +
                                          std::to_string(in.left()) + " bytes");
  }
  return static_cast<std::size_t>(count);
}

}  // namespace

std::string encode(const Article& article) {
  ByteWriter out;
  out.reserve(article.key.size() + article.title.size() + article.body.size() + kUsualRest);
  out.u8(kVersion);
  for (const std::string* text : {&article.key, &article.title, &article.body, &article.date,
                                  &article.source, &article.url, &article.lang}) {
    out.text(*text);
  }
  out.varint(article.authors.size());
  for (const std::string& author : article.authors) out.text(author);
  out.varint(article.metadata.size());
  for (const MetadataField& field : article.metadata) {
    out.text(field.name);
    out.varint(field.values.size());
    for (const MetadataValue& value : field.values) write_value(out, value);
  }
  return out.take();
}

Article decode(Bytes bytes) {
  ByteReader in(bytes, "article");
  if (const std::uint8_t version = in.u8(); version != kVersion) {
    throw Error(Error::Kind::corrupt,
                "article has format version " + std::to_string(version) + ", expected " +
                    std::to_string(kVersion),
                "read it with the version of Stemma that wrote it");
  }
  Article article;
  for (std::string* text : {&article.key, &article.title, &article.body, &article.date,
                            &article.source, &article.url, &article.lang}) {
    *text = in.text();
  }
  for (std::size_t left = read_count(in); left > 0; --left) article.authors.emplace_back(in.text());
  for (std::size_t left = read_count(in); left > 0; --left) {
    MetadataField field;
    field.name = in.text();
    for (std::size_t values = read_count(in); values > 0; --values) {
      field.values.push_back(read_value(in));
    }
    article.metadata.push_back(std::move(field));
  }
  if (!in.empty()) {
    throw Error(Error::Kind::corrupt,
                "article is followed by " + std::to_string(in.left()) + " unexpected bytes");
  }
  return article;
}

std::uint64_t content_hash(Bytes encoded) { return XXH64(encoded.data(), encoded.size(), 0); }

}  // namespace stemma::articles
