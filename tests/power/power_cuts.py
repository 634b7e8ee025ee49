"""Power cuts on real file systems: crash_writer works on an ext4, XFS or btrfs that lies in an
image on an XFS which can share blocks, so that a copy of the image is made in an instant: what a
disk holds when the power goes. Each copy is mounted; cut_checker must find every commit that was
acknowledged before, whole, open the index without a repair step, and go on.

    power_cuts.py PROGRAMS [--file-systems ext4,xfs,btrfs] [--cuts N] [--seed N] [--forgetful]

PROGRAMS is the folder of the compiled tests. --forgetful tests the test: the writer's syncs of
folders do nothing then, and no loss means failure. Without root, loop devices or the tools to make
the file systems it says SKIPPED and ends with status 77.
"""
import argparse
import atexit
import collections
import contextlib
import fcntl
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

FICLONE = 0x40049409  # of linux/fs.h: share all blocks of another file
MAKE = {
    "ext4": ["mkfs.ext4", "-q", "-F"],
    "xfs": ["mkfs.xfs", "-q"],
    "btrfs": ["mkfs.btrfs", "-q"],
}
IMAGE_BYTES = 512 << 20  # none of the three likes much less; sparse
OUTER_BYTES = 8 << 30
CUTS_PER_RUN = 30
PHASES = ["commit", "merge", "compact", "rebuild", "restore", None]
MOST_WRONG = 5


def run(*words):
    subprocess.run([str(word) for word in words], check=True, stdout=subprocess.DEVNULL)


@contextlib.contextmanager
def mounted(image, folder):
    folder.mkdir(exist_ok=True)
    run("mount", "-o", "loop", image, folder)  # the loop device goes with the mount
    try:
        yield folder
    finally:
        for _ in range(20):
            if subprocess.run(["umount", folder], stderr=subprocess.DEVNULL).returncode == 0:
                break
            time.sleep(0.2)
        else:
            run("umount", "--lazy", folder)


def clone(source, target):
    with open(source, "rb") as old, open(target, "wb") as new:
        fcntl.ioctl(new, FICLONE, old.fileno())


class Writer:
    """crash_writer, and what it has said so far."""

    def __init__(self, program, index, preload):
        environment = dict(os.environ, **({"LD_PRELOAD": str(preload)} if preload else {}))
        self.process = subprocess.Popen([program, index, "0"], stdout=subprocess.PIPE,
                                        env=environment)
        os.set_blocking(self.process.stdout.fileno(), False)
        self.rest = b""
        self.numbers = {}  # by generation
        self.generation = None  # the last acknowledged
        self.phase = None  # begun and not acknowledged
        self.begun = 0.0
        self.seconds = collections.defaultdict(float)  # of the last of each phase

    def hear(self):
        """Everything that it has said by now."""
        while True:
            try:
                text = os.read(self.process.stdout.fileno(), 1 << 16)
            except BlockingIOError:
                return
            if not text:
                raise RuntimeError(f"the writer ended: {self.process.wait()}")
            *lines, self.rest = (self.rest + text).split(b"\n")
            for line in lines:
                self._understand(line.decode().split())

    def _understand(self, words):
        if words[0] == "begin":
            self.phase, self.begun = words[1], time.monotonic()
            return
        self.seconds[self.phase] = time.monotonic() - self.begun
        self.generation = int(words[1])
        self.numbers[self.generation] = int(words[2])
        self.phase = None

    def wait_for(self, wanted):
        """Listens until `wanted()`."""
        self.hear()
        while not wanted():
            time.sleep(0.0005)
            self.hear()

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()


Cut = collections.namedtuple("Cut", "image first last phase")


def make_cuts(writer, image, folder, count, chance):
    """Cuts the power `count` times, at any time of whatever takes turns."""
    cuts = []
    for number in range(count):
        phase = PHASES[number % len(PHASES)]
        time.sleep(chance.random() * 0.05)
        if phase:
            writer.wait_for(lambda: writer.phase == phase)
            time.sleep(chance.random() * 1.2 * writer.seconds[phase])
        writer.hear()
        first, phase = writer.generation, writer.phase
        copy = folder / f"cut-{number}.img"
        clone(image, copy)
        writer.hear()
        last = (writer.generation if writer.generation is not None else -1) + 1
        cuts.append(Cut(copy, first, last, phase or "none"))
    newest = cuts[-1].last
    writer.wait_for(lambda: writer.generation is not None and writer.generation >= newest)
    return cuts


