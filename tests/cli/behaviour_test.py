#!/usr/bin/env python3
"""What a transcript cannot show: exit codes, locks, interrupts, closed pipes, hostile articles."""
import json
import os
import random
import signal
import subprocess
import sys
import time

import running


def start(place, *words, **options):
    return subprocess.Popen([place.stemma, *words], cwd=place.folder, env=place.environment,
                            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                            **options)


def start_writer(place):
    """A writer that holds the lock: it waits for the rest of its standard input."""
    writer = start(place, "index", "-")
    writer.stdin.write(b'{"id":"late","body":"late words"}\n' * 20000)
    writer.stdin.flush()
    deadline = time.monotonic() + 30
    while place.run("delete", "nobody").returncode != 4:
        assert time.monotonic() < deadline, "the writer never took the lock"
    return writer


def test_a_second_writer_is_told_who_holds_the_index(place):
    place.index()
    writer = start_writer(place)
    for words in (("index", "archive.jsonl"), ("delete", "guns-1"), ("rebuild",), ("check",)):
        done = place.run(*words)
        assert done.returncode == 4, (words, done)
        assert str(writer.pid).encode() in done.stderr, (words, done.stderr)
    assert place.run("search", "train").returncode == 0
    writer.communicate(timeout=60)
    assert writer.returncode == 0
    assert place.run("search", "late").returncode == 0


def test_a_writer_can_wait_for_another(place):
    place.index()
    writer = start_writer(place)
    waiting = start(place, "delete", "guns-1", "--wait", "60")
    writer.communicate(timeout=60)
    out, err = waiting.communicate(timeout=60)
    assert waiting.returncode == 0, (out, err)


def test_an_interrupted_run_leaves_the_last_commit(place):
    place.index()
    writer = start_writer(place)
    writer.send_signal(signal.SIGINT)
    out, err = writer.communicate(timeout=60)
    assert writer.returncode == 130, (writer.returncode, out, err)
    assert b"interrupted" in err
    assert place.run("search", "late").returncode == 1
    assert place.run("check").returncode == 0


def test_a_closed_pipe_ends_quietly(place):
    lines = "".join(json.dumps({"id": f"k{i}", "title": "same " * 40, "body": "train"}) + "\n"
                    for i in range(3000))
    place.write("many.jsonl", lines)
    place.index("many.jsonl")
    process = start(place, "search", "train", "-n", "3000")
    process.stdout.readline()
    process.stdout.close()
    assert process.wait(timeout=60) == 0
    assert process.stderr.read() == b""


def test_a_full_disk_is_an_error(place):
    place.index()
    with open("/dev/full", "wb") as full:
        done = subprocess.run([place.stemma, "search", "train"], cwd=place.folder, stdout=full,
                              env=place.environment, stderr=subprocess.PIPE)
    assert done.returncode == 7, done


def test_the_environment_cannot_change_the_store(place):
    place.index(env={"XAPIAN_FLUSH_THRESHOLD": "1", "XAPIAN_MAX_CHANGESETS": "7"})
    assert place.run("check").returncode == 0


def test_every_json_line_parses_and_sums_are_exact(place):
    place.index()
    for query in ("train", "river OR flood OR letters", "tra* letters", '~"armoured trains"', "хор"):
        done = place.run("search", "--json", "--explain", query)
        records = [json.loads(line) for line in done.stdout.splitlines()]
        assert records[0]["type"] == "header" and records[-1]["type"] == "footer"
        assert all(record["v"] == 1 for record in records)
        hits = records[1:-1]
        assert records[0]["total"] == len(hits) == records[-1]["hits"]
        for rank, hit in enumerate(hits, 1):
            assert hit["rank"] == rank
            total = 0.0
            for part in hit["explanation"]["parts"]:
                total += part["value"]
            assert total == hit["explanation"]["value"] == hit["score"], hit
            text = hit["snippet"]["text"].encode()
            for begin, end in hit["snippet"]["highlights"]:
                assert text[begin:end].decode()


def test_trec_ranks_count_from_one_and_scores_never_rise(place):
    place.index()
    place.write("topics.tsv", "a\ttrain letters river\nb\tflood year\n")
    done = place.run("search", "--topics", "topics.tsv", "--format", "trec", "--any")
    runs = {}
    for line in done.stdout.decode().splitlines():
        topic, q0, key, rank, score, tag = line.split()
        assert (q0, tag) == ("Q0", "stemma")
        runs.setdefault(topic, []).append((int(rank), float(score)))
    assert set(runs) == {"a", "b"}
    for ranks in runs.values():
        assert [rank for rank, _ in ranks] == list(range(1, len(ranks) + 1))
        assert all(ranks[i][1] >= ranks[i + 1][1] for i in range(len(ranks) - 1))


def forbidden(text):
    """Characters that must never leave, but line ends and tabs."""
    for c in text:
        n = ord(c)
        if ((n < 0x20 and c not in "\n\t") or 0x7F <= n <= 0x9F or n in (0x61C, 0x200E, 0x200F)
                or 0x202A <= n <= 0x202E or 0x2066 <= n <= 0x2069):
            return c
    return None


def test_hostile_articles_print_no_control_character(place):
    chance = random.Random(7)
    nasty = ["\x1b[2J", "\x1b]0;owned\x07", "\x9b31m", "\x07", "\x08", "\u202e", "\u2066", "\u200f",
             "\x7f", "\x85", "\x00", "\r", "\t", "\n", "\x1b]52;c;aGk=\x07", "word", "é", "\u061c"]
    def text():
        return "".join(chance.choice(nasty) for _ in range(chance.randrange(1, 8)))
    lines = [json.dumps({"id": f"{i}{text()}", "title": text(), "body": "train " + text(),
                         "source": text(), "author": text(), "date": text(), text(): text()})
             for i in range(1000)]
    place.write("hostile.jsonl", "\n".join(lines) + "\n")
    done = place.run("index", "hostile.jsonl")
    assert done.returncode in (0, 6), done
    outputs = [done.stderr, done.stdout]
    for words in (("--format", "human"), ("--format", "plain"), ("--json",), ("--ids",)):
        done = place.run("search", "train", "-n", "2000", *words)
        outputs += [done.stdout, done.stderr]
    keys = place.run("search", "-0", "train", "-n", "5").stdout.split(b"\0")[:-1]
    for key in keys:
        done = place.run("show", "--", key)
        assert done.returncode in (0, 1), done
        outputs += [done.stdout, done.stderr]
    outputs.append(place.run("search", "\x1b[2J\u202e(").stderr)
    for output in outputs:
        assert forbidden(output.decode()) is None, repr(forbidden(output.decode()))


def test_odd_arguments_never_crash(place):
    place.index()
    chance = random.Random(11)
    pieces = ["search", "train", "-n", "--json", "-0", "--", "-", "--offset", "99", "-d", ".stemma",
              "--any", "--strict", "\"", "(", "é", "\x01", "--color", "never", "show", "--sort",
              "-date", "date:..", "a" * 500, "", "*", "--k1", "nan", "--b", "1e9", "explain"]
    for _ in range(150):
        words = [chance.choice(pieces) for _ in range(chance.randrange(0, 7))]
        done = place.run(*words)
        assert done.returncode in (0, 1, 2, 3, 6), (words, done)
        assert b"unexpected" not in done.stderr, (words, done)


if __name__ == "__main__":
    options = running.arguments()
    running.run_all(running.tests_of(sys.modules[__name__], options), options)
