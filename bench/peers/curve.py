"""Cost over size: Stemma, merged, on the first articles of one corpus, the same queries each."""

import argparse

import articles
import engines
import report
import runs

SIZES = (20_000, 50_000, 0)  # 0: all


def draw_curve(options, command):
    """Prints the geometric means a class and size; returns rows with their "articles"."""
    prepared = [articles.prepared(options.corpus, size, engines.BUILD) for size in SIZES]
    queries = runs.chosen_queries(options, prepared[0])
    rows = []
    alone = argparse.Namespace(**{**vars(options), "smoke": True})
    for file in prepared:
        made, _ = runs.indexed({"stemma": command}, file, ["merged"], options.rebuild)
        state = runs.State(alone, made, queries, "merged")
        count = sum(1 for _ in articles.lines(file))
        rows += ({**row, "articles": count} for row in state.rows)
    sizes = list(dict.fromkeys(row["articles"] for row in rows))
    figures = {(row["mode"], row["class"], row["articles"]): row["geomean_us"] for row in rows}
    for mode in options.modes:
        print(f"\nStemma, {mode}: geometric mean, us, by number of articles")
        print(f"{'class':14}" + "".join(f"{size:>10}" for size in sizes) + f"{'growth':>10}")
        for kind in dict.fromkeys(row["class"] for row in rows):
            times = [figures[mode, kind, size] for size in sizes]
            cells = "".join(f"{report.number_text(time):>10}" for time in times)
            print(f"{kind:14}{cells}{times[-1] / times[0]:>10.1f}")
    return rows
