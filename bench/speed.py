#!/usr/bin/env python3
"""How fast Onar is, where the time and the memory go, and how both grow: one command, one part or all.

    python bench/speed.py [start] [run] [length] [damage] [rare] [memory] [line] [profile] [--words 100000] [--jobs 2]

- ``start``: import and a whole fresh process on one page. ``run``: words a second in 1 and in ``--jobs`` processes.
- ``length``, ``damage`` and ``rare``: words a second of processor time as a text grows, as more of it is damaged, and
  as more of its words are in no list.
- ``memory``: resident memory after each step. ``line``: processor time and peak memory of one line of up to
  ``--megabytes``, and of texts that are none. ``profile``: the functions that take the time.

Texts are the scans Onar learnt nothing from, beside the project (``../shared``); without them, the samples over and
over, which flatters (their words are remembered). Every measurement runs in a fresh process. Start reading at ``main``.
"""

from __future__ import annotations

import argparse
import cProfile
import io
import os
import pstats
import random
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from itertools import cycle
from multiprocessing import get_context
from pathlib import Path

from accuracy import ROOT, SETS, Document, material, put

SAMPLE = ROOT / "seeds" / "samples" / "kira_hukuku" / "ocr.txt"
ONAR = ("-c", "import sys; from onar.cli import main; sys.exit(main())")


def unseen(words: int) -> list[Document]:
    """Documents with about that many words; kept-back news and other fields first, then the samples, over and over."""
    shared = material()
    sets = ("news", "other", "own", "samples") if (shared / "scans").exists() else ("samples",)
    documents = [document for name in sets for document in SETS[name](shared)]
    random.Random(8).shuffle(documents)
    chosen, count = [], 0
    for document in cycle(documents):
        chosen.append(document)
        count += len(document.ocr.split())
        if count >= words:
            return chosen
    return chosen


def count(texts: list[str]) -> int:
    return sum(len(text.split()) for text in texts)


