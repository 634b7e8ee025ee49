#include "base/build_ids.h"

#include <elf.h>
#include <link.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <utility>
#include <vector>

namespace stemma {
namespace {

struct Search {
  std::uintptr_t code = 0;
  std::span<const std::string_view> names;
  std::vector<bool> found;
  std::string ids;
  bool complete = true;
};

bool holds(const dl_phdr_info& object, std::uintptr_t address) {
  for (std::size_t i = 0; i < object.dlpi_phnum; ++i) {
    const auto& part = object.dlpi_phdr[i];
    const std::uintptr_t begin = object.dlpi_addr + part.p_vaddr;
    if (part.p_type == PT_LOAD && address >= begin && address - begin < part.p_memsz) return true;
  }
  return false;
}

/// Notes are: sizes of name and content, type, name, content, both padded to four bytes.
std::string_view id_in_notes(std::string_view notes) {
  constexpr std::string_view kOwner("GNU\0", 4);
  const auto padded = [](std::size_t size) { return (size + 3) / 4 * 4; };
  while (notes.size() >= sizeof(ElfW(Nhdr))) {
    ElfW(Nhdr) note;
    std::memcpy(&note, notes.data(), sizeof note);
    notes.remove_prefix(sizeof note);
    const std::size_t name = padded(note.n_namesz);
    if (name > notes.size() || note.n_descsz > notes.size() - name) break;
    const std::string_view content = notes.substr(name, note.n_descsz);
    if (note.n_type == NT_GNU_BUILD_ID && notes.substr(0, note.n_namesz) == kOwner) return content;
    notes.remove_prefix(std::min(notes.size(), name + padded(note.n_descsz)));
  }
  return {};
}

std::string_view id_of(const dl_phdr_info& object) {
  for (std::size_t i = 0; i < object.dlpi_phnum; ++i) {
    const auto& part = object.dlpi_phdr[i];
    if (part.p_type != PT_NOTE) continue;
    const std::uintptr_t address = object.dlpi_addr + part.p_vaddr;
    // NOLINTNEXTLINE(performance-no-int-to-ptr): the loader gives addresses as numbers.
    const auto* const begin = reinterpret_cast<const char*>(address);
    const std::string_view id = id_in_notes({begin, part.p_memsz});
    if (!id.empty()) return id;
  }
  return {};
}

int visit(dl_phdr_info* object, std::size_t /*size*/, void* data) {
  Search& search = *static_cast<Search*>(data);
  const std::string_view path = object->dlpi_name == nullptr ? "" : object->dlpi_name;
  const std::string_view file = path.substr(path.rfind('/') + 1);
  bool wanted = holds(*object, search.code);
  for (std::size_t i = 0; i < search.names.size(); ++i) {
    if (!file.starts_with(search.names[i])) continue;
    search.found[i] = true;
    wanted = true;
  }
  if (!wanted) return 0;
  const std::string_view id = id_of(*object);
  search.complete = search.complete && !id.empty();
  search.ids += id;
  return 0;
}

}  // namespace

std::optional<std::string> build_ids(const void* code, std::span<const std::string_view> names) {
  Search search;
  search.code = reinterpret_cast<std::uintptr_t>(code);
  search.names = names;
  search.found.resize(names.size());
  dl_iterate_phdr(visit, &search);
  for (const bool found : search.found) search.complete = search.complete && found;
  if (!search.complete || search.ids.empty()) return std::nullopt;
  return std::move(search.ids);
}

}  // namespace stemma
