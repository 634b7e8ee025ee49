"""Queries apart from any engine's syntax, and how each engine wants them typed.

As text a query is written as in the search benchmark game: `a` a word, `+a +b` both, `a b` either,
`"a b"` a phrase, `+a +b -c` without c; and, our own, `abc*` words that begin so, `+a
date:20050101..20060630 source:name` with conditions.
"""

import dataclasses
import json
import re

import articles

PART = re.compile(r'"[^"]*"|\S+')


@dataclasses.dataclass
class Query:
    kind: str = ""  # class: term, and2, …
    required: list = dataclasses.field(default_factory=list)
    optional: list = dataclasses.field(default_factory=list)
    excluded: list = dataclasses.field(default_factory=list)
    phrase: list = dataclasses.field(default_factory=list)
    prefix: str = ""
    days: tuple = ()
    source: str = ""

    def text(self):
        parts = [f"+{word}" for word in self.required] + self.optional
        if self.phrase:
            parts.append(f'"{" ".join(self.phrase)}"')
        if self.prefix:
            parts.append(f"{self.prefix}*")
        parts += [f"-{word}" for word in self.excluded]
        if self.days:
            parts.append(f"date:{self.days[0]}..{self.days[1]}")
        if self.source:
            parts.append(f"source:{self.source}")
        return " ".join(parts)

    def shape(self):
        """The class by what the query is made of."""
        if self.days or self.source:
            return "filter"
        if self.excluded:
            return "not"
        for name, words in (("phrase", self.phrase), ("and", self.required), ("or", self.optional)):
            if len(words) > 1:
                return f"{name}{len(words)}"
        return "prefix" if self.prefix else "term"


def read_query(text):
    """Reads a query as text() writes it; None if nothing is left of it, or if parts mix."""
    query = Query()
    if any(mark + '"' in text for mark in "+-"):
        return None
    for part in PART.findall(text):
        if part.startswith("date:"):
            query.days = tuple(int(day) for day in part[5:].split(".."))
        elif part.startswith("source:"):
            query.source = part[7:]
        elif part.startswith('"'):
            query.phrase += articles.words_of(part)
        elif part.endswith("*"):
            query.prefix = "".join(articles.words_of(part))
        elif part.startswith("+"):
            query.required += articles.words_of(part)
        elif part.startswith("-"):
            query.excluded += articles.words_of(part)
        else:
            query.optional += articles.words_of(part)
    if len(query.phrase) == 1:
        query.optional, query.phrase = query.phrase, []
    if len(query.required) == 1 and not (query.days or query.source or query.excluded):
        query.optional, query.required = query.required, []
    kinds = [query.required, query.optional, query.phrase, query.prefix]
    if sum(1 for kind in kinds if kind) != 1:
        return None
    query.kind = query.shape()
    return query


def from_class(kind, text):
    """Plain words take the meaning of their class: `and3<TAB>a b c`."""
    words = articles.words_of(text)
    if any(sign in text for sign in '+"*:') or not words:
        return read_query(text)
    if kind.startswith("and") or kind == "filter":
        return read_query(" ".join(f"+{word}" for word in words))
    if kind == "not":
        return read_query(" ".join(f"+{word}" for word in words[:-1]) + f" -{words[-1]}")
    if "phrase" in kind:
        return read_query(f'"{" ".join(words)}"')
    return read_query(f"{words[0]}*" if kind == "prefix" else " ".join(words))


def read_queries(path, per_class):
    """Queries of a file: game JSON lines, or class<TAB>query; at most `per_class` of each class."""
    chosen = {}
    with open(path, encoding="utf-8") as file:
        for line in file:
            line = line.rstrip("\n")
            if line.startswith("{"):
                query = read_query(json.loads(line)["query"])
            else:
                kind, _, text = line.partition("\t")
                query = from_class(kind, text)
                if query:
                    query.kind = kind
            if query:
                chosen.setdefault(query.kind, {}).setdefault(query.text(), query)
    return [query for kind in chosen.values() for query in list(kind.values())[:per_class]]


def iso(day):
    return f"{day // 10000:04}-{day // 100 % 100:02}-{day % 100:02}"


def for_stemma(query):
    parts = list(query.required)
    if query.optional:
        parts.append(" OR ".join(query.optional))
    if query.phrase:
        parts.append(f'"{" ".join(query.phrase)}"')
    if query.prefix:
        parts.append(f"{query.prefix}*")
    parts += [f"-{word}" for word in query.excluded]
    if query.days:
        parts.append(f"date:{iso(query.days[0])}..{iso(query.days[1])}")
    if query.source:
        parts.append(f"source:{query.source}")
    return " ".join(parts)


def for_lucene(query):
    parts = [f"+{word}" for word in query.required] + query.optional
    if query.phrase:
        parts.append(f'"{" ".join(query.phrase)}"')
    if query.prefix:
        parts.append(f"{query.prefix}*")
    parts += [f"-{word}" for word in query.excluded]
    if query.days:
        parts.append(f"+date:[{query.days[0]} TO {query.days[1]}]")
    if query.source:
        parts.append(f"+source:{query.source}")
    return " ".join(parts)


def for_tantivy(query):
    """A prefix is a range of words: Tantivy has no other but a regular expression, slower by far."""
    if query.prefix:
        return f"words:[{query.prefix} TO {query.prefix}\U0010fffd]"
    return for_lucene(query)


def for_xapian(query):
    parts = [" AND ".join(query.required)] if query.required else []
    if query.optional:
        parts.append(" OR ".join(query.optional))
    if query.phrase:
        parts.append(f'"{" ".join(query.phrase)}"')
    parts += [f"NOT {word}" for word in query.excluded]
    if query.days:
        parts.append(f"date:{query.days[0]}..{query.days[1]}")
    if query.source:
        parts.append(f"source:{query.source}")
    if query.prefix:
        parts.append(f"{query.prefix}*")
    return " ".join(parts)


def for_fts5(query):
    """The WHERE clause; a word is in quotation marks so that none is an operator."""
    match = " AND ".join(f'"{word}"' for word in query.required)
    match += " OR ".join(f'"{word}"' for word in query.optional)
    if query.phrase:
        match += f'"{" ".join(query.phrase)}"'
    if query.prefix:
        match += f'"{query.prefix}"*'
    match += "".join(f' NOT "{word}"' for word in query.excluded)
    text = f"articles MATCH '{match}'"
    if query.days:
        text += f" AND facts.day BETWEEN {query.days[0]} AND {query.days[1]}"
    if query.source:
        text += f" AND facts.source = '{query.source}'"
    return text


TYPED = {
    "stemma": for_stemma,
    "lucene": for_lucene,
    "tantivy": for_tantivy,
    "xapian": for_xapian,
    "fts5": for_fts5,
}
