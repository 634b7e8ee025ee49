"""What the suites share: a clean place to run the command in, and counting."""
import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import traceback

HERE = pathlib.Path(__file__).resolve().parent


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--stemma", required=True, type=pathlib.Path)
    parser.add_argument("only", nargs="*", help="run only tests whose name holds one of these")
    parser.add_argument("--update", action="store_true", help="golden: write what came out")
    return parser.parse_args()


class Place:
    """An empty folder with the small archive in it, and an environment without surprises."""

    def __init__(self, stemma):
        self.stemma = str(stemma.resolve())
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="stemma-cli-"))
        self.programs = pathlib.Path(tempfile.mkdtemp(prefix="stemma-bin-"))
        os.symlink(self.stemma, self.programs / "stemma")
        shutil.copy(HERE / "archive.jsonl", self.folder)
        self.environment = {
            "PATH": f"{self.programs}:/usr/local/bin:/usr/bin:/bin",
            "HOME": str(self.folder),
            "LC_ALL": "C.UTF-8",
            "TERM": "xterm",
        }
        for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"):
            if name in os.environ:
                self.environment[name] = os.environ[name]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.rmtree(self.programs, ignore_errors=True)

    def run(self, *words, input=b"", env=None, timeout=120):
        """One command, bytes in and out, no shell."""
        return subprocess.run([self.stemma, *words], cwd=self.folder, input=input, timeout=timeout,
                              env={**self.environment, **(env or {})}, capture_output=True)

    def write(self, name, data):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return path

    def index(self, *words, **options):
        done = self.run("index", "--progress", "none", *(words or ("archive.jsonl",)), **options)
        assert done.returncode == 0, done
        return done


def run_all(tests, options):
    """Runs (name, function) pairs; ends the process with 'N passed, N failed'."""
    passed, failed = 0, 0
    for name, test in tests:
        if options.only and not any(word in name for word in options.only):
            continue
        try:
            test()
            passed += 1
        except Exception:
            failed += 1
            print(f"FAILED {name}")
            traceback.print_exc(limit=6, file=sys.stdout)
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed or not passed else 0)


def tests_of(module, options):
    """Every function test_… of a module, each with a place of its own."""
    def bound(function):
        def test():
            with Place(options.stemma) as place:
                function(place)
        return test
    return [(name[5:], bound(function)) for name, function in vars(module).items()
            if name.startswith("test_")]
