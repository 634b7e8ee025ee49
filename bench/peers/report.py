"""The figures as rows, as a table of ratios, and as files."""

import json
import math
import os
import platform
import statistics

SLOWER = 1.5
SLOWER_BY_US = 5
RIVALS = ("tantivy", "lucene")
# What the goal asks for: the part of the better rival's time, geometric and arithmetic mean.
GOALS = {"top10": 1 / 3, "top100": 1 / 2, "top10_count": 1 / 2, "count": 1 / 2}


def geomean(times):
    return math.exp(statistics.fmean(math.log(max(time, 1e-3)) for time in times))


def quantile(times, part):
    ordered = sorted(times)
    return ordered[round(part * (len(ordered) - 1))]


def rows_of(queries, times, state):
    """One row for each class, mode and engine, in the order measured."""
    groups = {}
    for (number, mode, engine), (took, _) in times.items():
        groups.setdefault((queries[number].kind, mode, engine), []).append(took)
    return [
        {
            "class": kind,
            "mode": mode,
            "engine": engine,
            "queries": len(found),
            "geomean_us": round(geomean(found), 3),
            "mean_us": round(statistics.fmean(found), 3),
            "p50_us": round(statistics.median(found), 3),
            "p99_us": round(quantile(found, 0.99), 3),
            "max_us": round(max(found), 3),
            "state": state,
        }
        for (kind, mode, engine), found in groups.items()
    ]


def slower_queries(queries, times, kind, mode):
    """Queries of a class in which Stemma is well behind the better rival."""
    behind = 0
    for number, query in enumerate(queries):
        ours = times.get((number, mode, "stemma"))
        rivals = [times[number, mode, name][0] for name in RIVALS if (number, mode, name) in times]
        if query.kind != kind or not ours or not rivals:
            continue
        best = min(rivals)
        behind += ours[0] > SLOWER * best and ours[0] > best + SLOWER_BY_US
    return behind


def ratio(row, others, figure):
    """Stemma's figure as a part of the best of `others`; None if there are none."""
    found = [other[figure] for other in others if other]
    return row[figure] / min(found) if row and found else None


def parts_of(found):
    """Stemma's part of the better rival's geometric and arithmetic mean; None without either."""
    rivals = [found.get(name) for name in RIVALS]
    return [ratio(found.get("stemma"), rivals, figure) for figure in ("geomean_us", "mean_us")]


def goal_met(parts, mode, slower):
    return max(parts) <= GOALS[mode] and slower == 0


def number_text(value):
    return f"{value:.1f}" if value < 100 else f"{value:.0f}"


def table_lines(queries, times, rows, state, engines):
    """A table a mode: geometric mean (mean) in microseconds, and Stemma's part of the better of
    Tantivy and Lucene."""
    by_key = {(row["class"], row["mode"], row["engine"]): row for row in rows}
    kinds = list(dict.fromkeys(row["class"] for row in rows))
    modes = list(dict.fromkeys(row["mode"] for row in rows))
    for mode in modes:
        yield ""
        yield f"{mode}, {state}: geometric mean (mean), us"
        yield f"{'class':14}" + "".join(f"{name:>18}" for name in engines) + (
            f"{'geo':>7}{'mean':>7}  goal  slow {'xapian/':>8}"
        )
        for kind in kinds:
            found = {name: by_key.get((kind, mode, name)) for name in engines}
            yield class_line(kind, mode, found, slower_queries(queries, times, kind, mode))


def class_line(kind, mode, found, slower):
    cells = "".join(
        f"{number_text(row['geomean_us']) + ' (' + number_text(row['mean_us']) + ')':>18}"
        if row else f"{'-':>18}" for row in found.values()
    )
    parts = parts_of(found)
    line = f"{kind:14}{cells}"
    if None in parts:
        return line
    met = "met" if goal_met(parts, mode, slower) else "-"
    xapian = ratio(found.get("stemma"), [found.get("xapian")], "geomean_us")
    line += f"{parts[0]:7.2f}{parts[1]:7.2f}  {met:4} {slower:5}"
    return line + (f" {1 / xapian:8.1f}" if xapian else "")


def throughput_lines(per_second, state):
    if per_second:
        yield ""
        yield f"best tens a second, {state}, all queries in turn, threads on one searcher"
    for name, found in per_second.items():
        yield f"{name:14}" + "".join(f"{threads} threads {rate:9.0f}  "
                                     for threads, rate in found.items())


def machine():
    model = ""
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as info:
            model = next((line.split(":")[1].strip() for line in info if "model name" in line), "")
    except OSError:
        pass
    return {"cpu": model, "cores": os.cpu_count(), "kernel": platform.release()}


def write_json(path, rows, agree, facts):
    document = {"rows": rows, "counts_agree": agree, **facts}
    path.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n")


def write_queries(path, states):
    """Each query's figure in each state measured: to find the slow ones."""
    with path.open("w", encoding="utf-8") as out:
        out.write("class\tmode\tstate\tquery\tengine\tmedian_us\tcount\n")
        for state in states:
            for (number, mode, engine), (took, count) in state.times.items():
                query = state.queries[number]
                out.write(f"{query.kind}\t{mode}\t{state.name}\t{query.text()}\t{engine}\t{took:.2f}\t"
                          f"{count}\n")
