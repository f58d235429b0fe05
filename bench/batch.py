#!/usr/bin/env python3
"""What a batch of many documents does and costs: one command, one part or all.

    python bench/batch.py [many] [killed] [speed] [memory] [dask] [--documents 2000] [--lines 4] [--jobs 2]

- ``many``: 2,000 documents of which 5 % are bad in seven ways: all good ones written, all bad ones named, exit 5.
- ``killed``: the same, killed at three random moments and continued: the same bytes, no document done twice.
- ``speed``: one, two and more processes in turn on whole documents; pages and words a core-hour.
- ``memory``: resident memory of the process that keeps the books, and of its workers, over the run.
- ``dask``: a local cluster of as many worker processes as jobs against the process pool, in turn, and equal bytes.

The documents are cut from the scans beside the project (``../shared``); every run is a fresh ``onar restore``.
Start reading at ``main``.
"""

from __future__ import annotations

import argparse
import json
import lzma
import os
import random
import resource
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

SHARED = Path(__file__).parents[1].parent / "shared"
MANIFEST = "onar-manifest.jsonl"
BAD: tuple[tuple[str, bytes], ...] = (
    ("eski.txt", "Türkiye'nin güvenliği, ülkelerin çıkarları".encode("cp1254")),
    ("resim.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256))),
    ("yarim.pdf", b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>"),
    ("mets.xml", b"<?xml version='1.0'?><mets><metsHdr/></mets>"),
    ("utf16.txt", "güvenlik".encode("utf-16-be")),
    ("kirik.txt", "güvenlik ve iş".encode()[:-1] + b"\xff"),
    (
        "bomba.xml",
        b'<!DOCTYPE alto [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><alto><Layout><Page>&b;</Page></Layout></alto>',
    ),
)


@dataclass(frozen=True)
class Run:
    """A finished ``onar restore``: exit code, seconds, messages."""

    code: int
    seconds: float
    said: str


def texts() -> list[str]:
    with lzma.open(SHARED / "scans" / "train.jsonl.xz", "rt", encoding="utf-8") as lines:
        return [json.loads(line)["ocr"] for line in lines]


def make(folder: Path, count: int, lines: int | None, bad_share: float = 0.05) -> set[str]:
    """Write *count* documents of *lines* lines (None: whole) into *folder*; return the names of the bad ones."""
    pages = [page.split("\n") for page in texts()]
    bad: set[str] = set()
    every = round(1 / bad_share) if bad_share else 0
    for number in range(count):
        name = f"cilt{number // 100:02}/sayi{number:05}.txt"
        page = pages[number % len(pages)]
        first = number // len(pages) * (lines or 0) % max(1, len(page) - (lines or 0))
        data = "\n".join([f"Belge {number}", *page[first : first + lines if lines else None], ""]).encode()
        if every and number % every == every // 2:
            ending, data = BAD[number // every % len(BAD)]
            name = f"cilt{number // 100:02}/sayi{number:05}-{ending}"
            bad.add(name)
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return bad


def command(source: Path, out: Path, jobs: int, *more: str) -> list[str]:
    start = "import sys; from onar.cli import main; sys.exit(main())"
    return [sys.executable, "-c", start, "restore", str(source), "-o", str(out), "-j", str(jobs), *more]


def restore(source: Path, out: Path, jobs: int, *more: str) -> Run:
    began = time.perf_counter()
    done = subprocess.run(command(source, out, jobs, *more), capture_output=True, text=True, check=False)
    return Run(done.returncode, time.perf_counter() - began, done.stderr)


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def rows(out: Path) -> list[dict[str, object]]:
    """Return the whole lines of the manifest that are documents."""
    lines = (out / MANIFEST).read_bytes().split(b"\n")[:-1]
    return [row for line in lines if (row := json.loads(line))["type"] == "document"]


def many(work: Path, chosen: argparse.Namespace) -> None:
    from jsonschema import Draft202012Validator

    from onar.changelog.log import schema

    source, out = work / "in", work / "out"
    bad = make(source, chosen.documents, chosen.lines)
    run = restore(source, out, chosen.jobs, "--summary", str(work / "summary.json"))
    found = rows(out)
    failed = {str(row["input"]) for row in found if row["status"] == "failed"}
    written = {path.relative_to(out).as_posix() for path in out.rglob("*.txt")}
    print(f"many: {len(found)} documents, {len(bad)} bad; exit {run.code} after {run.seconds:.1f} s")
    print(f"  all bad named: {failed == bad}; all good written: {written >= {str(r['input']) for r in found} - bad}")
    for line in (out / MANIFEST).read_text("utf-8").splitlines():
        Draft202012Validator(schema("manifest")).validate(json.loads(line))
    Draft202012Validator(schema("summary")).validate(json.loads((work / "summary.json").read_text("utf-8")))
    print("  manifest and summary fit their schemas")
    assert failed == bad and run.code == 5, failed ^ bad
    page = restore(source, out, 1, "--summary", str(work / "summary.html"))
    print(f"  second run: {page.seconds:.1f} s\n" + "".join(f"    {line}\n" for line in run.said.splitlines()[-45:]))


def killed(work: Path, chosen: argparse.Namespace) -> None:
    source, calm, out = work / "in", work / "out", work / "killed"
    chance = random.Random(chosen.seed)
    times: dict[str, int] = {}
    for attempt in range(3):
        process = subprocess.Popen(command(source, out, chosen.jobs, "-q"), stderr=subprocess.PIPE, text=True)
        known = len(times)
        goal = known + chance.randrange(chosen.documents // 20, chosen.documents // 4)
        while process.poll() is None:
            if (out / MANIFEST).exists() and (out / MANIFEST).read_bytes().count(b'"status":"done"') >= goal:
                time.sleep(chance.random() * 0.3)
                break
            time.sleep(0.02)
        process.send_signal(signal.SIGKILL)
        process.wait()
        time.sleep(1)
        names = [str(row["input"]) for row in rows(out) if row["status"] == "done"]
        twice = len(names) - len(set(names))
        for name in names:
            written = (out / name).stat().st_mtime_ns
            twice += times.setdefault(name, written) != written
        print(f"killed {attempt + 1}: {len(names)} on record, {len(names) - known} of them new, {twice} done twice")
        assert not twice
    run = restore(source, out, chosen.jobs)
    same = tree(out) == tree(calm)
    twice = sum((out / name).stat().st_mtime_ns != written for name, written in times.items())
    print(f"  continued: exit {run.code}, the same bytes as the undisturbed run: {same}; {twice} done twice")
    assert same and not twice


def spin(seconds: float) -> float:
    """Be busy for *seconds* and return how much of a core that was given."""
    began, used = time.perf_counter(), time.process_time()
    while time.perf_counter() - began < seconds:
        pass
    return (time.process_time() - used) / seconds


def cores_given(count: int) -> float:
    """Return how many cores this machine gives *count* busy processes right now."""
    with ProcessPoolExecutor(count) as pool:
        return sum(pool.map(spin, [1.5] * count))


def speed(work: Path, chosen: argparse.Namespace) -> None:
    source = work / "whole"
    make(source, chosen.whole, None, 0)
    words = sum(len(path.read_text("utf-8").split()) for path in source.rglob("*.txt"))
    pages = sum(path.read_text("utf-8").count("\f") + 1 for path in source.rglob("*.txt"))
    took: dict[int, list[tuple[float, float, float]]] = {}
    for _ in range(chosen.rounds):
        for jobs in sorted({1, 2, chosen.jobs}):
            shutil.rmtree(work / "timed", ignore_errors=True)
            given, before = cores_given(jobs), resource.getrusage(resource.RUSAGE_CHILDREN)
            run = restore(source, work / "timed", jobs, "-q")
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            assert run.code == 0, run.said
            used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            took.setdefault(jobs, []).append((run.seconds, used, (given + cores_given(jobs)) / 2))
    print(f"speed: {chosen.whole} documents, {pages} pages, {words:,} words; load {os.getloadavg()[0]:.1f}")
    for jobs, runs in took.items():
        wall, used, given = (statistics.median(column) for column in zip(*runs, strict=True))
        first = [statistics.median(column) for column in zip(*took[1], strict=True)]
        print(
            f"  {jobs} processes: {wall:.1f} s, {first[0] / wall:.2f} times one (busy loops get {given:.2f} cores); "
            f"{used:.1f} core-seconds, so {jobs * first[1] / used:.2f} times one on {jobs} free cores; "
            f"{words / used:,.0f} words a core-second, {3600 * pages / used:,.0f} pages a core-hour"
        )


def memory(work: Path, chosen: argparse.Namespace) -> None:
    import psutil

    source = work / "in"
    if not source.exists():
        make(source, chosen.documents, chosen.lines)
    process = psutil.Popen(command(source, work / "measured", chosen.jobs, "-q"), stderr=subprocess.DEVNULL)
    seen: list[tuple[float, int, int]] = []
    while process.poll() is None:
        try:
            workers = [child.memory_info().rss for child in process.children(recursive=True)]
            seen.append((time.perf_counter(), process.memory_info().rss, max(workers, default=0)))
        except psutil.Error:
            continue
        time.sleep(0.25)
    print("memory: MB of the bookkeeper and of its largest worker, at each tenth of the run")
    print("  " + "  ".join(f"{s[1] >> 20}/{s[2] >> 20}" for s in seen[:: max(1, len(seen) // 10)]))


def dask(work: Path, chosen: argparse.Namespace) -> None:
    from distributed import Client, LocalCluster

    from onar.batches import batch
    from onar.dask import run

    source = work / "whole"
    if not source.exists():
        make(source, chosen.whole, None, 0)
    took: dict[str, list[float]] = {"pool": [], "dask": []}
    with (
        LocalCluster(n_workers=chosen.jobs, threads_per_worker=1, dashboard_address=":0") as cluster,
        Client(cluster) as client,
    ):
        kinds: dict[str, Callable[[Path], object]] = {
            "pool": lambda out: batch.run([source], out, jobs=chosen.jobs),
            "dask": lambda out: run(client, [source], out),
        }
        for _ in range(chosen.rounds):
            for kind, go in kinds.items():
                shutil.rmtree(work / kind, ignore_errors=True)
                began = time.perf_counter()
                go(work / kind)
                took[kind].append(time.perf_counter() - began)
    ratios = [theirs / ours for ours, theirs in zip(took["pool"], took["dask"], strict=True)]
    print(
        f"dask: pool {min(took['pool']):.1f} s, Dask {min(took['dask']):.1f} s, {statistics.median(ratios):.2f} times"
    )
    print(f"  equal bytes: {tree(work / 'pool') == tree(work / 'dask')}")


PARTS = {part.__name__: part for part in (many, killed, speed, memory, dask)}


def main() -> None:
    """Do the parts that were asked for, in a folder that goes away."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", help=f"some of {', '.join(PARTS)}; all when none is named")
    parser.add_argument("--documents", type=int, default=2000)
    parser.add_argument("--lines", type=int, default=4, help="lines of a document of the first two parts")
    parser.add_argument("--whole", type=int, default=40, help="whole documents of the parts that measure speed")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seed", type=int, default=9)
    parser.add_argument("--keep", metavar="FOLDER", help="work here, and leave everything")
    chosen = parser.parse_args()
    if unknown := set(chosen.parts) - PARTS.keys():
        parser.error(f"no part {', '.join(unknown)}: choose among {', '.join(PARTS)}")
    with tempfile.TemporaryDirectory(prefix="onar-batch-") as temporary:
        work = Path(chosen.keep or temporary)
        for name in chosen.parts or PARTS:
            PARTS[name](work, chosen)


if __name__ == "__main__":
    main()
