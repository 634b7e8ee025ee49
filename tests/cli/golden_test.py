#!/usr/bin/env python3
"""Golden commands: golden/*.t are transcripts, one story each.

A line "  $ command" is run by bash in a fresh folder (lines "  > " go on with it); the indented
lines after it are what it prints, both streams together, and "  [3]" is its exit code when that is
not 0. A line that ends in " (re)" is a regular expression. Everything else is for the reader.
--update writes what came out; read the difference before you believe it.
"""
import difflib
import re
import subprocess
import sys

import running


# Times and rates differ from run to run.
TIME = re.compile(r"\bin [0-9.]+ (ms|s|min [0-9]+ s)( \([0-9,]+/s\))?(?![a-z])")


class Command:
    def __init__(self, text):
        self.text = text
        self.expected = []


def parse(transcript):
    """Lines as they are, and commands in their places."""
    parts = []
    for line in transcript.splitlines():
        last = parts[-1] if parts and isinstance(parts[-1], Command) else None
        if line.startswith("  $ "):
            parts.append(Command(line[4:]))
        elif line.startswith("  > ") and last and not last.expected:
            last.text += "\n" + line[4:]
        elif line.startswith("  ") and last:
            last.expected.append(line[2:])
        else:
            parts.append(line)
    return parts


def output_of(place, command):
    done = subprocess.run(["bash", "-c", command.text], cwd=place.folder, env=place.environment,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, timeout=60)
    lines = done.stdout.decode(errors="backslashreplace").splitlines()
    lines = [TIME.sub("in TIME", line.replace(str(place.folder), "FOLDER")) for line in lines]
    return lines + ([f"[{done.returncode}]"] if done.returncode else [])


def same(expected, line):
    if expected.endswith(" (re)"):
        return re.fullmatch(expected[:-5], line) is not None
    return expected == line


def merged(expected, output):
    """The output, with the patterns that still fit kept."""
    if len(expected) == len(output):
        return [e if same(e, o) else o for e, o in zip(expected, output)]
    return output


def run_transcript(path, options):
    parts = parse(path.read_text())
    faults = []
    with running.Place(options.stemma) as place:
        for part in parts:
            if not isinstance(part, Command):
                continue
            output = output_of(place, part)
            right = len(output) == len(part.expected) and all(
                same(e, o) for e, o in zip(part.expected, output))
            if not right:
                faults += [f"$ {part.text}"] + list(
                    difflib.unified_diff(part.expected, output, "EXPECTED", "OUTPUT", lineterm=""))
            part.expected = merged(part.expected, output)
    if options.update:
        lines = []
        for part in parts:
            if isinstance(part, Command):
                first, *more = part.text.split("\n")
                lines += [f"  $ {first}"] + [f"  > {line}" for line in more]
                lines += [f"  {line}" for line in part.expected]
            else:
                lines.append(part)
        path.write_text("\n".join(lines) + "\n")
    elif faults:
        raise AssertionError("\n".join([path.name] + faults))


def main():
    options = running.arguments()
    paths = sorted((running.HERE / "golden").glob("*.t"))
    running.run_all([(path.stem, lambda path=path: run_transcript(path, options))
                     for path in paths], options)


if __name__ == "__main__":
    sys.exit(main())
