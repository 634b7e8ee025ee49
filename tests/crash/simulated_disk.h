// A disk as a power cut finds it: what was synced is safe, what was not is there in part.
//
// It is fed with a record (disk/operation.h). A write is safe once its file was synced; a name that
// was made, changed or removed is safe once its folder was. Of all else any part may have reached
// the disk: each change of a name or none, each sector of a write or none, in any order.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "disk/operation.h"
#include "small_random.h"

namespace stemma::disk {

/// Files and folders below one folder.
struct Image {
  std::map<std::string, std::string> files;
  std::set<std::string> folders;
  friend bool operator==(const Image&, const Image&) = default;
};

/// How much of what was not synced a power cut leaves.
struct Cut {
  enum class Names { all, none, first, some };  ///< first: those before a moment
  enum class Data { all, none, some };
  Names names = Names::all;
  Data data = Data::all;
  std::uint32_t sector_bytes = 512;
  std::uint32_t seed = 0;
};

class SimulatedDisk {
 public:
  SimulatedDisk() : folders_{{kRoot, {}}} {}

  void apply(const Operation& operation);
  [[nodiscard]] Image now() const;
  [[nodiscard]] Image after(const Cut& cut) const;

 private:
  using Id = std::uint32_t;
  static constexpr Id kRoot = 1;
  static constexpr Id kNone = 0;

  struct Write {
    std::uint64_t offset = 0;
    std::string bytes;
    bool resize = false;  ///< to `offset` bytes
  };
  struct File {
    std::string now;
    std::string safe;
    std::vector<Write> unsafe;  ///< since `safe`
  };
  using Names = std::map<std::string, Id>;
  using NameChange = std::vector<std::pair<std::string, Id>>;  ///< all at once; kNone: removed
  struct Folder {
    Names now;
    Names safe;
    std::vector<NameChange> unsafe;
  };
  struct Place {
    Id folder = kNone;
    std::string leaf;
  };

  [[nodiscard]] Place place_of(const std::string& name) const;
  [[nodiscard]] Id find(const std::string& name) const;
  void change(Id folder, const NameChange& change);
  void write(Id file, const Write& write);
  void sync(Id id);
  static void apply_to(std::string& bytes, const Write& write);
  static void apply_to(Names& names, const NameChange& change);
  static void tear(std::string& bytes, const Write& write, const Cut& cut, SmallRandom& random);
  [[nodiscard]] static std::string left_of(const File& file, const Cut& cut, SmallRandom& random);
  [[nodiscard]] static Names left_of(const Folder& folder, const Cut& cut, SmallRandom& random);

  std::map<Id, File> files_;
  std::map<Id, Folder> folders_;
  std::map<std::uint32_t, Id> handles_;
  Id last_id_ = kRoot;
};

}  // namespace stemma::disk
