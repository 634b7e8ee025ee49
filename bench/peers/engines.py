"""The engines: how each is built, where its indexes lie, and the process that answers.

A folder beside this file is an engine. Building one that this machine has no tools for raises
Missing, which says how to get them.
"""

import hashlib
import os
import pathlib
import re
import shutil
import subprocess
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
BUILD = ROOT / "build" / "peers"
NAMES = ("stemma", "lucene", "tantivy", "xapian", "fts5")
STATES = ("as-written", "merged")
LEAST_JAVA = 21


class Missing(Exception):
    """This machine cannot build an engine; the text says what to get."""


def run(command, **options):
    subprocess.run([str(part) for part in command], check=True, **options)


def cpp(name):
    """The CMake targets are built by ./dev."""
    program = ROOT / "build" / "bench" / "peers" / f"peer_{name}"
    if not program.exists():
        raise Missing(f"{program.name} was not built: apt-get install libsqlite3-dev libxapian-dev")
    return [program]


def tantivy():
    cargo = shutil.which("cargo") or shutil.which(str(pathlib.Path.home() / ".cargo/bin/cargo"))
    if not cargo:
        raise Missing("no cargo: install Rust with rustup (https://rustup.rs), then run this again")
    target = BUILD / "tantivy"
    try:
        run([cargo, "build", "--release", "--locked", "--quiet", "--target-dir", target],
            cwd=HERE / "tantivy")
    except subprocess.CalledProcessError as error:
        raise Missing(
            f"cargo failed ({error}); Tantivy 0.27 needs Rust 1.88: rustup update"
        ) from error
    return [target / "release" / "stemma-peer-tantivy"]


def java_version(home):
    try:
        found = subprocess.run([home / "bin" / "javac", "-version"], capture_output=True, text=True)
    except OSError:
        return 0
    match = re.search(r"javac (\d+)", found.stdout + found.stderr)
    return int(match.group(1)) if match else 0


def java_home():
    """JAVA_HOME if it is new enough, else the newest JDK of this machine."""
    homes = [pathlib.Path(os.environ["JAVA_HOME"])] if os.environ.get("JAVA_HOME") else []
    if homes and java_version(homes[0]) >= LEAST_JAVA:
        return homes[0]
    homes += sorted(pathlib.Path("/usr/lib/jvm").glob("*"))
    if shutil.which("javac"):
        homes.append(pathlib.Path(shutil.which("javac")).resolve().parent.parent)
    best = max(homes, key=java_version, default=None)
    if best is None or java_version(best) < LEAST_JAVA:
        raise Missing(
            f"no JDK {LEAST_JAVA} or newer in JAVA_HOME or /usr/lib/jvm: install one "
            "(openjdk-21-jdk-headless of Debian 13, or Temurin) and set JAVA_HOME"
        )
    return best


def lucene_jars():
    """The jars of pom.xml by Maven, each with the checksum that SHA256SUMS pins."""
    pinned = dict(
        reversed(line.split()) for line in (HERE / "lucene/SHA256SUMS").read_text().splitlines()
    )
    jars = BUILD / "lucene" / "jars"
    if not all((jars / name).exists() for name in pinned):
        maven = shutil.which("mvn")
        if not maven:
            raise Missing("no mvn: apt-get install maven")
        shutil.rmtree(jars, ignore_errors=True)
        plugin = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies"
        try:
            run([maven, "-q", "-B", "-C", "-f", HERE / "lucene/pom.xml", plugin,
                 f"-DoutputDirectory={jars}"])
        except subprocess.CalledProcessError as error:
            raise Missing(f"Maven could not fetch Lucene ({error})") from error
    for name, digest in pinned.items():
        found = hashlib.sha256((jars / name).read_bytes()).hexdigest()
        if found != digest:
            raise Missing(f"{name} has SHA-256 {found}, pinned is {digest}")
    return jars


