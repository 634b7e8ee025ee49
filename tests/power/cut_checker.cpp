// cut_checker INDEX FIRST LAST: looks at what a power cut left of crash_writer's index. Standard
// input says "GENERATION NUMBER" for each generation; one from FIRST to LAST must be there, whole,
// for a reader and then for a writer, who opens it without a repair step and goes on. If FIRST is
// "none", there may be no index.
//
// Prints the generation that was found. Status 1 with a message: something is wrong.
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <map>
#include <stdexcept>
#include <string>

#include "crash/crash_story.h"
#include "stemma/error.h"
#include "stemma/index_writer.h"
#include "stemma/maintenance.h"

namespace stemma {
namespace {

class Checker {
 public:
  Checker(std::filesystem::path index, std::map<std::uint64_t, std::uint64_t> numbers,
          std::uint64_t first, std::uint64_t last)
      : index_(std::move(index)), numbers_(std::move(numbers)), first_(first), last_(last) {}

  std::uint64_t run() const {
    const std::uint64_t seen = expect_whole(first_);
    { const IndexWriter opened = IndexWriter::open(index_); }
    const std::uint64_t found = expect_whole(seen);
    expect_sound();
    {
      IndexWriter writer = IndexWriter::open(index_);
      Article next;
      next.key = "next";
      next.body = "common words";
      writer.add(next);
      if (writer.commit() != found + 1) throw std::runtime_error("the writer does not go on");
    }
    expect_sound();
    return found;
  }

 private:
  std::uint64_t expect_whole(std::uint64_t first) const {
    const auto state = snapshot::Snapshot::open(index_);
    const std::uint64_t generation = state->manifest().generation;
    if (generation < first || generation > last_) {
      throw std::runtime_error("generation " + std::to_string(generation) + ", expected " +
                               std::to_string(first) + " to " + std::to_string(last_));
    }
    crash::Versions versions;
    crash::apply(versions, 0, numbers_.at(generation));
    const std::string wrong = crash::difference(*state, versions);
    if (!wrong.empty()) throw std::runtime_error(wrong);
    return generation;
  }
  void expect_sound() const {
    const CheckReport report = check(index_);
    if (!report.damage.empty()) throw std::runtime_error("check: " + report.damage.front().message);
  }

  std::filesystem::path index_;
  std::map<std::uint64_t, std::uint64_t> numbers_;
  std::uint64_t first_;
  std::uint64_t last_;
};

int run(char** words) {
  std::map<std::uint64_t, std::uint64_t> numbers;
  for (std::uint64_t generation = 0; std::cin >> generation;) std::cin >> numbers[generation];
  const bool may_be_missing = std::string(words[2]) == "none";
  try {
    const Checker checker(words[1], numbers, std::strtoull(words[2], nullptr, 10),
                          std::strtoull(words[3], nullptr, 10));
    std::printf("%llu\n", static_cast<unsigned long long>(checker.run()));
    return 0;
  } catch (const Error& error) {
    if (may_be_missing && error.kind() == Error::Kind::not_found) {
      std::puts("none");
      return 0;
    }
    std::puts(error.what());
  } catch (const std::exception& error) {
    std::puts(error.what());
  }
  return 1;
}

}  // namespace
}  // namespace stemma

int main(int count, char** words) {
  if (count != 4) return 2;
  return stemma::run(words);
}
