#!/usr/bin/env python3
"""On a real terminal (a pseudo-terminal): colour, layout, the bar, and what must never be sent."""
import json
import os
import pty
import random
import re
import select
import subprocess
import sys
import time

import running

# The only sequences the command itself may send: colours, and the bar's return and clear.
OWN = re.compile(rb"\x1b\[[0-9;]*m|\r\x1b\[K|\x1b\[K")


def on_terminal(place, *words, env=None, timeout=120):
    """Exit code and all bytes that reached the terminal."""
    main, end = pty.openpty()
    process = subprocess.Popen([place.stemma, *words], cwd=place.folder, stdin=subprocess.DEVNULL,
                               stdout=end, stderr=end, env={**place.environment, **(env or {})})
    os.close(end)
    chunks = []
    deadline = time.monotonic() + timeout
    while time.monotonic() < deadline:
        if not select.select([main], [], [], 1)[0]:
            continue
        try:
            chunk = os.read(main, 65536)
        except OSError:  # the last writer closed the terminal
            break
        if not chunk:
            break
        chunks.append(chunk)
    os.close(main)
    # A terminal turns "\n" into "\r\n".
    return process.wait(timeout=10), b"".join(chunks).replace(b"\r\n", b"\n")


def test_hits_have_colour_and_a_count(place):
    place.index()
    code, out = on_terminal(place, "search", "train")
    assert code == 0
    assert b"\x1b[1;31mtrain\x1b[0m" in out, out
    assert b"3 articles in " in out, out


def test_colour_obeys_wishes(place):
    place.index()
    for env, words, coloured in (({"NO_COLOR": "1"}, (), False), ({"TERM": "dumb"}, (), False),
                                 ({"TERM": ""}, (), False),
                                 ({"NO_COLOR": "1"}, ("--color", "always"), True),
                                 ({}, ("--color", "never"), False),
                                 ({"NO_COLOR": ""}, (), True),
                                 ({"NO_COLOR": "1", "CLICOLOR_FORCE": "1"}, (), False)):
        _, out = on_terminal(place, "search", "train", *words, env=env)
        assert (b"\x1b[" in out) == coloured, (env, words, out)
    done = place.run("search", "--format", "human", "train", env={"CLICOLOR_FORCE": "1"})
    assert b"\x1b[" in done.stdout
    assert b"\x1b[" not in place.run("search", "--format", "human", "train").stdout


def test_indexing_shows_a_bar_and_takes_it_away(place):
    lines = "".join(json.dumps({"id": str(i), "body": "some words here " * 200}) + "\n"
                    for i in range(4000))
    place.write("many.jsonl", lines)
    code, out = on_terminal(place, "index", "many.jsonl")
    assert code == 0, out
    assert b"articles, " in out and b"\r\x1b[K" in out, out
    assert b"4,000 added" in out.split(b"\x1b[K")[-1], out
    _, quiet = on_terminal(place, "index", "--progress", "none", "many.jsonl")
    assert b"\x1b[K" not in quiet, quiet


def test_fuzzed_articles_never_reach_the_terminal_raw(place):
    chance = random.Random(13)
    lines = []
    for i in range(3000):
        title = "".join(chr(chance.choice((chance.randrange(0, 0xA0), chance.randrange(0x2000, 0x2070),
                                           0x61C, 0x41, 0x20))) for _ in range(12))
        lines.append(json.dumps({"id": f"k{i}" + title[:3], "title": title,
                                 "body": title + " train " + title, "source": title}))
    place.write("fuzzed.jsonl", "\n".join(lines) + "\n")
    assert place.run("index", "fuzzed.jsonl").returncode in (0, 6)
    code, out = on_terminal(place, "search", "train", "-n", "3000")
    assert code == 0
    assert out.count(b"train") >= 3000
    for c in OWN.sub(b"", out).decode():
        n = ord(c)
        bad = ((n < 0x20 and c not in "\n\t") or 0x7F <= n <= 0x9F or n in (0x61C, 0x200E, 0x200F)
               or 0x202A <= n <= 0x202E or 0x2066 <= n <= 0x2069)
        assert not bad, hex(n)


if __name__ == "__main__":
    options = running.arguments()
    running.run_all(running.tests_of(sys.modules[__name__], options), options)