def timed(run: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    start = clock()
    run()
    return clock() - start


def resident() -> float:
    """Megabytes of this process now."""
    status = Path("/proc/self/status")
    if status.exists():
        rows = dict(row.split(":", 1) for row in status.read_text().splitlines())
        return int(rows["VmRSS"].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def rate(texts: list[str]) -> float:
    """Words a second of processor time of a restorer that is warm but has not seen these texts."""
    from onar import Restorer

    restorer = Restorer()
    restorer.restore("Tiirkiye")
    return count(texts) / timed(lambda: [restorer.restore(text) for text in texts], time.process_time)


# --- the parts --------------------------------------------------------------------------------------------------------


def start(_: argparse.Namespace) -> Iterator[str]:
    def fresh(*arguments: str) -> float:
        command = [sys.executable, *arguments]
        return statistics.median(
            timed(lambda: subprocess.run(command, capture_output=True, check=True)) for _ in range(7)
        )

    bare = fresh("-c", "pass")
    yield f"python alone            {bare:.3f} s"
    yield f"import onar             {fresh('-c', 'import onar'):.3f} s"
    yield f"onar --version          {fresh(*ONAR, '--version'):.3f} s"
    yield f"onar restore, one page  {fresh(*ONAR, 'restore', str(SAMPLE)):.3f} s"
    timing = subprocess.run(
        [sys.executable, "-X", "importtime", *ONAR, "restore", str(SAMPLE)], capture_output=True, check=True
    ).stderr.decode()
    rows = [
        row.split("|")
        for row in timing.splitlines()
        if row.startswith("import time:") and row[12:].strip()[0].isdigit()
    ]
    slow = sorted(((int(own.split(":")[1]) / 1000, name.strip()) for own, _, name in rows), reverse=True)[:8]
    yield "slowest imports (own ms): " + ", ".join(f"{name} {ms:.0f}" for ms, name in slow)


def run(options: argparse.Namespace) -> Iterator[str]:
    from onar import Restorer

    texts = [document.ocr for document in unseen(options.words)]
    words, one = count(texts), 0.0
    for jobs in dict.fromkeys((1, options.jobs)):
        restorer = Restorer()
        restorer.restore("Tiirkiye")
        seconds = timed(lambda: sum(1 for _ in restorer.restore_many(texts, jobs=jobs)))  # noqa: B023
        one = one or seconds
        speed = f"{words / seconds:,.0f} words/s = {one / seconds:.2f} ×"
        yield f"{words} words, {jobs} process(es): {seconds:.2f} s = {speed}"
    yield f"one process, processor time alone: {rate(texts[: len(texts) // 4]):,.0f} words/s"
    yield f"load of this machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    yield f"peak memory of this process {peak():.0f} MB"


def length(_: argparse.Namespace) -> Iterator[str]:
    words = " ".join(document.ocr for document in unseen(60_000)).split(" ")
    rate(words[:2000])
    for size in (100, 1000, 3000, 10_000, 30_000):
        yield f"{size:>6} words in one text: {rate([' '.join(words[:size])]):>8,.0f} words/s"


def damage(_: argparse.Namespace) -> Iterator[str]:
    documents = unseen(20_000)
    texts = {"as printed": [document.printed for document in documents]}
    for document in documents:
        texts.setdefault(document.group or "no severity told", []).append(document.ocr)
    for name in sorted(texts):
        yield f"{name:<18} {rate(texts[name]):>8,.0f} words/s"


def rare(_: argparse.Namespace) -> Iterator[str]:
    rng = random.Random(8)
    words = [word for document in unseen(10_000) for word in document.ocr.split()]
    for share in (0.0, 0.1, 0.3, 1.0):
        text = " ".join(scrambled(word, rng) if rng.random() < share else word for word in words)
        yield f"{share:>4.0%} of the words scrambled: {rate([text]):>8,.0f} words/s"


def scrambled(word: str, rng: random.Random) -> str:
    letters = list(word)
    rng.shuffle(letters)
    return "".join(letters)


def memory(options: argparse.Namespace) -> Iterator[str]:
    yield f"python              {resident():6.1f} MB"
    import onar

    yield f"import onar         {resident():6.1f} MB"
    restorer = onar.Restorer()
    restorer.restore("Tiirkiye")
    yield f"knowledge, one word {resident():6.1f} MB"
    texts = [document.ocr for document in unseen(options.words)]
    yield f"texts to restore    {resident():6.1f} MB"
    for at, text in enumerate(texts):
        restorer.restore(text)
        if at in (0, len(texts) // 10, len(texts) - 1):
            yield f"after {at + 1:>4} texts    {resident():6.1f} MB"
    yield f"peak                {peak():6.1f} MB"


def line(options: argparse.Namespace) -> Iterator[str]:
    yield f"{'text':<28} {'MB':>6} {'seconds':>8} {'seconds/MB':>11} {'peak MB':>8}"
    size = options.megabytes / 8
    texts = [f"{options.megabytes / 2**at:g} MB of a scan, one line" for at in (3, 2, 1, 0)] + list(STRANGE)
    for name in texts:
        with get_context("spawn").Pool(1) as alone:  # in a process of its own: its peak is its own
            megabytes, seconds, most = alone.apply(endured, (name, size))
        size *= 2
        yield f"{name:<28} {megabytes:6.2f} {seconds:8.1f} {seconds / megabytes:11.1f} {most:8.0f}"


STRANGE: dict[str, Callable[[], str]] = {
    "50,000 times iiiiii, spaced": lambda: "iiiiii " * 50_000,
    "50,000 times iiiiii, joined": lambda: "iiiiii" * 50_000,
    "one token, 100,000 letters": lambda: "".join(random.Random(8).choices("abcdefgiklmnoprstuvyz", k=100_000)),
    "100,000 NULs": lambda: "\0" * 100_000,
    "NULs between letters": lambda: "giiven\0lik\0 " * 10_000,
    "right-to-left marks": lambda: "\u200fgiivenlik\u202e diizende\u200f " * 5_000,
}


def endured(name: str, megabytes: float) -> tuple[float, float, float]:
    """Megabytes, seconds of processor time and peak memory of the text called *name*, or of scans on one line."""
    from onar import Restorer, revert

    if name in STRANGE:
        text = STRANGE[name]()
    else:
        words = (word for document in cycle(unseen(100_000)) for word in document.ocr.split())
        pieces, length = [], 0
        while length < megabytes * 1_000_000:
            pieces.append(next(words))
            length += len(pieces[-1].encode()) + 1
        text = " ".join(pieces)
    found = []
    seconds = timed(lambda: found.append(Restorer().restore(text)), time.process_time)
    assert revert(found[0].text, found[0].changes) == text
    return len(text.encode()) / 1_000_000, seconds, peak()


def profile(options: argparse.Namespace) -> Iterator[str]:
    from onar import Restorer

    texts = [document.ocr for document in unseen(min(options.words, 20_000))]
    restorer = Restorer()
    restorer.restore("Tiirkiye")
    profiler = cProfile.Profile()
    profiler.enable()
    for text in texts:
        restorer.restore(text)
    profiler.disable()
    told = io.StringIO()
    pstats.Stats(profiler, stream=told).strip_dirs().sort_stats("tottime").print_stats(25)
    yield f"{count(texts)} words under cProfile"
    yield from told.getvalue().splitlines()[2:]


PARTS = {part.__name__: part for part in (start, run, length, damage, rare, memory, line, profile)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", metavar="PART", help="of " + ", ".join(PARTS) + "; all by default")
    parser.add_argument("--words", type=int, default=100_000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--megabytes", type=float, default=2.0, help="of the longest line; the others are ½, ¼, ⅛")
    parser.add_argument("--into", type=Path, metavar="PAGE", help="put what is measured into this page of the docs")
    options = parser.parse_args()
    if unknown := [part for part in options.parts if part not in PARTS]:
        parser.error(f"no part named {', '.join(unknown)}")
    if len(options.parts) == 1 and not options.into:
        print(f"== {options.parts[0]}", flush=True)
        for line in PARTS[options.parts[0]](options):
            print(line, flush=True)
        return
    for part in options.parts or PARTS:  # each in a fresh process: what one part warms must not serve the next
        command = [sys.executable, __file__, part, "--words", str(options.words), "--jobs", str(options.jobs)]
        command += ["--megabytes", str(options.megabytes)]
        told = subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout.decode("utf-8")
        print(told, end="", flush=True)
        if options.into:
            put(options.into, part, "```text\n" + told.partition("\n")[2].rstrip() + "\n```")


if __name__ == "__main__":
    main()
