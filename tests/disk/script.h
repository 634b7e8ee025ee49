// What a writer under test does, step by step, and what an index must hold after each step: known
// to the process that may fail or die, and to the one that looks at what is left.
//
// Each step may be done again whole: what was committed already is no change then.
#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "stemma/article.h"
#include "stemma/index_writer.h"

namespace stemma::disk {

using Contents = std::map<std::string, Article>;  ///< by key

struct Step {
  enum class Kind {
    create,     ///< the index
    commit,     ///< a batch
    roll_back,  ///< a batch, segments written and merged already
    rebuild,    ///< all segments, without a writer
    compact,
    restore,
    replace_store,  ///< restore, for a store that may be gone
    back_up,        ///< to a new folder (backup_target)
  };
  Kind kind = Kind::commit;
  std::vector<Article> put;
  std::vector<std::string> erase;
  bool merge = false;
  Contents after;  ///< what is there when it is done
};

/// The first `count` steps; always the same.
[[nodiscard]] std::vector<Step> script(std::size_t count);
/// A few steps with so many words that parts of a segment wait in files of their own.
[[nodiscard]] std::vector<Step> large_script();
/// Commits, and between them all that looks after an index.
[[nodiscard]] std::vector<Step> maintenance_script();
/// "writing", "large" or "maintenance"; of no more than `count` steps.
[[nodiscard]] std::vector<Step> script_named(const std::string& name, std::size_t count);

/// Does a step of kind commit or roll_back.
void perform(const Step& step, IndexWriter& writer);
/// Whether a step is done without a writer: by maintain().
[[nodiscard]] bool is_maintenance(Step::Kind kind);
void maintain(Step::Kind kind, const std::filesystem::path& index);
/// Beside the index, in a folder that is made for it.
[[nodiscard]] std::filesystem::path backup_target(const std::filesystem::path& index);

/// What a reader finds wrong if `index` should hold `expected`: each article byte for byte, and
/// found by the words that only its version has. Empty if nothing. Throws Error.
[[nodiscard]] std::string difference(const std::filesystem::path& index, const Contents& expected);

}  // namespace stemma::disk
