#include "crash/simulated_disk.h"

#include <algorithm>
#include <stdexcept>

namespace stemma::disk {

SimulatedDisk::Place SimulatedDisk::place_of(const std::string& name) const {
  const std::size_t slash = name.rfind('/');
  if (slash == std::string::npos) return {kRoot, name};
  return {find(name.substr(0, slash)), name.substr(slash + 1)};
}

SimulatedDisk::Id SimulatedDisk::find(const std::string& name) const {
  if (name.empty()) return kRoot;
  const Place place = place_of(name);
  const auto folder = folders_.find(place.folder);
  if (folder == folders_.end()) return kNone;
  const auto found = folder->second.now.find(place.leaf);
  return found == folder->second.now.end() ? kNone : found->second;
}

void SimulatedDisk::apply_to(Names& names, const NameChange& change) {
  for (const auto& [leaf, id] : change) {
    if (id == kNone) {
      names.erase(leaf);
    } else {
      names[leaf] = id;
    }
  }
}

void SimulatedDisk::change(Id folder, const NameChange& change) {
  Folder& changed = folders_.at(folder);
  apply_to(changed.now, change);
  changed.unsafe.push_back(change);
}

void SimulatedDisk::apply_to(std::string& bytes, const Write& write) {
  if (write.resize) {
    bytes.resize(write.offset);
    return;
  }
  bytes.resize(std::max<std::size_t>(bytes.size(), write.offset + write.bytes.size()));
  bytes.replace(write.offset, write.bytes.size(), write.bytes);
}

void SimulatedDisk::write(Id file, const Write& write) {
  File& changed = files_.at(file);
  apply_to(changed.now, write);
  changed.unsafe.push_back(write);
}

void SimulatedDisk::sync(Id id) {
  if (const auto file = files_.find(id); file != files_.end()) {
    file->second.safe = file->second.now;
    file->second.unsafe.clear();
    return;
  }
  Folder& folder = folders_.at(id);
  folder.safe = folder.now;
  folder.unsafe.clear();
}

void SimulatedDisk::apply(const Operation& operation) {
  using Kind = Operation::Kind;
  switch (operation.kind) {
    case Kind::start:
      handles_.clear();
      break;
    case Kind::open: {
      Id id = find(operation.name);
      if (id == kNone) {
        if (operation.offset == 0) throw std::logic_error("no file " + operation.name);
        files_[id = ++last_id_];
        const Place place = place_of(operation.name);
        change(place.folder, {{place.leaf, id}});
      }
      handles_[operation.handle] = id;
      break;
    }
    case Kind::write:
      write(handles_.at(operation.handle), {operation.offset, operation.text, false});
      break;
    case Kind::resize:
      write(handles_.at(operation.handle), {operation.offset, {}, true});
      break;
    case Kind::sync:
      sync(handles_.at(operation.handle));
      break;
    case Kind::rename: {
      const Place from = place_of(operation.name);
      const Place to = place_of(operation.text);
      if (from.folder != to.folder) throw std::logic_error("a rename between folders");
      change(from.folder, {{from.leaf, kNone}, {to.leaf, find(operation.name)}});
      break;
    }
    case Kind::remove: {
      const Place place = place_of(operation.name);
      change(place.folder, {{place.leaf, kNone}});
      break;
    }
    case Kind::make_folder: {
      folders_[++last_id_];
      const Place place = place_of(operation.name);
      change(place.folder, {{place.leaf, last_id_}});
      break;
    }
    case Kind::note:
      break;
  }
}

SimulatedDisk::Names SimulatedDisk::left_of(const Folder& folder, const Cut& cut,
                                            SmallRandom& random) {
  if (cut.names == Cut::Names::all) return folder.now;
  Names names = folder.safe;
  if (cut.names == Cut::Names::none) return names;
  const std::size_t first = random() % (folder.unsafe.size() + 1);
  for (std::size_t i = 0; i < folder.unsafe.size(); ++i) {
    const bool left = cut.names == Cut::Names::first ? i < first : random() % 2 == 0;
    if (left) apply_to(names, folder.unsafe[i]);
  }
  return names;
}

void SimulatedDisk::tear(std::string& bytes, const Write& write, const Cut& cut,
                         SmallRandom& random) {
  const unsigned kept_of_four = random() % 5;  // from no sector to all
  const std::size_t before = bytes.size();
  std::string all = bytes;
  apply_to(all, write);
  std::size_t end = before;  // of what is certainly in the file
  bytes.resize(std::max(before, all.size()));
  const std::uint64_t last = write.offset + write.bytes.size();
  for (std::uint64_t at = write.offset; at < last;) {
    const std::uint64_t next =
        std::min<std::uint64_t>(last, (at / cut.sector_bytes + 1) * cut.sector_bytes);
    if (random() % 4 < kept_of_four) {
      bytes.replace(at, next - at, all, at, next - at);
      end = std::max<std::size_t>(end, next);
    }
    at = next;
  }
  // The new size may be there without the bytes: then there are zeros.
  if (random() % 2 == 0) bytes.resize(end);
}

std::string SimulatedDisk::left_of(const File& file, const Cut& cut, SmallRandom& random) {
  if (cut.data == Cut::Data::all) return file.now;
  std::string bytes = file.safe;
  if (cut.data == Cut::Data::none) return bytes;
  for (const Write& write : file.unsafe) {
    if (!write.resize) {
      tear(bytes, write, cut, random);
    } else if (random() % 2 == 0) {
      apply_to(bytes, write);
    }
  }
  return bytes;
}

Image SimulatedDisk::after(const Cut& cut) const {
  SmallRandom random(cut.seed);
  Image image;
  std::vector<std::pair<std::string, Id>> waiting = {{"", kRoot}};
  while (!waiting.empty()) {
    const auto [path, id] = waiting.back();
    waiting.pop_back();
    for (const auto& [leaf, inside] : left_of(folders_.at(id), cut, random)) {
      const std::string name = path.empty() ? leaf : path + "/" + leaf;
      if (const auto file = files_.find(inside); file != files_.end()) {
        image.files[name] = left_of(file->second, cut, random);
      } else {
        image.folders.insert(name);
        waiting.emplace_back(name, inside);
      }
    }
  }
  return image;
}

Image SimulatedDisk::now() const { return after({}); }

}  // namespace stemma::disk
