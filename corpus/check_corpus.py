#!/usr/bin/env python3
"""Checks that the corpus is what its README promises.

Every label in copies.tsv is a claim about two texts (same words, a part of them, the same words
in other letters, hardly a phrase in common). Labels written by hand go wrong quietly, so each claim
is measured here on the articles themselves. Needs only the standard library; run from anywhere.
"""
import collections
import difflib
import html.parser
import json
import pathlib
import re
import sys
import unicodedata

HERE = pathlib.Path(__file__).resolve().parent
KNOWN = {"id": str, "title": str, "body": str, "date": str, "source": str, "author": str,
         "url": str, "lang": str}
KINDS = {"verbatim", "shortened", "rewrite", "lookalike", "hidden", "translation", "excerpt",
         "correction", "follow-up", "independent", "form"}
# A text of these kinds is made from the other's words, so long equal runs are expected.
COPIES = {"verbatim", "shortened", "lookalike", "hidden", "excerpt", "form"}
HIDDEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
LATIN = "aceopxyisjABCEHKMOPTX"
CYRILLIC = "асеорхуіѕјАВСЕНКМОРТХ"
TO_LATIN = dict(zip(CYRILLIC, LATIN)) | dict(zip("ονΑΒΕΗΙΚΜΝΟΡΤΧΥΖ", "ovABEHIKMNOPTXYZ"))
TO_CYRILLIC = dict(zip(LATIN, CYRILLIC))


class Page(html.parser.HTMLParser):
    """The heading and the paragraphs of one of our own pages."""

    def __init__(self):
        super().__init__()
        self.tag, self.title, self.paragraphs = "", "", []

    def handle_starttag(self, tag, attrs):
        if tag in ("h1", "p"):
            self.tag = tag
            if tag == "p":
                self.paragraphs.append("")

    def handle_endtag(self, tag):
        if tag == self.tag:
            self.tag = ""

    def handle_data(self, data):
        if self.tag == "h1":
            self.title += data
        elif self.tag == "p":
            self.paragraphs[-1] += data


def read_articles():
    """Key -> article (title, body, and whatever else the format carries), in file order."""
    articles, twice = {}, []

    def add(key, article):
        if key in articles:
            twice.append(key)
        articles[key] = article

    for path in sorted((HERE / "articles").rglob("*")):
        if not path.is_file():
            continue
        key = "corpus/" + path.relative_to(HERE).as_posix()
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".jsonl":
            for line in text.splitlines():
                article = json.loads(line)
                add(article["id"], article | {"format": "jsonl"})
        elif path.suffix == ".html":
            page = Page()
            page.feed(text)
            add(key, {"title": page.title, "body": "\n\n".join(page.paragraphs), "format": "html"})
        elif path.suffix == ".md":
            title, body = text.split("\n", 1)
            add(key, {"title": title.lstrip("# "), "body": body.strip(), "format": "md"})
        elif path.suffix == ".txt":
            first, _, rest = text.partition("\n")
            if len(first) > 120 or first.endswith((".", "!", "?", ",")) or rest[:1] != "\n":
                first, rest = "", text
            add(key, {"title": first, "body": rest.strip(), "format": "txt"})
        else:
            raise ValueError(f"{key}: expected jsonl, txt, md or html")
    return articles, twice


def rows(name):
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines]


def words(text):
    """Lower-case words without accents; hidden characters dropped, look-alikes left alone."""
    text = "".join(c for c in text if c not in HIDDEN)
    text = unicodedata.normalize("NFD", text.casefold())
    return re.findall(r"\w+", "".join(c for c in text if not unicodedata.combining(c)))


def runs(tokens, n):
    return {tuple(tokens[i:i + n]) for i in range(len(tokens) - n + 1)}


def equal_words(a, b):
    """How many words the two lists share in the same order."""
    blocks = difflib.SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks)


def scripts(word):
    names = {unicodedata.name(c, "?").split()[0] for c in word if c.isalpha()}
    return names & {"LATIN", "CYRILLIC", "GREEK"}


class Report:
    def __init__(self):
        self.passed, self.failed = 0, 0

    def check(self, what, problems, figure=""):
        problems = list(problems)
        if problems:
            self.failed += 1
            print(f"FAIL  {what}")
            for problem in problems[:10]:
                print(f"      {problem}")
        else:
            self.passed += 1
            print(f"ok    {what}" + (f" ({figure})" if figure else ""))


def at_least(**pairs):
    return [f"{name}: {have}, expected at least {want}" for name, (have, want) in pairs.items()
            if have < want]


