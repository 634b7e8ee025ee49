// The few numbers that every part of Stemma shares.
#pragma once

#include <cstdint>

namespace stemma {

/// Names one version of one article inside one index; never given twice.
using DocId = std::uint32_t;

/// A document's place inside one segment, dense from 0, in DocId order.
using Ordinal = std::uint32_t;

/// Where every cursor ends. 2^31-1, not 2^32-1: SSE compares 32-bit lanes as signed numbers.
inline constexpr std::uint32_t kEndOfList = 0x7fff'ffff;

/// A span of time, first and last second included, in seconds since 1970-01-01T00:00:00Z
/// (negative before). `1916-03` has both ends of March 1916.
struct DateInterval {
  std::int64_t first = 0;
  std::int64_t last = 0;
  friend bool operator==(const DateInterval&, const DateInterval&) = default;
};

/// The parameters of BM25: how fast repeated words stop counting, and how much a document's length
/// counts (Robertson & Zaragoza 2009). k1 >= 0, 0 <= b <= 1.
struct Bm25Options {
  double k1 = 1.2;
  double b = 0.9;
};

/// Bytes [begin, end) of some text.
struct ByteRange {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  friend bool operator==(const ByteRange&, const ByteRange&) = default;
};

}  // namespace stemma
