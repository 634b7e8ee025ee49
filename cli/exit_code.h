// What the command tells its caller when it ends. Scripts rely on these: they never change.
#pragma once

namespace stemma::command {

using ExitCode = int;

inline constexpr ExitCode kDone = 0;           ///< hits, or done
inline constexpr ExitCode kNothing = 1;        ///< nothing found
inline constexpr ExitCode kUsage = 2;          ///< wrong arguments, or a query error under --strict
inline constexpr ExitCode kNoIndex = 3;        ///< no index, or one of another version
inline constexpr ExitCode kLocked = 4;         ///< another writer holds the index
inline constexpr ExitCode kDamaged = 5;        ///< stored bytes fail their checks
inline constexpr ExitCode kPartly = 6;         ///< done, but some inputs failed
inline constexpr ExitCode kRefused = 7;        ///< the operating system refused, or time ran out
inline constexpr ExitCode kInterrupted = 130;  ///< Ctrl-C

inline constexpr char kExitCodeHelp[] =
    "Exit codes: 0 hits or done, 1 nothing found, 2 usage (or a query error with --strict),\n"
    "  3 no index or one of another version, 4 locked by another writer, 5 damaged,\n"
    "  6 done but some inputs failed, 7 refused by the system or out of time, 130 interrupted.\n";

}  // namespace stemma::command
