#include "disk/script.h"

#include <cstdint>

#include "stemma/maintenance.h"
#include "stemma/searcher.h"

namespace stemma::disk {
namespace {

constexpr std::size_t kKeys = 12;

std::string key_of(std::size_t number) { return "k" + std::to_string(number % kKeys); }

std::string version_word(std::size_t version) { return "version" + std::to_string(version); }

Article article(std::size_t number, std::size_t version) {
  Article made;
  made.key = key_of(number);
  made.title = "Of " + made.key;
  made.body = "common words and " + version_word(version) + ".";
  // Lengths from nothing to a few kilobytes, so that files cross sectors at many places.
  const std::size_t words = (version * 37 + number * 5) % 11 * 20;
  for (std::size_t i = 0; i < words; ++i) {
    made.body += " w" + std::to_string((i * i + version * 7919) % 1009);
  }
  if (version % 3 == 0) made.date = "1916-03-05";
  if (version % 2 == 0) made.metadata.push_back({"pages", {double(version)}});
  return made;
}

Step step_number(std::size_t number) {
  Step step;
  if (number == 0) {
    step.kind = Step::Kind::create;
    return step;
  }
  const std::size_t part = number % 7;
  if (part == 6) {
    step.kind = Step::Kind::rebuild;
    return step;
  }
  step.kind = part == 4 ? Step::Kind::roll_back : Step::Kind::commit;
  step.merge = part == 4 || part == 5;
  const std::size_t count = number == 1 ? 6 : 3;
  for (std::size_t i = 0; i < count; ++i) {
    step.put.push_back(article(number * 3 + i * 2, number));
  }
  step.erase = {key_of(number * 5), key_of(number * 5 + 1)};
  return step;
}

/// Says what is there after each step.
void foresee(std::vector<Step>& steps) {
  Contents contents;
  for (Step& step : steps) {
    if (step.kind == Step::Kind::commit) {
      for (const std::string& gone : step.erase) contents.erase(gone);
      for (const Article& put : step.put) contents[put.key] = put;
    }
    step.after = contents;
  }
}

}  // namespace

std::vector<Step> script(std::size_t count) {
  std::vector<Step> steps;
  for (std::size_t number = 0; number < count; ++number) steps.push_back(step_number(number));
  foresee(steps);
  return steps;
}

std::vector<Step> maintenance_script() {
  using Kind = Step::Kind;
  std::vector<Step> steps;
  const auto commit = [&](std::size_t number) { steps.push_back(step_number(number)); };
  const auto look_after = [&](Kind kind) { steps.emplace_back().kind = kind; };
  commit(0);
  commit(1);
  commit(2);
  look_after(Kind::compact);
  commit(3);
  look_after(Kind::restore);
  commit(5);
  look_after(Kind::replace_store);
  commit(8);
  look_after(Kind::back_up);
  commit(9);
  look_after(Kind::rebuild);
  commit(10);
  foresee(steps);
  return steps;
}

std::vector<Step> script_named(const std::string& name, std::size_t count) {
  if (name == "writing") return script(count);
  std::vector<Step> steps = name == "large" ? large_script() : maintenance_script();
  if (steps.size() > count) steps.resize(count);
  return steps;
}

std::vector<Step> large_script() {
  constexpr std::uint32_t kWords = 45'000;
  std::vector<Step> steps = script(3);
  Article large = article(0, 1);
  large.key = "large";
  for (std::uint32_t i = 0; i < kWords; ++i) {
    large.body += " x" + std::to_string(i * 2654435761U);
  }
  for (Step& step : steps) {
    if (step.kind == Step::Kind::commit) step.after[large.key] = large;
  }
  steps[1].put.push_back(std::move(large));
  steps[2].merge = true;
  return steps;
}

void perform(const Step& step, IndexWriter& writer) {
  for (const std::string& gone : step.erase) writer.erase(gone);
  for (const Article& put : step.put) writer.add(put);
  if (step.merge) writer.merge_all();
  if (step.kind == Step::Kind::roll_back) {
    writer.rollback();
  } else {
    writer.commit();
  }
}

bool is_maintenance(Step::Kind kind) {
  return kind != Step::Kind::create && kind != Step::Kind::commit && kind != Step::Kind::roll_back;
}

void maintain(Step::Kind kind, const std::filesystem::path& index) {
  switch (kind) {
    case Step::Kind::compact:
      return compact(index);
    case Step::Kind::restore:
    case Step::Kind::replace_store:
      return restore(index);
    case Step::Kind::back_up:
      return backup(index, backup_target(index));
    default:
      return rebuild(index);
  }
}

std::filesystem::path backup_target(const std::filesystem::path& index) {
  return index.parent_path() / "copies" / "copy";
}

std::string difference(const std::filesystem::path& index, const Contents& expected) {
  const Searcher searcher(Snapshot::open(index));
  const std::uint64_t documents = searcher.snapshot().document_count();
  if (documents != expected.size()) {
    return std::to_string(documents) + " documents, expected " + std::to_string(expected.size());
  }
  std::map<std::string, std::uint64_t> words = {{"common", expected.size()}};
  for (const auto& [key, article] : expected) {
    const auto doc = searcher.find(key);
    if (!doc) return key + " is not there";
    if (searcher.article(*doc) != article) return key + " is not as it was written";
    const std::size_t begin = article.body.find("version");
    ++words[article.body.substr(begin, article.body.find('.') - begin)];
  }
  for (const auto& [word, matches] : words) {
    const std::uint64_t found = searcher.search(searcher.parse(word).query).total;
    if (found != matches) {
      return std::to_string(found) + " articles with " + word + ", expected " +
             std::to_string(matches);
    }
  }
  return {};
}

}  // namespace stemma::disk
