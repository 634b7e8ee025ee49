#!/usr/bin/env python3
"""./dev bench-archive: how fast an archive goes in, beside Tantivy and Xapian, in one run.

Everybody does an application's work: keys, titles and bodies stored, English stems, positions; Stemma
also keeps verbatim terms and a second, durable copy of each article. Engines take turns; each figure is
the median of the rounds. Checked: every engine holds all articles.
"""

import argparse
import json
import pathlib
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import articles  # noqa: E402
import engines  # noqa: E402
import report  # noqa: E402

STEMMA = engines.ROOT / "build/stemma"
PEER_STEMMA = engines.ROOT / "build/bench/peers/peer_stemma"
PEER_XAPIAN = engines.ROOT / "build/bench/peers/peer_archive_xapian"
FIGURES = re.compile(r"^(committed|merged|articles) ([0-9.]+)$", re.M)


def arguments():
    parser = argparse.ArgumentParser(prog="./dev bench-archive", description=__doc__)
    parser.add_argument("corpus", nargs="?", default=str(engines.ROOT / "corpus/articles"))
    parser.add_argument("--articles", type=int, default=0, help="only the first N")
    parser.add_argument("--engines", default="stemma,tantivy,xapian")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--memory", default="256M", help="Stemma's budget")
    return parser.parse_args()


def flat(text):
    return re.sub(r"[\t\r\n]+", " ", str(text or ""))


def write_inputs(options, folder):
    """The same articles as JSON Lines and as lines of key, title, body; their number and bytes."""
    number = size = 0
    with (folder / "articles.jsonl").open("wb") as lines, (folder / "articles.tsv").open("w") as flats:
        for line in articles.raw_lines(options.corpus):
            article = json.loads(line)
            key, title, body = (flat(article.get(name)) for name in ("id", "title", "body"))
            lines.write(json.dumps({"id": key, "title": title, "body": body}).encode() + b"\n")
            flats.write(f"{key}\t{title}\t{body}\n")
            size += len((title + body).encode())
            number += 1
            if number == options.articles:
                break
    return number, size


class Measured:
    """One program run to its end: what it printed, its time, its processor time and its memory."""

    def __init__(self, command):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        start = time.monotonic()
        process = subprocess.Popen([str(word) for word in command], stdout=subprocess.PIPE, text=True)
        self.private_kb = 0
        while process.poll() is None:
            self.private_kb = max(self.private_kb, private_kilobytes(process.pid))
            time.sleep(0.05)
        self.seconds = time.monotonic() - start
        self.output = process.stdout.read()
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        self.processor = (after.ru_utime - before.ru_utime) + (after.ru_stime - before.ru_stime)
        if process.returncode != 0:
            sys.exit(f"bench-archive: {' '.join(map(str, command))} failed: {self.output}")


def private_kilobytes(process):
    try:
        status = pathlib.Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0
    found = re.search(r"RssAnon:\s+(\d+)", status)
    return int(found.group(1)) if found else 0


def stemma(options, folder, target):
    index = Measured([STEMMA, "-d", target, "index", "--json", "--progress", "none", "--memory",
                      options.memory, folder / "articles.jsonl"])
    documents = json.loads(index.output.splitlines()[-1])["documents"]
    written = engines.folder_bytes(target)
    merge = Measured([PEER_STEMMA, "merge", target])
    return {"committed": index.seconds, "merged": index.seconds + merge.seconds,
            "processor": index.processor + merge.processor, "articles": documents,
            "private_mb": max(index.private_kb, merge.private_kb) / 1000, "committed_mb": written / 1e6}


def other(command):
    run = Measured(command)
    figures = {name: float(value) for name, value in FIGURES.findall(run.output)}
    return {**figures, "processor": run.processor, "private_mb": run.private_kb / 1000}


def measure(name, options, folder):
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        target = pathlib.Path(scratch) / "index"
        if name == "stemma":
            figures = stemma(options, folder, target)
        elif name == "tantivy":
            figures = other([engines.build("tantivy")[0], "archive", folder / "articles.tsv", target])
        else:
            figures = other([PEER_XAPIAN, folder / "articles.tsv", target])
        figures["merged_mb"] = engines.folder_bytes(target) / 1e6
        if name == "stemma":
            figures["segments_mb"] = engines.folder_bytes(target / "segments") / 1e6
        return figures


def main():
    options = arguments()
    names = options.engines.split(",")
    engines.BUILD.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=engines.BUILD) as scratch:
        folder = pathlib.Path(scratch)
        number, size = write_inputs(options, folder)
        runs = {name: [] for name in names}
        for turn in range(options.rounds):
            for name in names:
                if name == "xapian" and turn > 0:
                    continue  # once: it takes as long as all others together
                print(f"==> round {turn + 1}: {name}", file=sys.stderr, flush=True)
                figures = measure(name, options, folder)
                if figures["articles"] != number:
                    sys.exit(f"bench-archive: {name} holds {figures['articles']} of {number} articles")
                runs[name].append(figures)
    rows = [{"engine": name, **{key: round(statistics.median(run[key] for run in found), 2)
                                for key in found[0]}} for name, found in runs.items()]
    print(f"{number} articles, {size / 1e6:.1f} MB of text; {report.machine()}")
    for row in rows:
        print(f"{row['engine']:8} committed {row['committed']:7.1f} s, merged {row['merged']:7.1f} s, "
              f"processor {row['processor']:7.1f} s, private {row['private_mb']:6.0f} MB, "
              f"on disk {row['merged_mb']:6.0f} MB")
    result = engines.ROOT / "build/bench-archive.json"
    result.write_text(json.dumps({"articles": number, "text_bytes": size, "rows": rows}, indent=1) + "\n")


if __name__ == "__main__":
    main()