def lucene():
    home = java_home()
    jars = lucene_jars()
    sources = sorted((HERE / "lucene/src").glob("*.java"))
    digest = hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()
    classes = BUILD / "lucene" / f"classes-{java_version(home)}-{digest[:8]}"
    if not classes.exists():
        run([home / "bin/javac", "-d", classes, "-cp", f"{jars}/*", *sources])
    return [
        home / "bin/java", "-Xms2g", "-Xmx2g", "--add-modules", "jdk.incubator.vector",
        "--enable-native-access=ALL-UNNAMED", "-cp", f"{jars}/*:{classes}", "Main",
    ]


def build(name):
    """The command that runs an engine, built."""
    command = {"tantivy": tantivy, "lucene": lucene}.get(name, lambda: cpp(name))()
    return [str(part) for part in command]


def folder_bytes(folder):
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


class Engine:
    """One engine on one set of articles."""

    def __init__(self, name, command, articles):
        self.name = name
        self.command = command
        self.articles = articles
        self.folder = articles.parent / name

    def stamp(self):
        """Changes when the index has to be made again: with what indexes, or the whole engine."""
        files = [file for file in (HERE / self.name).rglob("*") if file.is_file()]
        indexing = [file for file in files if file.stem.lower() in ("indexing", "cargo", "pom")]
        own = sorted(indexing or files)
        return hashlib.sha256(b"".join(file.read_bytes() for file in own)).hexdigest()

    def opens(self, state):
        """False if the index is of another format than the engine's present one."""
        command = [*self.command, "serve", str(self.folder / state)]
        quiet = {name: subprocess.DEVNULL for name in ("stdin", "stdout", "stderr")}
        return subprocess.run(command, check=False, **quiet).returncode == 0

    def index(self, state, again):
        """Makes the index in `state` unless it is there; returns seconds and bytes."""
        directory = self.folder / state
        note = self.folder / f"{state}.made"
        if note.exists() and not again:
            stamp, seconds, size = note.read_text().split()
            if stamp == self.stamp() and self.opens(state):
                return float(seconds), int(size)
        note.unlink(missing_ok=True)
        shutil.rmtree(directory, ignore_errors=True)
        self.folder.mkdir(parents=True, exist_ok=True)
        if state == "merged":
            shutil.copytree(self.folder / "as-written", directory)
        start = time.monotonic()
        what = ["merge"] if state == "merged" else ["index", self.articles]
        with (self.folder / "index.log").open("w") as log:
            run([*self.command, *what, directory], stderr=log)
        seconds, size = time.monotonic() - start, folder_bytes(directory)
        note.write_text(f"{self.stamp()} {seconds:.1f} {size}\n")
        return seconds, size


class Failure(Exception):
    """An engine did not answer as agreed."""


class Process:
    """A running engine; the protocol is in README.md."""

    def __init__(self, engine, state):
        self.name = engine.name
        self.log = engine.folder / f"{state}.log"
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [*engine.command, "serve", str(engine.folder / state)],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log,
                encoding="utf-8", bufsize=1,
            )
        try:
            word, self.version, documents, segments = self.read()
        except ValueError:
            raise Failure(f"{self.name} did not start; see {self.log}") from None
        self.documents, self.segments = int(documents), int(segments)
        if self.name == "lucene" and "vector incubator API enabled" not in self.log.read_text():
            raise Failure(f"Lucene runs without Panama vectors; see {self.log}")

    def read(self):
        return self.process.stdout.readline().rstrip("\n").split("\t")

    def ask(self, *words):
        self.process.stdin.write("\t".join(str(word) for word in words) + "\n")
        answer = self.read()
        if answer[0] != "OK":
            raise Failure(f"{self.name}: {words}: {' '.join(answer)}; see {self.log}")
        return answer[1:]

    def time(self, mode, runs, text):
        """The least nanoseconds of `runs` in a row, and the count (-1 if not counted)."""
        nanoseconds, count = self.ask("RUN", mode, runs, text)
        return int(nanoseconds), int(count)

    def hits(self, how, mode, text):
        """Count and [(number, score text)], best first; `how` is SHOW or ORACLE."""
        count, *rest = self.ask(how, mode, text)
        pairs = rest[0].split() if rest else []
        return int(count), [tuple(pair.split(":")) for pair in pairs]

    def close(self):
        self.process.stdin.close()
        self.process.wait()
