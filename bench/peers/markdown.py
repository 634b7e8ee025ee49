"""The figures as a table for docs/BENCHMARKS.md: geometric mean, arithmetic mean in brackets."""

import report

TITLES = {"stemma": "Stemma", "lucene": "Lucene", "tantivy": "Tantivy", "xapian": "Xapian",
          "fts5": "FTS5"}


def cell(row):
    if not row:
        return "–"
    return f"{report.number_text(row['geomean_us'])} ({report.number_text(row['mean_us'])})"


def table(rows, engines, slower):
    """One line a class and mode; `slower` maps (class, mode) to the number of slow queries."""
    by_key = {(row["class"], row["mode"], row["engine"]): row for row in rows}
    yield (f"| class | mode | {' | '.join(TITLES[name] for name in engines)} "
           "| Stemma / better of Tantivy, Lucene | slower queries | goal |")
    yield "|---|---|" + "---|" * (len(engines) + 3)
    for kind, mode in dict.fromkeys((row["class"], row["mode"]) for row in rows):
        found = {name: by_key.get((kind, mode, name)) for name in engines}
        parts = report.parts_of(found)
        ratios = "–" if None in parts else f"{parts[0]:.2f} ({parts[1]:.2f})"
        count = slower.get((kind, mode), 0)
        met = "–" if None in parts else "met" if report.goal_met(parts, mode, count) else "no"
        cells = " | ".join(cell(row) for row in found.values())
        yield f"| {kind} | {mode} | {cells} | {ratios} | {count} | {met} |"


def write(path, states, engines):
    """A table for each state measured."""
    with path.open("w", encoding="utf-8") as out:
        for state in states:
            pairs = dict.fromkeys((row["class"], row["mode"]) for row in state.rows)
            slower = {pair: report.slower_queries(state.queries, state.times, *pair)
                      for pair in pairs}
            lines = table(state.rows, engines, slower)
            out.write(f"{state.name}, µs\n\n" + "\n".join(lines) + "\n\n")