class Judge:
    def __init__(self, checker):
        self.checker = checker
        self.phases = collections.Counter()
        self.in_flight = 0  # there, though not yet acknowledged
        self.wrong = []

    def look(self, cut, folder, numbers):
        known = "".join(f"{generation} {number}\n" for generation, number in numbers.items())
        first = "none" if cut.first is None else str(cut.first)
        self.phases[cut.phase] += 1
        with mounted(cut.image, folder):
            checked = subprocess.run([self.checker, folder / "index", first, str(cut.last)],
                                     input=known, capture_output=True, text=True)
        said = checked.stdout.strip()
        if checked.returncode != 0:
            self.wrong.append(f"within {cut.phase}: {said} (status {checked.returncode})")
        elif said != first:
            self.in_flight += 1

    def report(self, name, seconds):
        phases = ", ".join(f"{count} within {phase}" for phase, count in self.phases.most_common())
        print(f"{name}: {sum(self.phases.values())} cuts ({phases}); {self.in_flight} with a "
              f"change that was not acknowledged yet, {len(self.wrong)} wrong; {seconds:.0f} s")
        for line in self.wrong[:MOST_WRONG]:
            print(f"    {line}")
        sys.stdout.flush()


def cut_file_system(name, options, outer, chance):
    judge = Judge(options.programs / "power" / "cut_checker")
    started = time.monotonic()
    left = options.cuts
    image, folder = outer / "disk.img", outer / "mounted"
    while left > 0:
        with open(image, "wb") as new:
            new.truncate(IMAGE_BYTES)
        run(*MAKE[name], image)
        with mounted(image, folder):
            preload = options.programs / "power" / "libforgetful.so" if options.forgetful else None
            writer = Writer(options.programs / "crash" / "crash_writer", folder / "index", preload)
            try:
                cuts = make_cuts(writer, image, outer, min(left, CUTS_PER_RUN), chance)
            finally:
                writer.kill()
        # One at a time and without the first: a btrfs is known by what is written in it.
        for cut in cuts:
            judge.look(cut, folder, writer.numbers)
            cut.image.unlink()
        image.unlink()
        left -= len(cuts)
        if len(judge.wrong) >= MOST_WRONG and not options.forgetful:
            break
    judge.report(name, time.monotonic() - started)
    return len(judge.wrong)


def skip(reason):
    print("#" * 80 + f"\nSKIPPED: power cuts on real file systems: {reason}\n" + "#" * 80)
    sys.exit(77)


def check_means(options):
    if os.geteuid() != 0:
        skip("needs root, to mount images")
    for tool in ["mkfs.xfs"] + [MAKE[name][0] for name in options.file_systems]:
        if shutil.which(tool) is None:
            skip(f"{tool} is not installed")
    if subprocess.run(["losetup", "--find"], capture_output=True).returncode != 0:
        skip("no loop device")


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("programs", type=lambda path: pathlib.Path(path).resolve())
    parser.add_argument("--file-systems", type=lambda text: text.split(","), default=list(MAKE))
    parser.add_argument("--cuts", type=int, default=150, help="on each file system")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--forgetful", action="store_true")
    options = parser.parse_args()
    check_means(options)
    # An end by a signal is an end as any other: everything is unmounted.
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(1))
    work = pathlib.Path(tempfile.mkdtemp(prefix="stemma-power-"))
    atexit.register(shutil.rmtree, work, ignore_errors=True)
    with open(work / "outer.img", "wb") as outer:
        outer.truncate(OUTER_BYTES)
    run("mkfs.xfs", "-q", "-m", "reflink=1", work / "outer.img")
    with mounted(work / "outer.img", work / "outer") as outer:
        wrong = {name: cut_file_system(name, options, outer, random.Random(options.seed))
                 for name in options.file_systems}
    if options.forgetful:
        blind = [name for name, count in wrong.items() if count == 0]
        if blind:
            sys.exit(f"no loss without syncs of folders on {', '.join(blind)}: it sees nothing")
    elif any(wrong.values()):
        sys.exit("acknowledged commits suffered")


if __name__ == "__main__":
    main()
