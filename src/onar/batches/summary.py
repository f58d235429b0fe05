"""What a batch did, counted from its manifest: documents, words, changes by confusion, the worst, and the failures.

- Counts only, so that it can be added up one record at a time and the whole collection is never in memory.
- The same documents give the same summary, however many runs and processes it took; what concerns only this run
  (time, documents already done, workers that died) stands apart under ``run``.
- Three views: text for the terminal, JSON for programs, one self-contained HTML page with charts for people.

1,900 documents of which ``ü>ii`` was mended 51,204 times: ``Summary.confusions["ü>ii"] == 51204``.
Start reading at :class:`Summary`.
"""

from __future__ import annotations

import heapq
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from onar.batches.manifest import Record
from onar.encoding import printable
from onar.files import write_file

__all__ = ["SCHEMA", "Failure", "Run", "Summary", "Worst", "write"]

SCHEMA = "onar-summary/1"
STEPS = 20  # the histogram of damage counts documents by steps of 5 %
_WORST = 10
_COUNTS = ("documents", "done", "pages", "words", "applied", "flagged", "noted")
_SHOWN = 20  # confusions and failures that the text names; JSON has them all


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that could not be restored, and why."""

    input: str
    reason: str

    def __str__(self) -> str:
        """Return name and reason on one line; most reasons hold the name already."""
        name, reason = printable(self.input), printable(self.reason)
        return reason if name in reason else f"{name}: {reason}"


@dataclass(frozen=True, slots=True, order=True)
class Worst:
    """One of the most damaged documents: ``damage`` is the share of its words that were changed or flagged."""

    damage: float
    input: str
    words: int
    changes: int


@dataclass(slots=True)
class Run:
    """What concerns this run only: ``unchanged`` documents were done before; ``deaths`` counts workers that died."""

    restored: int = 0
    unchanged: int = 0
    failed: int = 0
    deaths: int = 0
    jobs: int = 1
    seconds: float = 0.0


@dataclass(slots=True)
class Summary:
    """The figures of a batch.

    ``noted`` documents have remarks; ``histogram[i]`` counts the documents with 5i to 5i+5 % of their words damaged.
    """

    documents: int = 0
    done: int = 0
    pages: int = 0
    words: int = 0
    applied: int = 0
    flagged: int = 0
    confusions: Counter[str] = field(default_factory=Counter)
    histogram: list[int] = field(default_factory=lambda: [0] * STEPS)
    worst: list[Worst] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    noted: int = 0
    run: Run = field(default_factory=Run)

    @classmethod
    def of(cls, records: Iterable[Record], run: Run | None = None) -> Summary:
        """Return the summary of *records*, one for each document."""
        summary = cls(run=run or Run())
        for record in records:
            summary.add(record)
        return summary

    @property
    def exit_code(self) -> int:
        """What the command line answers with: 0, or 5 when documents failed."""
        return 5 if self.failures else 0

    def add(self, record: Record) -> None:
        """Count *record*."""
        self.documents += 1
        if not record.done:
            self.failures.append(Failure(record.input, record.error or "unknown reason"))
            return
        figures = record.figures
        self.done += 1
        self.noted += bool(record.notes)
        self.pages += figures.pages
        self.words += figures.words
        self.applied += figures.applied
        self.flagged += figures.flagged
        self.confusions.update(figures.confusions)
        self.histogram[min(STEPS - 1, int(figures.damage * STEPS))] += 1
        if changes := figures.applied + figures.flagged:
            worst = Worst(round(figures.damage, 4), record.input, figures.words, changes)
            self.worst = heapq.nlargest(_WORST, [*self.worst, worst])

    def ranked(self) -> list[tuple[str, int]]:
        """Return the confusions with their counts, the most frequent first; equals in the order of their names."""
        return sorted(self.confusions.items(), key=lambda item: (-item[1], item[0]))

    def to_json(self) -> str:
        """Return the summary as JSON, readable by people too; its schema is ``onar/schema/summary.json``."""
        value = {
            "schema": SCHEMA,
            **{
                name: getattr(self, name)
                for name in ("documents", "done", "pages", "words", "applied", "flagged", "noted")
            },
            "confusions": dict(self.ranked()),
            "histogram": self.histogram,
            "worst": [{name: getattr(one, name) for name in Worst.__slots__} for one in self.worst],
            "failures": [{"input": one.input, "reason": one.reason} for one in self.failures],
            "run": {name: getattr(self.run, name) for name in Run.__slots__},
        }
        return json.dumps(value, ensure_ascii=False, indent=1).encode("utf-8", "backslashreplace").decode() + "\n"

    def to_text(self) -> str:
        """Return the summary in some lines of plain text."""
        lines = [
            f"documents   {self.documents:,}: {self.done:,} restored, {len(self.failures):,} failed"
            f" (this run: {self.run.restored:,} restored, {self.run.unchanged:,} were done before)",
            f"pages       {self.pages:,}",
            f"words       {self.words:,}: {self.applied:,} changed ({_share(self.applied, self.words)}),"
            f" {self.flagged:,} flagged ({_share(self.flagged, self.words)})",
            f"time        {self.run.seconds:,.1f} s with {processes(self.run.jobs)}",
        ]
        if self.run.deaths:
            lines.append(f"workers     {self.run.deaths} died and were replaced")
        if self.noted:
            lines.append(f"remarks     {self.noted:,} documents have some: they are in the manifest")
        if self.confusions:
            lines += ["", "changes by confusion (printed>read)"]
            lines += [f"{count:>11,}  {printable(rule)}" for rule, count in self.ranked()[:_SHOWN]]
        if self.worst:
            lines += ["", "most damaged"]
            lines += [f"{one.damage:>10.1%}  {printable(one.input)} ({one.words:,} words)" for one in self.worst]
        if self.failures:
            lines += ["", "failed"]
            lines += [f"  {one}" for one in self.failures[:_SHOWN]]
            if len(self.failures) > _SHOWN:
                lines.append(f"  and {len(self.failures) - _SHOWN:,} more: they are in the manifest")
        return "\n".join(lines) + "\n"


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "0 %"


def processes(jobs: int) -> str:
    """Say how many processes worked.

    >>> processes(1), processes(4)
    ('1 process', '4 processes')
    """
    return f"{jobs} process" + ("es" if jobs > 1 else "")


def write(summary: Summary, path: str | Path) -> None:
    """Write *summary* to *path*: as HTML or JSON if the name ends so, else as text."""
    kind = Path(path).suffix
    if kind == ".html":
        from onar.batches.summary_page import to_html

        text = to_html(summary)
    else:
        text = summary.to_json() if kind == ".json" else summary.to_text()
    write_file(path, text.encode("utf-8", "backslashreplace"))
