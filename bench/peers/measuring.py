"""Checks first, then times: every engine answers the same queries, one query after the other."""

import itertools
import statistics

from queries import TYPED

WANTED = {"top10": 10, "top100": 100, "top10_count": 10, "count": 0}  # hits in each mode
MODES = tuple(WANTED)
RUNS_IN_A_ROW = 3
WARM_EXECUTIONS = 3_000  # a mode; enough for the JVM's second compiler
RELATIVE_TOLERANCE = 1e-9


def same_counts(processes, query):
    """None, or what the engines count if they disagree."""
    counts = {}
    for process in processes:
        for mode in ("count", "top10_count"):
            typed = TYPED[process.name](query)
            counts[f"{process.name} {mode}"] = process.hits("SHOW", mode, typed)[0]
    if len(set(counts.values())) == 1:
        return None
    found = ", ".join(f"{name} {count}" for name, count in counts.items())
    return f"counts differ: {query.kind}: {query.text()}: {found}"


def exhaustive_differs(stemma, query):
    """Every mode's hits begin the exhaustive best hundred; the counts are compared elsewhere."""
    typed = TYPED["stemma"](query)
    slow = stemma.hits("ORACLE", "top100", typed)[1]
    for mode, wanted in WANTED.items():
        fast = stemma.hits("SHOW", mode, typed)[1]
        if fast != slow[:wanted]:
            return (f"not the exhaustive answer: {query.kind}, {mode}: {query.text()}: "
                    f"{fast}, exhaustive {slow[:wanted]}")
    return None


def scores_differ(stemma, xapian, query):
    """By rank: equal scores may stand in another order. Xapian is exact when it counts all."""
    ours, theirs = (
        [float(score) for _, score in process.hits(
            "SHOW", "top10_count", TYPED[process.name](query))[1]]
        for process in (stemma, xapian)
    )
    close = len(ours) == len(theirs) and all(
        abs(a - b) <= RELATIVE_TOLERANCE * max(abs(a), abs(b)) for a, b in zip(ours, theirs)
    )
    if close:
        return None
    return f"scores differ: {query.kind}: {query.text()}: Stemma {ours}, Xapian {theirs}"


def check(processes, queries, exhaustive, progress):
    """All disagreements, as text; without `exhaustive` Stemma is not asked the slow way too."""
    named = {process.name: process for process in processes}
    stemma, xapian = named.get("stemma"), named.get("xapian")
    problems = []
    for number, query in enumerate(queries):
        if number % 100 == 0:
            progress(number)
        problems.append(same_counts(processes, query))
        if stemma and exhaustive:
            problems.append(exhaustive_differs(stemma, query))
        if stemma and xapian:
            problems.append(scores_differ(stemma, xapian, query))
    return [problem for problem in problems if problem]


def warm(processes, queries, modes):
    """The JVM needs thousands of executions; each engine gets a pass over all queries."""
    for process in processes:
        passes = -(-WARM_EXECUTIONS // len(queries)) if process.name == "lucene" else 1
        for _, mode, query in itertools.product(range(passes), modes, queries):
            process.time(mode, 1, TYPED[process.name](query))


def measure(processes, queries, modes, rounds, progress):
    """{(query number, mode, engine): (median microseconds of the rounds, count)}.

    A round's time is the least of a few runs in a row; engines take turns query by query.
    """
    times = {}
    counts = {}
    typed = [{process.name: TYPED[process.name](query) for process in processes}
             for query in queries]
    for turn in range(rounds):
        progress(turn)
        for (number, _), mode in itertools.product(enumerate(queries), modes):
            for process in processes:
                key = number, mode, process.name
                took, counts[key] = process.time(mode, RUNS_IN_A_ROW, typed[number][process.name])
                times.setdefault(key, []).append(took / 1000)
    return {key: (statistics.median(found), counts[key]) for key, found in times.items()}
