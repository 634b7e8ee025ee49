// recorded_writer INDEX RECORD SCRIPT STEPS FIRST DIE_AFTER: opens the index (or makes it) and goes
// through the first STEPS steps of the script from step FIRST; everything that it does to the disk
// is appended to RECORD. It is killed right after its change number DIE_AFTER (from 0), if there is
// such a one. INDEX is two folders below the disk's root; both are made.
//
// Between the changes it notes, and prints, "opened GENERATION", "begin STEP" and
// "ack STEP GENERATION".
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>

#include "disk/disk.h"
#include "disk/script.h"
#include "limited_work.h"
#include "stemma/error.h"
#include "stemma/index_writer.h"

namespace stemma {
namespace {

void say(const std::string& text) {
  disk::note(text);
  std::printf("%s\n", text.c_str());
  std::fflush(stdout);
}

IndexWriter open_or_create(const std::filesystem::path& index) {
  try {
    return IndexWriter::open(index);
  } catch (const Error& error) {
    if (error.kind() != Error::Kind::not_found) throw;
    return IndexWriter::create(index);
  }
}

void run(const std::filesystem::path& index, const std::vector<disk::Step>& script,
         std::size_t first) {
  if (first == 0) say("begin 0");
  std::optional<IndexWriter> writer = open_or_create(index);
  const auto acknowledge = [&](std::size_t step, std::uint64_t generation) {
    say("ack " + std::to_string(step) + " " + std::to_string(generation));
  };
  if (first == 0) {
    acknowledge(0, writer->generation());
  } else {
    say("opened " + std::to_string(writer->generation()));
  }
  for (std::size_t step = std::max<std::size_t>(first, 1); step < script.size(); ++step) {
    say("begin " + std::to_string(step));
    if (disk::is_maintenance(script[step].kind)) {
      writer.reset();
      disk::maintain(script[step].kind, index);
      writer = IndexWriter::open(index);
    } else {
      disk::perform(script[step], *writer);
    }
    acknowledge(step, writer->generation());
  }
}

}  // namespace
}  // namespace stemma

int main(int count, char** words) {
  if (count != 7) return 2;
  stemma::limit_work(60);
  const std::filesystem::path index = words[1];
  stemma::disk::watch(index.parent_path().parent_path());
  stemma::disk::record(words[2]);
  stemma::disk::die_after(static_cast<std::uint32_t>(std::strtoul(words[6], nullptr, 10)));
  const std::size_t steps = std::strtoul(words[4], nullptr, 10);
  stemma::run(index, stemma::disk::script_named(words[3], steps),
              std::strtoul(words[5], nullptr, 10));
  return 0;
}
