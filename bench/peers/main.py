#!/usr/bin/env python3
"""./dev bench-peers: Stemma beside Tantivy, Lucene, Xapian and SQLite FTS5, on the same words.

README.md in this folder says how it measures. Answers are checked before anything is timed.
"""

import argparse
import datetime
import os
import sys

import articles
import curve
import engines
import markdown
import measuring
import plot
import report
import runs
from runs import say

BUILD = engines.ROOT / "build"


def arguments():
    parser = argparse.ArgumentParser(prog="./dev bench-peers", description=__doc__)
    parser.add_argument("corpus", nargs="?", default=str(engines.ROOT / "corpus/articles"),
                        help=".jsonl or .jsonl.zst, or a folder of .jsonl (default: corpus/)")
    parser.add_argument("queries", nargs="?", help="search benchmark game lines, or class<TAB>query")
    parser.add_argument("--articles", type=int, default=0, help="only the first N")
    parser.add_argument("--per-class", type=int, default=40, help="queries a class")
    parser.add_argument("--engines", default=",".join(engines.NAMES), type=names_in(engines.NAMES))
    parser.add_argument("--classes", default="", type=lambda text: text.split(",") if text else [])
    parser.add_argument("--modes", default=",".join(measuring.MODES),
                        type=names_in(measuring.MODES))
    parser.add_argument("--state", default="merged", choices=[*engines.STATES, "both"])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--rebuild", default="", type=lambda text: text.split(","),
                        help="engines to index again")
    parser.add_argument("--unproved", action="store_true",
                        help="do not ask Stemma's exhaustive executor: quicker, no proof")
    parser.add_argument("--curve", action="store_true", help="Stemma at 20k, 50k, 200k articles")
    parser.add_argument("--smoke", action="store_true", help="tiny, with the engines there are")
    options = parser.parse_args()
    if options.smoke:
        options.per_class, options.rounds = 2, 1
    return options


def names_in(known):
    def read(text):
        found = text.split(",")
        unknown = set(found) - set(known)
        if unknown:
            raise argparse.ArgumentTypeError(f"{', '.join(unknown)}: none of {', '.join(known)}")
        return found

    return read


def built(names):
    """The engines this machine can build, and why not the others."""
    commands, missing = {}, {}
    for name in names:
        try:
            say(f"building {name}")
            commands[name] = engines.build(name)
        except engines.Missing as reason:
            missing[name] = str(reason)
            say(f"SKIPPED {name}: {reason}")
    return commands, missing


def main():
    options = arguments()
    os.environ.setdefault("LC_ALL", "C.UTF-8")
    commands, missing = built(options.engines)
    prepared = articles.prepared(options.corpus, options.articles, engines.BUILD)
    states = engines.STATES if options.state == "both" else [options.state]
    made, costs = runs.indexed(commands, prepared, states, options.rebuild)
    queries = runs.chosen_queries(options, prepared)
    measured = []
    for name in states:
        state = runs.State(options, made, queries, name)
        measured.append(state)
        print("\n".join(report.table_lines(queries, state.times, state.rows, name, list(commands))))
        print("\n".join(report.throughput_lines(state.per_second, name)))
    facts = {
        "date": datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds"),
        "machine": report.machine(), "corpus": prepared.parent.name,
        "articles": sum(1 for _ in articles.lines(prepared)), "rounds": options.rounds,
        "engines": {state.name: state.versions for state in measured}, "missing": missing,
        "indexes": costs, "per_second": {state.name: state.per_second for state in measured},
    }
    if options.curve and "stemma" in commands:
        facts["curve"] = curve.draw_curve(options, commands["stemma"])
    result = BUILD / ("bench-peers-smoke" if options.smoke else "bench-peers")
    rows = [row for state in measured for row in state.rows]
    report.write_json(result.with_suffix(".json"), rows, len(commands) > 1, facts)
    report.write_queries(result.with_name(f"{result.name}-queries.tsv"), measured)
    markdown.write(result.with_suffix(".md"), measured, list(commands))
    plot.write(result.with_suffix(".svg"), rows, states[-1])
    lacking = [name for name in report.RIVALS if name not in commands]
    if lacking:
        print(f"\nNOT A RESULT: without {' and '.join(lacking)}")
        if not options.smoke:
            sys.exit(1)


if __name__ == "__main__":
    main()