def main():
    report = Report()
    articles, twice = read_articles()
    stories = {key: (story, lang) for key, story, lang in rows("stories.tsv")[1:]}
    topics = rows("topics.tsv")
    qrels = [line.split() for line in
             (HERE / "qrels.txt").read_text(encoding="utf-8").splitlines()]
    head, *copies = rows("copies.tsv")
    tokens = {key: words(article["body"]) for key, article in articles.items()}
    by_kind = collections.defaultdict(list)
    for copy, source, kind, _ in copies:
        by_kind[kind].append((copy, source))

    report.check("every key is there once and in stories.tsv",
                 twice + sorted(set(articles) ^ set(stories)), f"{len(articles)} articles")
    told = collections.Counter(story for story, _ in stories.values())
    report.check("enough articles and stories",
                 at_least(articles=(len(articles), 150), stories=(len(told), 25)),
                 f"{len(told)} stories")
    formats = collections.Counter(a["format"] for a in articles.values())
    report.check("every format is there",
                 at_least(txt=(formats["txt"], 5), md=(formats["md"], 5),
                          html=(formats["html"], 5), jsonl=(formats["jsonl"], 100)),
                 ", ".join(f"{n} {f}" for f, n in sorted(formats.items())))
    languages = collections.Counter(lang for _, lang in stories.values())
    report.check("every language is there",
                 at_least(de=(languages["de"], 6), fr=(languages["fr"], 6),
                          es=(languages["es"], 6), ru=(languages["ru"], 8))
                 + [f"{k}: lang {a['lang']}, stories.tsv says {stories[k][1]}"
                    for k, a in articles.items() if a.get("lang", stories[k][1]) != stories[k][1]],
                 ", ".join(f"{n} {lang}" for lang, n in sorted(languages.items())))
    lengths = {key: len(article["body"].split()) for key, article in articles.items()}
    report.check("80 to 300 words each", (f"{k}: {n}" for k, n in lengths.items()
                                          if not 80 <= n <= 300),
                 f"{sum(lengths.values())} words, {min(lengths.values())} to {max(lengths.values())}")
    report.check("known JSON keys have their type",
                 (f"{k}: {name}" for k, a in articles.items() for name, kind in KNOWN.items()
                  if name in a and not isinstance(a[name], kind)))
    dates = [a["date"] for a in articles.values() if "date" in a]
    form = r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d))?)?)?"
    report.check("dates are ISO 8601, some before 1677 and in 1916",
                 [d for d in dates if not re.fullmatch(form, d)]
                 + at_least(old=(sum(d < "1677" for d in dates), 1),
                            war=(sum(d.startswith("1916") for d in dates), 1)),
                 f"{min(dates)} to {max(dates)}")
    changed = {copy for kind in ("lookalike", "hidden") for copy, _ in by_kind[kind]}
    report.check("only look-alike copies have mixed words or hidden characters",
                 (f"{k}: {w!r}" for k, a in articles.items() if k not in changed
                  for w in re.findall(r"[\w" + HIDDEN + "]+", a["title"] + " " + a["body"])
                  if len(scripts(w)) > 1 or any(c in HIDDEN for c in w)))
    report.check("no control characters", (k for k, a in articles.items()
                                           if re.search(r"[\x00-\x09\x0b-\x1f\x7f]", a["body"])))

    report.check("topics: 40 or more, each id once, plain text",
                 at_least(topics=(len(topics), 40))
                 + [str(t) for t in topics if len(t) != 2 or not t[1].strip()]
                 + [t for t, n in collections.Counter(t[0] for t in topics).items() if n > 1],
                 f"{len(topics)} topics")
    answered = {q for q, _, _, grade in qrels if grade == "2"}
    pairs = collections.Counter((q, key) for q, _, key, _ in qrels)
    report.check("qrels: known topics, known keys, grades 0 to 2, an answer for every topic",
                 [" ".join(row) for row in qrels
                  if row[0] not in {t[0] for t in topics} or row[1] != "0"
                  or row[2] not in articles or row[3] not in ("0", "1", "2")]
                 + sorted({t[0] for t in topics} - answered)
                 + [str(pair) for pair, n in pairs.items() if n > 1], f"{len(qrels)} judgements")
    report.check("copies: known kinds and keys, no pair twice",
                 [str(head)] * (head != ["copy", "source", "kind", "note"])
                 + [f"{c} {s} {kind}" for c, s, kind, _ in copies
                    if kind not in KINDS or c not in articles or s not in articles or c == s]
                 + [str(p) for p, n in collections.Counter((c, s) for c, s, _, _ in copies).items()
                    if n > 1], f"{len(copies)} pairs")

    def share(copy, source):  # words of the copy that stand in the source, in order
        return equal_words(tokens[copy], tokens[source]) / len(tokens[copy])

    def kept(copy, source):  # words of the source that stand in the copy, in order
        return equal_words(tokens[copy], tokens[source]) / len(tokens[source])

    report.check("verbatim: 90 % of the source's words, and as much of the copy's",
                 (f"{c}: {kept(c, s):.2f} {share(c, s):.2f}" for c, s in by_kind["verbatim"]
                  if kept(c, s) < 0.9 or share(c, s) < 0.87), f"{len(by_kind['verbatim'])} pairs")
    report.check("shortened: 90 % of the copy's words, at most 85 % of the length",
                 (f"{c}: {share(c, s):.2f} {len(tokens[c]) / len(tokens[s]):.2f}"
                  for c, s in by_kind["shortened"]
                  if share(c, s) < 0.9 or len(tokens[c]) > 0.85 * len(tokens[s])),
                 f"{len(by_kind['shortened'])} pairs")
    report.check("rewrite: no run of 12 words, less than 60 % in order",
                 (f"{c}: {share(c, s):.2f}" for c, s in by_kind["rewrite"]
                  if share(c, s) > 0.6 or runs(tokens[c], 12) & runs(tokens[s], 12)),
                 f"{len(by_kind['rewrite'])} pairs")

    def unfolded(copy, source):
        problems = []
        for field in ("title", "body"):
            a, b = articles[copy][field], articles[source][field]
            table = TO_CYRILLIC if stories[copy][1] == "ru" else TO_LATIN
            fold = lambda text: "".join(table.get(c, c) for c in text)
            if fold(a) != fold(b):
                problems.append(f"{copy}: {field} differs after folding")
            if field == "body" and sum(x != y for x, y in zip(a, b)) < 0.02 * len(b):
                problems.append(f"{copy}: fewer than 2 % of the letters are swapped")
        return problems

    report.check("lookalike: equal to its source after folding, and not before",
                 (p for c, s in by_kind["lookalike"] for p in unfolded(c, s)),
                 f"{len(by_kind['lookalike'])} pairs")
    strip = lambda text: "".join(c for c in text if c not in HIDDEN)
    report.check("hidden: equal to its source without the hidden characters",
                 (c for c, s in by_kind["hidden"]
                  if strip(articles[c]["body"]) != articles[s]["body"]
                  or len(articles[c]["body"]) - len(articles[s]["body"]) < 10),
                 f"{len(by_kind['hidden'])} pairs")
    report.check("excerpt: a run of 12 words, but less than half of either",
                 (f"{c}: {share(c, s):.2f}" for c, s in by_kind["excerpt"]
                  if not runs(tokens[c], 12) & runs(tokens[s], 12)
                  or share(c, s) > 0.5 or kept(c, s) > 0.5), f"{len(by_kind['excerpt'])} pairs")
    report.check("form: most words equal, other numbers",
                 (f"{c}: {share(c, s):.2f}" for c, s in by_kind["form"]
                  if share(c, s) < 0.6 or {w for w in tokens[c] if w.isdigit()}
                  == {w for w in tokens[s] if w.isdigit()}), f"{len(by_kind['form'])} pairs")
    report.check("independent: at most two runs of 8 words in common",
                 (f"{c} {s}: {len(runs(tokens[c], 8) & runs(tokens[s], 8))}"
                  for c, s in by_kind["independent"]
                  if len(runs(tokens[c], 8) & runs(tokens[s], 8)) > 2),
                 f"{len(by_kind['independent'])} pairs")
    report.check("follow-ups and corrections are not older than what they follow",
                 (f"{c}: {articles[c]['date']} < {articles[s]['date']}"
                  for kind in ("follow-up", "correction") for c, s in by_kind[kind]
                  if "date" in articles[c] and "date" in articles[s]
                  and stories[c][0] != "archive"  # the letters are older than their finding
                  and articles[c]["date"][:10] < articles[s]["date"][:10]))

    # Whatever shares a run of 12 words must be linked, through one pair or several.
    group = {key: key for key in articles}

    def root(key):
        while group[key] != key:
            key = group[key]
        return key

    for copy, source, kind, _ in copies:
        if kind in COPIES | {"rewrite", "correction", "follow-up"}:
            group[root(copy)] = root(source)
    seen, unlinked = collections.defaultdict(set), set()
    for key, text in tokens.items():
        for run in runs(text, 12):
            for other in seen[run]:
                if root(other) != root(key):
                    unlinked.add(f"{other} and {key}: {' '.join(run)}")
            seen[run].add(key)
    report.check("no other pair shares a run of 12 words", sorted(unlinked))
    choir = [k for k, text in tokens.items() if stories[k][1] == "ru" and text.count("хор") >= 3]
    report.check("a Russian article has the word хор three times or more",
                 at_least(articles=(len(choir), 1)), ", ".join(choir))

    print()
    for kind in sorted(by_kind):
        print(f"{len(by_kind[kind]):5} {kind}")
    print(f"{report.passed} passed, {report.failed} failed")
    return 1 if report.failed else 0


if __name__ == "__main__":
    sys.exit(main())
