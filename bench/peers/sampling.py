"""Queries drawn from the prepared articles with a fixed seed, so that they occur.

Words side by side in an article make the ANDs, ORs and phrases. Half of the single words are drawn
from running text, so common words come often; the other half evenly from the vocabulary. Words are
of Latin letters and digits only: query parsers disagree on what a letter is elsewhere.
"""

import collections
import datetime
import random

import articles
from queries import Query

SEED = 20_240_501
LEAST_FREQUENCY = 5
COMMON_WORDS = 50
KNOWN_PHRASES = ("to be or not to be", "the who", "of the", "it is the")
CLASSES = (
    "term", "and2", "and3", "and5", "or2", "or3", "or5", "phrase2", "phrase3", "phrase5",
    "common_phrase", "prefix", "not", "filter",
)


def is_plain(word):
    return all(("0" <= c <= "9") or (c < "\u0250" and c.isalpha()) for c in word)


class Sampler:
    def __init__(self, path):
        self.random = random.Random(SEED)
        self.rows = []
        frequency = collections.Counter()
        for _, day, source, words in articles.lines(path):
            self.rows.append((day, source, words))
            frequency.update(set(words.split(" ")))
        self.dated = [row for row in self.rows if row[0]]
        self.vocabulary = sorted(
            word for word, n in frequency.items() if n >= LEAST_FREQUENCY and is_plain(word)
        )
        ranked = sorted(frequency.items(), key=lambda item: (-item[1], item[0]))
        self.common = {word for word, _ in ranked[:COMMON_WORDS]}

    def ngram(self, length, rows=None, distinct=False):
        """Neighbouring words of a random article, and the article."""
        while True:
            row = self.random.choice(rows or self.rows)
            words = row[2].split(" ")
            if len(words) < length:
                continue
            first = self.random.randrange(len(words) - length + 1)
            chosen = words[first : first + length]
            if not all(is_plain(word) for word in chosen):
                continue
            if distinct and len(set(chosen)) < length:
                continue
            return chosen, row

    def term(self, turn):
        if turn % 2 and self.vocabulary:
            return Query(optional=[self.random.choice(self.vocabulary)])
        return Query(optional=self.ngram(1)[0])

    def common_phrase(self, turn):
        if turn < len(KNOWN_PHRASES):
            return Query(phrase=KNOWN_PHRASES[turn].split(" "))
        length = (2, 2, 3, 3, 4)[turn % 5]
        for _ in range(200_000):
            words, _ = self.ngram(length)
            if self.common.issuperset(words):
                return Query(phrase=words)
        return None

    def prefix(self, turn):
        while True:
            word = self.ngram(1)[0][0] if turn % 2 else self.random.choice(self.vocabulary)
            length = 3 + turn % 3
            if len(word) > length:
                return Query(prefix=word[:length])

    def excluding(self, _turn):
        words, _ = self.ngram(2, distinct=True)
        other = self.ngram(1)[0]
        return None if other[0] in words else Query(required=words, excluded=other)

    def filtered(self, turn):
        """Dates, a source, or both, around an article that has them, with one or two words."""
        with_days, with_source = turn % 3 != 1, turn % 3 != 0
        rows = self.dated if with_days and self.dated else self.rows
        words, (day, source, _) = self.ngram(1 + turn % 2, rows, distinct=True)
        query = Query(required=words, source=source if with_source else "")
        if with_days and day:
            query.days = self.days_around(day)
        return query if query.days or query.source else None

    def days_around(self, day):
        middle = datetime.date(day // 10000, day // 100 % 100, day % 100)
        reach = self.random.choice((7, 30, 120, 400))
        first, last = (middle + datetime.timedelta(days=by) for by in (-reach, reach))
        return int(first.strftime("%Y%m%d")), int(last.strftime("%Y%m%d"))

    def draw(self, kind, turn):
        if kind.startswith(("and", "or")):
            words, _ = self.ngram(int(kind[-1]), distinct=True)
            return Query(required=words) if kind.startswith("and") else Query(optional=words)
        if kind.startswith("phrase"):
            return Query(phrase=self.ngram(int(kind[-1]))[0])
        draw = {
            "term": self.term,
            "common_phrase": self.common_phrase,
            "prefix": self.prefix,
            "not": self.excluding,
            "filter": self.filtered,
        }[kind]
        return draw(turn)


def sample(path, per_class):
    """`per_class` different queries of each class, fewer where the articles do not hold so many."""
    sampler = Sampler(path)
    chosen = []
    for kind in CLASSES:
        found = {}
        for turn in range(per_class * 20):
            query = sampler.draw(kind, turn)
            if query:
                query.kind = kind
                found.setdefault(query.text(), query)
            if len(found) == per_class:
                break
        chosen += found.values()
    return chosen
