#!/usr/bin/env python3
"""Checks the shape of a source tree: check_architecture.py TREE

Rules: a folder of lib/ includes only itself and the folders that lib/LAYERS gives it, which stand
on earlier lines, so no cycle can be written; public headers include only each other and the
standard library; cli/ sees public headers only; an outside library is included only where it
belongs; no file is longer than 400 lines, no function longer than 60; no folder or file is called
manager, helper, util or misc.
"""
import pathlib
import re
import sys

MAX_FILE_LINES = 400
MAX_FUNCTION_LINES = 60
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
FORBIDDEN_NAMES = re.compile(r"manager|helper|util|misc", re.IGNORECASE)

# Header pattern -> places (folder prefixes) that may include it.
OUTSIDE = {
    r"^xapian(/|\.h)": ["lib/store/", "tests/", "bench/"],
    r"^unicode/": ["lib/text/", "tests/text/", "tests/analysis/"],
    r"^libstemmer": ["lib/analysis/", "tests/analysis/"],
    r"^sys/mman\.h": ["lib/base/", "tests/"],
    r"intrin\.h$|^arm_neon\.h": ["lib/kernels/"],
    r"^hwy/": ["lib/kernels/"],
    r"^simdjson|^md4c": ["lib/articles/"],
    r"^zstd|^zdict": ["lib/store/", "lib/segment/", "lib/articles/", "tests/"],
    r"^zlib": ["lib/articles/", "tests/"],
    r"^CLI/": ["cli/"],
    r"^benchmark/": ["bench/"],
}


def read_layers(path):
    layers = {}
    faults = []
    for line in path.read_text().splitlines():
        name, _, below = line.partition(":")
        below = below.split()
        for lower in below:
            if lower not in layers:
                faults.append(f"lib/LAYERS: {name} stands on {lower}, which is not on an earlier line")
        layers[name.strip()] = below
    return layers, faults


def includes(path):
    for number, line in enumerate(path.read_text().splitlines(), 1):
        match = INCLUDE.match(line)
        if match:
            yield number, match.group(1) == '"', match.group(2)


def check_include(place, number, quoted, header, layers):
    """One fault text or None."""
    where = f"{place}:{number}"
    parts = place.split("/")
    for pattern, allowed in OUTSIDE.items():
        if not quoted or "/" not in header:
            if re.search(pattern, header) and not any(place.startswith(a) for a in allowed):
                return f"{where}: <{header}> belongs to {', '.join(allowed)}"
    target = header.split("/")[0]
    if place.startswith("lib/include/"):
        if quoted and target != "stemma":
            return f"{where}: a public header includes only public headers, not {header}"
        return None
    if parts[0] == "cli":
        if target in layers:
            return f"{where}: cli/ sees public headers only, not {header}"
        return None
    if parts[0] == "lib" and len(parts) > 2 and target in layers:
        layer = parts[1]
        if target != layer and target not in layers[layer]:
            return f"{where}: {layer} may not include {target} (lib/LAYERS)"
    if parts[0] == "lib" and target == "tests":
        return f"{where}: the library does not include tests"
    return None


def long_functions(path):
    """(line, length) of bodies at namespace or class level that are too long.

    A body begins where a line ends in '{' after a ')' (or a const/noexcept/initialiser tail) and
    ends at the '}' of the same indentation: clang-format keeps that true.
    """
    lines = path.read_text().splitlines()
    start, indent = None, ""
    for number, line in enumerate(lines, 1):
        stripped = line.rstrip()
        margin = stripped[: len(stripped) - len(stripped.lstrip())]
        if start is None:
            head = re.match(r"^( {0,4})[A-Za-z_~\[].*\)[^;]*\{$", stripped)
            control = re.match(r"^\s*(if|for|while|switch|namespace|struct|class|enum|union|extern|else|do|try)\b", stripped)
            if head and not control:
                start, indent = number, margin
        elif stripped in (indent + "}", indent + "};"):
            if number - start + 1 > MAX_FUNCTION_LINES:
                yield start, number - start + 1
            start = None


def check_tree(root):
    root = pathlib.Path(root)
    layers, faults = read_layers(root / "lib/LAYERS")
    folders = {p.name for p in (root / "lib").iterdir() if p.is_dir()} - {"include", "cmake"}
    for missing in sorted(folders - set(layers)):
        faults.append(f"lib/{missing} is not in lib/LAYERS")
    checked = 0
    for top in ("lib", "cli", "bench", "tests"):
        for path in sorted((root / top).rglob("*")):
            if path.suffix not in (".h", ".cpp") or not path.is_file():
                continue
            place = path.relative_to(root).as_posix()
            checked += 1
            if FORBIDDEN_NAMES.search(path.stem):
                faults.append(f"{place}: a name should say what is inside")
            for number, quoted, header in includes(path):
                fault = check_include(place, number, quoted, header, layers)
                if fault:
                    faults.append(fault)
            length = len(path.read_text().splitlines())
            if length > MAX_FILE_LINES:
                faults.append(f"{place}: {length} lines, at most {MAX_FILE_LINES}")
            for line, span in long_functions(path):
                faults.append(f"{place}:{line}: a function of {span} lines, at most {MAX_FUNCTION_LINES}")
    return checked, faults


def main():
    checked, faults = check_tree(sys.argv[1])
    for fault in faults:
        print(fault)
    print(f"{checked} files checked, {len(faults)} faults")
    if checked == 0:
        print("nothing was checked")
    return 1 if faults or checked == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
