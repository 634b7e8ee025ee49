// See index_place.h.
#include "index_place.h"

#include <cstdlib>
#include <system_error>

#include "stemma/error.h"

namespace stemma::command {

namespace {

namespace fs = std::filesystem;

std::optional<fs::path> find_place(const std::string& asked) {
  if (!asked.empty()) return fs::path(asked);
  const char* named = std::getenv("STEMMA_INDEX");
  if (named != nullptr && *named != '\0') return fs::path(named);
  std::error_code error;
  for (fs::path folder = fs::current_path(error); !error && !folder.empty();
       folder = folder.parent_path()) {
    std::error_code missing;
    if (fs::is_directory(folder / ".stemma", missing)) return folder / ".stemma";
    if (folder == folder.parent_path()) break;
  }
  return std::nullopt;
}

}  // namespace

fs::path index_place(const std::string& asked) {
  if (auto place = find_place(asked)) return *place;
  throw Error(Error::Kind::not_found, "there is no index: no .stemma in this folder or above it",
              "`stemma index PATH` makes one here; -d DIR or $STEMMA_INDEX names one elsewhere");
}

NewIndexPlace index_place_to_write(const std::string& asked) {
  if (auto place = find_place(asked)) return {*place, false};
  return {".stemma", true};
}

}  // namespace stemma::command
