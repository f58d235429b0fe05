#!/usr/bin/env python3
"""How accurate Onar (or any other restorer) is on the material of this project, with one command.

    python bench/accuracy.py [SET...] [--examples 20] [--per-doc] [--jobs 2] [--json out.json]

- A *set* is some documents with what was printed and what was read: article, news, other, own, wild, samples; all of
  them when none is named. ``clean`` and ``stripped`` hold right text: the share of words a restorer changes, and the
  share it brings back after every Turkish mark was taken off (by a channel that does nothing else).
- Documents are counted by ``onar.evaluation.evaluate``; the article and the wild cases line by line, with their alternatives.
- ``--system module:function`` measures any callable from text to text instead of Onar.

Material is looked for beside the project (``../shared``; ``--material`` or ``ONAR_MATERIAL`` says otherwise);
``samples`` are the project's own. Start reading at ``main``.
"""

from __future__ import annotations

import argparse
import importlib
import json
import lzma
import os
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from onar.alphabet import LETTERS, fold
from onar.evaluation.evaluate import Score, outcomes, score
from onar.evaluation.evaluate_lines import Alternatives, LineScore, read_alternatives, score_lines

ROOT = Path(__file__).resolve().parents[1]
Triple = tuple[str, str, str, str]  # verdict, printed, ocr, restored


@dataclass(frozen=True, slots=True)
class Document:
    """One document of a set; ``lines`` are counted line by line with ``alternatives`` when either is given."""

    name: str
    printed: str
    ocr: str
    group: str = ""
    reread: str | None = None
    alternatives: Alternatives | None = None
    lines: tuple[int, int] | None = None


@dataclass(slots=True)
class Figures:
    """What is printed of one set or group."""

    documents: int = 0
    score: Score = field(default_factory=Score)
    by_line: LineScore = field(default_factory=LineScore)
    changed: int = 0
    words: int = 0

    def row(self, name: str) -> str:
        """A row of the table in the docs."""
        s, t = self.by_line, self.score
        if not (s.words or t.words):
            share = 100 * self.changed / max(1, self.words)
            return f"| {name} | {self.words} | {self.changed} words: {share:.3f} % | | | |"
        words, raw, wer, repaired, harmed = (
            (s.words, s.raw_wer, s.wer, s.repaired, s.harmed)
            if s.words
            else (t.words, t.raw_wer, t.wer, t.repaired, t.harmed)
        )
        damaged = s.damaged if s.words else t.repaired + t.missed
        right = s.words - s.damaged if s.words else t.right + t.harmed
        rates = f"{100 * raw:.2f} | {100 * wer:.2f}"
        return f"| {name} | {words} | {rates} | {repaired}/{damaged} | {harmed}/{right} |"

    def line(self, name: str) -> str:
        if self.changed or (self.words and not self.score.words and not self.by_line.words):
            share = 100 * self.changed / max(1, self.words)
            return f"{name:<16}{self.documents:>4} words {self.words:>6}  {self.changed} words = {share:.3f} %"
        if self.by_line.words:
            s = self.by_line
            return (
                f"{name:<16}{self.documents:>4} words {s.words:>6}  WER {100 * s.wer:6.2f}  raw {100 * s.raw_wer:6.2f}"
                f"  repaired {s.repaired}/{s.damaged}  harmed {s.harmed}/{s.words - s.damaged}"
            )
        t = self.score
        return (
            f"{name:<16}{self.documents:>4} words {t.words:>6}  WER {100 * t.wer:6.2f}  core {100 * t.core_wer:6.2f}  "
            f"CER {100 * t.cer:6.2f}  raw {100 * t.raw_wer:6.2f}  repaired {t.repaired}/{t.repaired + t.missed}  "
            f"harmed {t.harmed}/{t.right + t.harmed} ({100 * t.harm:.2f} %)  precision {100 * t.precision:.1f} %"
        )


# --- material ---------------------------------------------------------------------------------------------------------


