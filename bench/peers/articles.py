"""Articles as every engine gets them: lower-case words, one space between, date and source aside.

One line an article: number, date as YYYYMMDD or 0, source, words. A word is a run of letters and
digits in the lower-case text; the few longer than 64 bytes are left out (Xapian has a limit). The
source is one word too, its letters and digits joined, so that it means the same to each engine.
"""

import hashlib
import json
import pathlib
import re
import subprocess

WORD = re.compile(r"[^\W_]+")
DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
LONGEST_WORD_BYTES = 64


def words_of(text):
    found = WORD.findall(text.lower())
    return [word for word in found if len(word) <= 16 or len(word.encode()) <= LONGEST_WORD_BYTES]


def day_of(date):
    """20050314 for an ISO date that names a day, else 0."""
    match = DAY.match(str(date or ""))
    return int("".join(match.groups())) if match else 0


def raw_lines(path):
    """The lines of a .jsonl or .jsonl.zst file, or of all .jsonl files in a folder."""
    path = pathlib.Path(path)
    if path.is_dir():
        for file in sorted(path.glob("*.jsonl")):
            yield from raw_lines(file)
    elif path.suffix == ".zst":
        with subprocess.Popen(["zstd", "-dcq", path], stdout=subprocess.PIPE) as zstd:
            yield from zstd.stdout
            zstd.stdout.close()
    else:
        with path.open("rb") as file:
            yield from file


def prepare(corpus, limit, target):
    """Writes at most `limit` articles (0: all) to `target`; returns how many."""
    partial = target.with_suffix(".partial")
    number = 0
    with partial.open("w", encoding="utf-8") as out:
        for line in raw_lines(corpus):
            article = json.loads(line)
            words = words_of(f"{article.get('title') or ''} {article.get('body') or ''}")
            if not words:
                continue
            number += 1
            source = "".join(words_of(str(article.get("source") or "")))[:40] or "none"
            out.write(f"{number}\t{day_of(article.get('date'))}\t{source}\t{' '.join(words)}\n")
            if number == limit:
                break
    partial.rename(target)
    return number


def prepared(corpus, limit, folder):
    """The prepared file for this corpus and limit below `folder`, made if it is not there."""
    corpus = pathlib.Path(corpus).resolve()
    files = sorted(corpus.glob("*.jsonl")) if corpus.is_dir() else [corpus]
    marks = [f"{file} {file.stat().st_size} {int(file.stat().st_mtime)}" for file in files]
    here = pathlib.Path(__file__).read_bytes()
    digest = hashlib.sha256("\n".join(marks).encode() + here).hexdigest()[:8]
    name = f"{corpus.name.split('.')[0]}-{limit or 'all'}-{digest}"
    target = folder / name / "articles.tsv"
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        prepare(corpus, limit, target)
    return target


def lines(path):
    """(number, day, source, words) of each prepared article."""
    with open(path, encoding="utf-8") as file:
        for line in file:
            number, day, source, words = line.rstrip("\n").split("\t")
            yield int(number), int(day), source, words
