#include "protocol/protocol.h"

#include <algorithm>
#include <atomic>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <exception>
#include <fstream>
#include <iostream>
#include <limits>
#include <stdexcept>
#include <thread>

namespace stemma::peers {
namespace {

using Clock = std::chrono::steady_clock;

std::vector<std::string> split(const std::string& line) {
  std::vector<std::string> words;
  std::size_t begin = 0;
  while (true) {
    const std::size_t end = line.find('\t', begin);
    words.push_back(line.substr(begin, end - begin));
    if (end == std::string::npos) return words;
    begin = end + 1;
  }
}

Mode mode_of(const std::string& name) {
  if (name == "top10") return Mode::top10;
  if (name == "top100") return Mode::top100;
  if (name == "top10_count") return Mode::top10_count;
  if (name == "count") return Mode::count;
  throw std::invalid_argument("unknown mode " + name);
}

std::string run(const Peer& peer, Mode mode, int runs, const std::string& text) {
  auto best = std::numeric_limits<std::int64_t>::max();
  std::int64_t count = -1;
  for (int i = 0; i < runs; ++i) {
    const auto start = Clock::now();
    const Answer answer = peer.answer(mode, text);
    const auto took = std::chrono::nanoseconds(Clock::now() - start).count();
    best = std::min<std::int64_t>(best, took);
    count = answer.count;
  }
  return std::to_string(best) + "\t" + std::to_string(count);
}

std::string show(const Answer& answer) {
  std::string text = std::to_string(answer.count) + "\t";
  for (const ScoredNumber& hit : answer.hits) {
    char score[32];
    const auto end = std::to_chars(score, score + sizeof score, hit.score).ptr;
    text += std::to_string(hit.number) + ":" + std::string(score, end) + " ";
  }
  if (!answer.hits.empty()) text.pop_back();
  return text;
}

/// Answers the queries in turn, from `at` on, until the time is over; how many.
std::uint64_t answer_for(const Peer& peer, const std::vector<std::string>& queries, std::size_t at,
                         Clock::time_point end) {
  std::uint64_t done = 0;
  for (; Clock::now() < end; ++at, ++done) {
    (void)peer.answer(Mode::top10, queries[at % queries.size()]);
  }
  return done;
}

/// Best tens per second, `threads` threads on one peer.
std::string parallel(const Peer& peer, std::size_t threads, double seconds,
                     const std::string& file) {
  if (!peer.shared()) throw std::invalid_argument("this engine is for one thread");
  std::vector<std::string> queries;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) queries.push_back(line);
  std::atomic<std::uint64_t> done = 0;
  const auto start = Clock::now();
  const auto end =
      start + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
  std::vector<std::thread> running;
  for (std::size_t i = 0; i < threads; ++i) {
    const std::size_t first = i * queries.size() / threads;
    running.emplace_back(
        [&peer, &queries, &done, first, end] { done += answer_for(peer, queries, first, end); });
  }
  for (std::thread& thread : running) thread.join();
  const std::chrono::duration<double> took = Clock::now() - start;
  return std::to_string(static_cast<double>(done) / took.count());
}

std::string reply(const Peer& peer, const std::vector<std::string>& words) {
  if (words[0] == "RUN" && words.size() == 4) {
    return run(peer, mode_of(words[1]), std::stoi(words[2]), words[3]);
  }
  if (words[0] == "SHOW" && words.size() == 3) {
    return show(peer.answer(mode_of(words[1]), words[2]));
  }
  if (words[0] == "ORACLE" && words.size() == 3) {
    return show(peer.oracle(mode_of(words[1]), words[2]));
  }
  if (words[0] == "PARALLEL" && words.size() == 4) {
    return parallel(peer, std::stoul(words[1]), std::stod(words[2]), words[3]);
  }
  throw std::invalid_argument("not understood: " + words[0]);
}

}  // namespace

std::size_t wanted_hits(Mode mode) {
  return mode == Mode::count ? 0 : mode == Mode::top100 ? 100 : 10;
}

bool wants_count(Mode mode) { return mode == Mode::count || mode == Mode::top10_count; }

Answer Peer::oracle(Mode, const std::string&) const {
  throw std::invalid_argument("this engine has no other way to answer");
}

void for_each_article(const std::filesystem::path& file,
                      const std::function<void(const PreparedArticle&)>& visit) {
  std::ifstream in(file);
  if (!in) throw std::runtime_error("cannot read " + file.string());
  for (std::string line; std::getline(in, line);) {
    const std::size_t day = line.find('\t') + 1;
    const std::size_t source = line.find('\t', day) + 1;
    const std::size_t words = line.find('\t', source) + 1;
    const std::string_view all = line;
    visit({std::stoull(line), static_cast<std::uint32_t>(std::stoul(line.substr(day))),
           all.substr(source, words - 1 - source), all.substr(words)});
  }
}

void serve(const Peer& peer) {
  std::cout << "READY\t" << peer.version() << '\t' << peer.documents() << '\t' << peer.segments()
            << std::endl;
  for (std::string line; std::getline(std::cin, line);) {
    try {
      const std::string values = reply(peer, split(line));  // before anything is printed
      std::cout << "OK\t" << values << std::endl;
    } catch (const std::exception& error) {
      std::cout << "ERROR\t" << error.what() << std::endl;
    }
  }
}

int run_engine(const Engine& engine, int count, char** arguments) {
  const std::vector<std::string> words(arguments + 1, arguments + count);
  try {
    if (words.size() == 3 && words[0] == "index") {
      engine.index(words[1], words[2]);
    } else if (words.size() == 2 && words[0] == "merge") {
      engine.merge(words[1]);
    } else if (words.size() == 2 && words[0] == "serve") {
      serve(*engine.open(words[1]));
    } else {
      std::cerr << "index ARTICLES DIRECTORY | merge DIRECTORY | serve DIRECTORY\n";
      return 2;
    }
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
  return 0;
}

}  // namespace stemma::peers
