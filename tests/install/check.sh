#!/usr/bin/env bash
# check.sh BUILD PROGRAM COMPILER [FLAGS…]: the installed library must serve a program that knows
# nothing of the source tree.
set -euo pipefail
build=$1 program=$2 compiler=$3
flags="${*:4}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cmake --install "$build" --prefix "$work/usr" >/dev/null
cp -r "$program" "$work/program"

cmake -S "$work/program" -B "$work/by-cmake" -DCMAKE_PREFIX_PATH="$work/usr" \
  -DCMAKE_CXX_COMPILER="$compiler" -DCMAKE_CXX_FLAGS="$flags" >/dev/null
cmake --build "$work/by-cmake" >/dev/null
"$work/by-cmake/program" "$work/index-1"

export PKG_CONFIG_PATH="$work/usr/lib/pkgconfig:$(echo "$work"/usr/lib/*/pkgconfig)"
# shellcheck disable=SC2046,SC2086 # flags are words
"$compiler" -std=c++20 $flags "$work/program/main.cpp" $(pkg-config --cflags --libs stemma) -o "$work/by-pkg-config"
"$work/by-pkg-config" "$work/index-2"
echo "2 passed, 0 failed"
