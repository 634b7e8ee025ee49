// What crash_writer does, number by number, for those who look at what it has left: key "k<n mod
// 50>" holds version n, and every 7th number erases its key instead.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "articles/article_codec.h"
#include "snapshot/snapshot.h"

namespace stemma::crash {

using Versions = std::map<std::string, std::uint64_t>;  ///< by key

[[nodiscard]] inline std::string key_of(std::uint64_t number) {
  return "k" + std::to_string(number % 50);
}
[[nodiscard]] inline bool erases(std::uint64_t number) { return number % 7 == 0; }
/// How many changes the batch after `number` has: 1 to 40.
[[nodiscard]] inline std::uint64_t next_batch(std::uint64_t number) {
  return 1 + (number * 2654435761U >> 8U) % 40;
}

/// Applies what the writer does with the numbers after `from`, up to `to`.
inline void apply(Versions& versions, std::uint64_t from, std::uint64_t to) {
  for (std::uint64_t number = from + 1; number <= to; ++number) {
    if (erases(number)) {
      versions.erase(key_of(number));
    } else {
      versions[key_of(number)] = number;
    }
  }
}

/// What is wrong if a state should hold these versions; empty if nothing. Throws Error.
[[nodiscard]] inline std::string difference(const snapshot::Snapshot& state,
                                            const Versions& versions) {
  const auto expected = [](std::uint64_t got, std::uint64_t wanted) {
    return std::to_string(got) + ", expected " + std::to_string(wanted);
  };
  const std::uint64_t documents = state.collection().documents;
  if (documents != versions.size()) return "documents: " + expected(documents, versions.size());
  const std::uint64_t found = state.statistics("wcommon").document_frequency;
  if (found != versions.size()) return "with the common word: " + expected(found, versions.size());
  for (const auto& [key, version] : versions) {
    const auto place = state.find_key(key);
    if (!place) return key + " is not there";
    const auto& segment = *state.segments()[place->segment].segment;
    const Article article = articles::decode(as_bytes(segment.article(place->ordinal)));
    if (article.title != "Version " + std::to_string(version)) {
      return key + " is " + article.title + ", expected " + std::to_string(version);
    }
  }
  return {};
}

}  // namespace stemma::crash