def text_of(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


def json_lines(path: Path) -> Iterator[dict[str, str]]:
    data = path.read_bytes()
    text = (lzma.decompress(data) if path.suffix == ".xz" else data).decode("utf-8")
    return (json.loads(row) for row in text.split("\n") if row)


def article(shared: Path) -> Iterator[Document]:
    seeds = shared / "seeds"
    ocr = next(path for path in sorted(seeds.glob("*.txt")) if not path.name.startswith("print"))
    printed = next(seeds.glob("print_lines_*.txt"))
    first, last = map(int, printed.stem.rpartition("_")[2].split("-"))
    table = read_alternatives(text_of(next(seeds.glob("alternatives_*.tsv"))))
    yield Document("article", text_of(printed), text_of(ocr), alternatives=table, lines=(first, last))


def news(shared: Path) -> Iterator[Document]:
    for at, row in enumerate(json_lines(shared / "scans" / "train.jsonl.xz")):
        if at % 5 == 0:
            yield Document(row["id"], row["print"], row["ocr"], f"severity {row['severity']}")


def other(shared: Path) -> Iterator[Document]:
    return pairs(shared / "scans" / "other.jsonl.xz")


def pairs(path: Path) -> Iterator[Document]:
    """JSON lines with ``print`` and ``ocr``, such as ``scanlab/pairs.py`` makes; an id, a severity, a re-reading if any."""
    for at, row in enumerate(json_lines(path)):
        group = f"severity {row['severity']}" if "severity" in row else ""
        yield Document(str(row.get("id", at)), row["print"], row["ocr"], group, row.get("reread_tur"))


def folders(parent: Path, pattern: str) -> Iterator[Document]:
    for path in sorted(parent.glob(pattern)):
        printed, ocr = text_of(path / "print.txt"), text_of(path / "ocr.txt")
        reread = path / "reread_tur.txt"
        meta = json.loads(text_of(path / "meta.json")) if (path / "meta.json").exists() else {}
        group = f"severity {meta['severity']}" if "severity" in meta else ""
        yield Document(path.name, printed, ocr, group, text_of(reread) if reread.exists() else None)


def wild(shared: Path) -> Iterator[Document]:
    for path in sorted((shared / "wild").glob("*/")):
        table = read_alternatives(text_of(path / "alternatives.tsv"), path.name)
        yield Document(path.name, text_of(path / "print.txt"), text_of(path / "ocr.txt"), path.name, alternatives=table)


def right_texts(shared: Path) -> Iterator[tuple[str, str]]:
    for row in text_of(shared / "corpus" / "clean.txt").split("\n"):
        if row:
            yield "news", row
    for found in json_lines(shared / "corpus" / "clean_other.jsonl"):
        yield found["source"], found["text"]


SETS: dict[str, Callable[[Path], Iterator[Document]]] = {
    "article": article,
    "news": news,
    "other": other,
    "own": lambda shared: folders(shared / "scans", "own*"),
    "wild": wild,
    "samples": lambda _: folders(ROOT / "seeds" / "samples", "*/"),
}
RIGHT = ("clean", "stripped")


def put(page: Path, name: str, table: str) -> None:
    """Put *table* between the marks of that name in a page of the docs, in place of what stood there."""
    text = page.read_text(encoding="utf-8")
    start, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    before, begun, rest = text.partition(start)
    _, ended, after = rest.partition(end)
    if not (begun and ended):
        raise SystemExit(f"{page}: no place for {name}: write {start} and {end} around it")
    page.write_text(f"{before}{start}\n{table.strip()}\n{end}{after}", encoding="utf-8")


def material(given: str | None = None) -> Path:
    return Path(given or os.environ.get("ONAR_MATERIAL") or ROOT.parent / "shared")


# --- measuring --------------------------------------------------------------------------------------------------------


def system(name: str | None, rules: str | None = None) -> Callable[[Iterable[str], int], Iterator[str]]:
    """The restorer under test: Onar itself, with *rules* of its own, or ``module:function`` from text to text."""
    if name is None:
        from onar import Restorer

        restorer = Restorer(rules=rules)
        return lambda texts, jobs: (result.text for result in restorer.restore_many(texts, jobs=jobs))
    module, _, function = name.partition(":")
    one: Callable[[str], str] = getattr(importlib.import_module(module), function)

    def run(texts: Iterable[str], jobs: int) -> Iterator[str]:
        if jobs == 1:
            yield from map(one, texts)
            return
        with ProcessPoolExecutor(jobs) as pool:
            yield from pool.map(one, texts)

    return run


def count(document: Document, restored: str) -> tuple[Figures, list[Triple]]:
    if document.alternatives is not None:
        found = score_lines(document.printed, restored, document.ocr, document.alternatives, document.lines)
        return Figures(1, by_line=found), _line_triples(document, restored, found)
    triples = [
        (x.verdict, x.printed, x.ocr, x.restored)
        for x in outcomes(document.printed, restored, document.ocr)
        if x.verdict in ("missed", "harmed")
    ]
    return Figures(1, score(document.printed, restored, document.ocr)), triples


def _line_triples(document: Document, restored: str, found: LineScore) -> list[Triple]:
    seen, read = document.ocr.replace("\f", "").split("\n"), restored.replace("\f", "").split("\n")
    return [
        (x.verdict, x.printed, x.ocr, x.restored)
        for n, gold, _ in found.wrong
        for x in outcomes(gold, read[n - 1], seen[n - 1])
        if x.verdict in ("missed", "harmed")
    ]


def add(total: Figures, one: Figures) -> None:
    total.documents += one.documents
    total.score += one.score
    total.by_line += one.by_line
    total.changed += one.changed
    total.words += one.words


def measure(documents: Sequence[Document], run: Callable[[Iterable[str], int], Iterator[str]], jobs: int) -> Report:
    report = Report()
    start = time.perf_counter()
    restored = list(run((document.ocr for document in documents), jobs))
    report.seconds = time.perf_counter() - start
    for document, text in zip(documents, restored, strict=True):
        figures, triples = count(document, text)
        report.per_doc[document.name] = figures
        for name in ("all", document.group):
            if name:
                add(report.groups.setdefault(name, Figures()), figures)
        report.triples.update(triples)
    report.words = sum(len(document.ocr.split()) for document in documents)
    return report


def folds_only() -> str:
    """A rule table by which letters lost their marks and nothing else was misread, all the same."""
    from onar.channel.confusions import load_channel

    rows = [f"{letter}\t{fold(letter)}\tany\t0.2" for letter in LETTERS if fold(letter) != letter]
    for rule in load_channel(()).rules:
        if rule.where != "any" or len(rule.printed) != 1 or fold(rule.printed) != rule.read:
            cells = (cell.replace(" ", "␣") or "∅" for cell in (rule.printed, rule.read))
            rows.append("\t".join((*cells, rule.where, "off")))
    return "\n".join(["printed\tread\twhere\tcost", *rows, ""])


def measure_right(shared: Path, kind: str, run: Callable[[Iterable[str], int], Iterator[str]], jobs: int) -> Report:
    """Right text as it is (``clean``: words changed), or without its marks (``stripped``: words brought back)."""
    report = Report()
    texts = list(right_texts(shared))
    given = [fold(text) if kind == "stripped" else text for _, text in texts]
    start = time.perf_counter()
    restored = list(run(given, jobs))
    report.seconds = time.perf_counter() - start
    for (group, text), before, after in zip(texts, given, restored, strict=True):
        counted = outcomes(text, after, before)
        wrong = [x for x in counted if x.verdict in ("missed", "harmed")]
        figures = Figures(1, words=len(counted), changed=len(wrong) if kind == "clean" else len(counted) - len(wrong))
        for name in ("all", group):
            add(report.groups.setdefault(name, Figures()), figures)
        report.triples.update((x.verdict, x.printed, x.ocr, x.restored) for x in wrong)
    report.words = sum(len(text.split()) for text in given)
    return report


@dataclass(slots=True)
class Report:
    """One set, measured."""

    groups: dict[str, Figures] = field(default_factory=dict)
    per_doc: dict[str, Figures] = field(default_factory=dict)
    triples: Counter[Triple] = field(default_factory=Counter)
    seconds: float = 0.0
    words: int = 0

    def show(self, name: str, per_doc: bool, examples: int) -> None:
        note = {"clean": " (changed)", "stripped": " (brought back)"}.get(name, "")
        rate = self.words / max(self.seconds, 1e-9)
        print(f"== {name}{note}: {self.words} words in {self.seconds:.1f} s = {rate:,.0f} words/s")
        for group in sorted(self.groups, key=lambda g: (g != "all", g)):
            print(self.groups[group].line(group))
        if per_doc:
            for document, figures in self.per_doc.items():
                print(figures.line("  " + document))
        for (verdict, printed, ocr, restored), times in self.triples.most_common(examples):
            print(f"  {times:>4} {verdict:<7} print={printed} ocr={ocr} restored={restored}")

    def as_dict(self) -> dict[str, object]:
        def row(figures: Figures) -> dict[str, object]:
            if figures.by_line.words:
                s = figures.by_line
                return {"words": s.words, "errors": s.errors, "raw_errors": s.raw_errors, "wer": s.wer,
                        "damaged": s.damaged, "repaired": s.repaired, "harmed": s.harmed}  # fmt: skip
            if figures.words:
                return {"words": figures.words, "counted": figures.changed}
            return dict(figures.score.as_dict())

        groups = {name: row(figures) for name, figures in self.groups.items()}
        return {"seconds": self.seconds, "words": self.words, "groups": groups,
                "documents": {name: row(figures) for name, figures in self.per_doc.items()}}  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*", metavar="SET", help="of " + ", ".join((*SETS, *RIGHT)) + "; all by default")
    parser.add_argument("--material", help="the folder with the shared material (../shared)")
    parser.add_argument("--pairs", type=Path, action="append", default=[], metavar="FILE",
                        help="measure these JSON lines with print and ocr (.xz too), and no other sets unless named")  # fmt: skip
    parser.add_argument("--system", metavar="MODULE:FUNCTION", help="measure this callable instead of Onar")
    parser.add_argument("--per-doc", action="store_true", help="one line for each document")
    parser.add_argument("--examples", type=int, default=0, help="show the N most frequent wrong words")
    parser.add_argument("--limit", type=int, help="only the first N documents of each set")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--json", type=Path, help="write all figures here")
    parser.add_argument("--into", type=Path, metavar="PAGE", help="put the table into this page of the docs")
    options = parser.parse_args(arguments)
    if unknown := [name for name in options.sets if name not in (*SETS, *RIGHT)]:
        parser.error(f"no set named {', '.join(unknown)}: choose from {', '.join((*SETS, *RIGHT))}")
    shared, run, reports = material(options.material), system(options.system), {}
    list(run(["Tiirkiye"], 1))  # knowledge is loaded before the clock starts
    given = {path.name.partition(".")[0]: path for path in options.pairs}
    for name in (*(options.sets or (() if given else (*SETS, *RIGHT))), *given):
        try:
            if name in RIGHT:
                right = system(options.system, folds_only()) if name == "stripped" else run
                reports[name] = measure_right(shared, name, right, options.jobs)
            else:
                documents = list(pairs(given[name]) if name in given else SETS[name](shared))[: options.limit]
                reports[name] = measure(documents, run, options.jobs)
        except (FileNotFoundError, StopIteration):
            print(f"== {name}: no material in {shared}")
            continue
        reports[name].show(name, options.per_doc, options.examples)
    if options.into:
        notes = {"clean": "clean (words changed)", "stripped": "stripped (words brought back)"}
        head = ["| set | words | raw WER % | WER % | repaired | harmed |", "|---|---:|---:|---:|---:|---:|"]
        rows = [
            report.groups[group].row(notes.get(name, name) if group == "all" else f"– {group}")
            for name, report in reports.items()
            for group in sorted(report.groups, key=lambda g: (g != "all", g))
            if group == "all" or group.startswith("severity")
        ]
        put(options.into, "accuracy", "\n".join([*head, *rows]))
    if options.json:
        figures = {name: report.as_dict() for name, report in reports.items()}
        options.json.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
