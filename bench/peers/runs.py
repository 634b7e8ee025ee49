"""What a run is made of: queries chosen, indexes made, one state of them checked and measured."""

import hashlib
import pathlib
import sys

import engines
import measuring
import queries as query_texts
import report
import sampling

PARALLEL_SECONDS = 3


def say(text):
    print(f"==> {text}", file=sys.stderr, flush=True)


def chosen_queries(options, prepared):
    """Those of the file given, or samples of the prepared articles, kept beside them."""
    if options.queries:
        found = query_texts.read_queries(options.queries, options.per_class)
    else:
        mark = hashlib.sha256(pathlib.Path(sampling.__file__).read_bytes()).hexdigest()[:8]
        kept = prepared.with_name(f"queries-{options.per_class}-{mark}.tsv")
        if not kept.exists():
            say("sampling queries")
            found = sampling.sample(prepared, options.per_class)
            lines = [f"{query.kind}\t{query.text()}\n" for query in found]
            kept.write_text("".join(lines), encoding="utf-8")
        found = query_texts.read_queries(kept, options.per_class)
    found = [query for query in found if not options.classes or query.kind in options.classes]
    if not found:
        sys.exit("bench-peers: no queries")
    return found


def indexed(commands, prepared, states, again):
    """Engines with their indexes in each state, and what the indexes cost."""
    made, costs = [], []
    for name, command in commands.items():
        engine = engines.Engine(name, command, prepared)
        for state in engines.STATES[: 2 if "merged" in states else 1]:
            say(f"indexing {name}, {state}")
            seconds, size = engine.index(state, name in again)
            costs.append({"engine": name, "state": state, "seconds": seconds, "bytes": size})
        made.append(engine)
    return made, costs


class State:
    """Every engine on one state of its index: the answers checked, then measured."""

    def __init__(self, options, made, queries, state):
        self.queries = queries
        self.name = state
        processes = []
        try:
            processes += (engines.Process(engine, state) for engine in made)
            self.versions = {
                process.name: {"version": process.version, "segments": process.segments}
                for process in processes
            }
            self.check(processes, not options.unproved)
            say(f"{state}: warming")
            measuring.warm(processes, queries, options.modes)
            self.times = measuring.measure(
                processes, queries, options.modes, options.rounds,
                lambda turn: say(f"{state}: round {turn + 1} of {options.rounds}"),
            )
            self.per_second = {} if options.smoke else self.throughput(processes, made)
        finally:
            for process in processes:
                process.close()
        self.rows = report.rows_of(queries, self.times, state)

    def check(self, processes, exhaustive):
        count = len(self.queries)
        problems = measuring.check(
            processes, self.queries, exhaustive,
            lambda number: say(f"{self.name}: checking query {number + 1} of {count}"),
        )
        if problems:
            print("\n".join(problems[:50]))
            sys.exit(f"bench-peers: {len(problems)} disagreements, nothing was timed")

    def throughput(self, processes, made):
        """{engine: {threads: best tens a second}} of those whose searcher threads can share."""
        found = {}
        for process, engine in zip(processes, made):
            file = engine.folder / "parallel.txt"
            typed = [query_texts.TYPED[process.name](query) for query in self.queries]
            file.write_text("\n".join(typed) + "\n", encoding="utf-8")
            try:
                found[process.name] = {
                    threads: float(process.ask("PARALLEL", threads, PARALLEL_SECONDS, file)[0])
                    for threads in (1, 2)
                }
            except engines.Failure:
                continue
        return found
