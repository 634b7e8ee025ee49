// The least work with which a query over one segment could be answered by what this index holds, as
// calls of bare kernels on the index's own bytes. What a query does beyond it is parsing, the
// dictionary, the choice of a way, and the bookkeeping of hits.
//
// All inputs of the calls (which blocks, which candidates) are found beforehand, so that running
// the floor is kernels and nothing else.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "query/node.h"
#include "segment/posting_list.h"
#include "snapshot/snapshot.h"

namespace stemma::bench {

/// Count: the documents of all lists are read and joined. Best: the impacts of a word or of an OR
/// are read once, and what no impact can tell (AND, phrases) is found as for a count.
enum class Question { best, count };

class Floor {
 public:
  /// Of words, AND, OR and phrases whose words are one list each, in a snapshot of one segment;
  /// null for anything else.
  static std::unique_ptr<Floor> of(const snapshot::Snapshot& snapshot, const query::Node& root,
                                   Question question);

  /// Documents that match (Question::count); else nothing of meaning.
  [[nodiscard]] std::uint64_t run();
  /// Of the index, that run() reads.
  [[nodiscard]] std::uint64_t bytes() const { return bytes_; }

 private:
  Floor(std::vector<segment::PostingList> lists, query::NodeKind kind, Question question);

  using Numbers = std::vector<std::uint32_t>;

  struct Block {
    std::uint32_t block;
    segment::BlockLayout layout;
    std::size_t begin;  // of the candidates that it may hold
    std::size_t size;
  };
  // One list, and the candidates that it is asked for; the first list of an AND is asked for all.
  struct Step {
    segment::PostingList list;
    std::vector<Block> blocks;  // of a packed list
    Numbers candidates;
  };
  struct Positions {
    const std::uint8_t* packed;
    std::uint64_t first_bit;
    unsigned width;
    std::uint32_t count;
    Numbers only;  // of a list of one document, which stands in the dictionary
  };

  void prepare_any();
  void prepare_all();
  Numbers prepare_first(Step& step);
  Numbers prepare_next(Step& step, const Numbers& candidates);
  void prepare_positions(const Numbers& documents);
  [[nodiscard]] std::uint64_t run_impacts();
  [[nodiscard]] std::uint64_t run_any();
  [[nodiscard]] std::uint64_t run_all();
  [[nodiscard]] std::uint64_t run_positions();
  void read_block(const segment::PostingList& list, const Block& block);

  Question question_;
  bool any_ = false;
  bool phrase_ = false;
  bool bitmaps_only_ = false;
  std::vector<segment::PostingList> lists_;  // as typed
  std::vector<Step> steps_;                  // the shortest list first
  std::vector<Positions> positions_;         // document by document, slot by slot
  std::uint64_t bytes_ = 0;

  // Scratch of run().
  segment::BlockNumbers documents_{};
  Numbers found_;
  Numbers also_found_;
  Numbers starts_;
  std::vector<std::uint64_t> words_;
};

}  // namespace stemma::bench
