"""What people decided about changes: kept in a file of its own, and honoured by later runs and newer versions.

- A decision says what is printed in one place: *accept* the reading that was proposed, *reject* it (what was read
  stays), or *edit* it into another.
- It carries the word and its surroundings, so that it is found again by id, else by place, else by quotation.
- A person's decision goes before anything the engine says about the same characters.
- A decisions file belongs to its source by SHA-256; a log with decisions in it serves as a decisions file too.

``{"id":"…","decision":"edit","before":"SIOniin","after":"ŞİÖ’nün","prefix":"kurulan ","suffix":" amacı"}`` is one.
Start reading at :func:`decide`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from onar.changelog.changes import Change, Decision, Places, locate
from onar.changelog.log import SCHEMA as LOG_SCHEMA
from onar.changelog.log import Log, fingerprint, from_json, to_json
from onar.changelog.log import loads as loads_log
from onar.changelog.log import read as read_log
from onar.encoding import printable, utf8
from onar.errors import InputError
from onar.files import read_bytes, write_file

__all__ = ["SCHEMA", "Decisions", "Judgement", "choose", "decide", "dumps", "loads", "read", "write"]

SCHEMA = "onar-decisions/1"
_REMEDY = "give a decisions file written by onar review, or a log"
_ANCHOR = 8


@dataclass(frozen=True, slots=True)
class Judgement:
    """One person's word about one change: its id, the decision, what was read and proposed, and its surroundings.

    ``after`` is what the person saw proposed, or with ``edit`` their own reading. ``start`` counts code points.
    """

    id: str
    decision: Decision
    before: str
    after: str
    prefix: str = ""
    suffix: str = ""
    start: int | None = None
    note: str | None = None

    @classmethod
    def of(cls, change: Change, decision: Decision | None = None, after: str | None = None) -> Judgement:
        """Return the judgement that *change* carries, or the one given."""
        chosen = decision or change.decision
        if chosen is None:
            raise ValueError(f"change {change.id} has no decision")
        reading = change.after if after is None else after
        return cls(change.id, chosen, change.before, reading, change.prefix, change.suffix, change.start, change.note)


@dataclass(frozen=True, slots=True)
class Decisions:
    """All that was decided about one source: its name and fingerprint, and the judgements."""

    source: str
    sha256: str
    judgements: tuple[Judgement, ...] = ()

    @classmethod
    def of(cls, log: Log) -> Decisions:
        """Return the decisions that stand in *log*."""
        decided = (Judgement.of(change) for change in log.changes if change.decision)
        return cls(log.source, log.sha256, tuple(decided))

    def check(self, log: Log) -> None:
        """Raise :class:`InputError` unless these decisions are about the source of *log*."""
        if self.sha256 != log.sha256:
            raise InputError(
                f"the decisions are about another text ({printable(self.source)}, sha256 {self.sha256[:12]}…) than the "
                f"log ({printable(log.source)}, {log.sha256[:12]}…): give those that were made with this log"
            )


def decide(
    text: str, changes: Sequence[Change], decisions: Decisions
) -> tuple[tuple[Change, ...], tuple[Judgement, ...]]:
    """Return the *changes* of *text* with the *decisions* written into them, and the judgements that found no place.

    A judgement about a place where *changes* has none becomes a change of its own. Changes of the engine that overlap
    a person's are only flagged. Raises :class:`InputError` when two accepted changes overlap.

    >>> made = locate("yeni diizende").change(5, 13, "dizende")
    >>> mine = Decisions("a.txt", "", (Judgement.of(made, "edit", "düzende"),))
    >>> print(*decide("yeni diizende", [made], mine)[0])
    1:6 diizende → düzende (100%, edit)
    """
    places = locate(text)
    known = {change.id: change for change in changes}
    spans = {(change.start, change.end): change for change in changes}
    same = fingerprint(text) == decisions.sha256
    decided: dict[str, Change] = {}
    elsewhere: list[Judgement] = []
    for judgement in decisions.judgements:
        change = known.get(judgement.id)
        if change and change.before == judgement.before and not (same and judgement.start not in (None, change.start)):
            decided[change.id] = _judged(change, judgement)
        else:
            elsewhere.append(judgement)
    lost, added = [], []
    for judgement, start in _find(places, elsewhere, same):
        if start is None:
            lost.append(judgement)
        elif change := spans.get((start, start + len(judgement.before))):
            decided.setdefault(change.id, _judged(change, judgement))
        else:
            spans[start, start + len(judgement.before)] = change = _new(places, start, judgement, known)
            added.append(_judged(change, judgement))
    firm = [change for change in decided.values() if change.in_text] + added
    settled = [decided.get(change.id, change) for change in changes] + added
    settled.sort(key=lambda change: (change.start, change.end))
    return tuple(_give_way(settled, firm)), tuple(lost)


def _judged(change: Change, judgement: Judgement) -> Change:
    """Write *judgement* into *change*; an accepted reading stands even where a newer version proposes another."""
    decision, after = judgement.decision, change.after
    if decision != "reject" and judgement.after != change.after:
        decision, after = "edit", judgement.after
    rivals = change.alternatives
    if after != change.after and change.after != change.before:
        rivals = ((change.after, change.confidence), *(rival for rival in rivals if rival[0] != change.after))
    note = change.note if judgement.note is None else judgement.note
    return replace(change, decision=decision, after=after, alternatives=rivals, note=note)


def _new(places: Places, start: int, judgement: Judgement, known: Mapping[str, Change]) -> Change:
    change = places.change(start, start + len(judgement.before), judgement.after, status="flagged")
    return change if judgement.id in known else replace(change, id=judgement.id)


def _find(places: Places, judgements: Sequence[Judgement], same: bool) -> Iterator[tuple[Judgement, int | None]]:
    """Yield each judgement with the offset it is about: where it stood, else where its quotation stands now."""
    quoting = [item for item in judgements if not same or item.start is None]
    wanted = {key for item in quoting for key in _quotations(item.before, item.prefix, item.suffix)}
    found = _walk(places, wanted) if wanted else {}
    for item in judgements:
        if same and item.start is not None:
            there = item.before and places.text.startswith(item.before, item.start)
            yield item, item.start if there else None
        else:
            keys = _quotations(item.before, item.prefix, item.suffix)
            nearest = (_nearest(found.get(key, ()), item.start or 0) for key in keys)
            yield item, next((at for at in nearest if at is not None), None)


def _nearest(places: Sequence[int], near: int) -> int | None:
    at = bisect_left(places, near)
    return min(places[max(0, at - 1) : at + 1], key=lambda place: abs(place - near), default=None)


def _quotations(before: str, prefix: str, suffix: str) -> Iterator[tuple[str, ...]]:
    """Yield the word with two neighbours on either side, then with one: any white space may stand between them."""
    left, right = prefix.split(), suffix.split()
    for count in (2, 1):
        yield before, *left[-count:], "", *right[:count]


def _walk(places: Places, wanted: set[tuple[str, ...]]) -> dict[tuple[str, ...], list[int]]:
    """Return the offsets, rising, of each wanted quotation: one walk through the text for each length of anchor."""
    text = places.text
    anchors: dict[int, dict[str, set[str]]] = {}
    for before in {key[0] for key in wanted if key[0]}:
        start = before[:_ANCHOR]
        anchors.setdefault(len(start), {}).setdefault(start, set()).add(before)
    found: dict[tuple[str, ...], list[int]] = {}
    for length, starts in anchors.items():
        for at in range(len(text) - length + 1):
            for before in starts.get(text[at : at + length], ()):
                if text.startswith(before, at):
                    for key in wanted.intersection(_quotations(before, *places.around(at, at + len(before)))):
                        found.setdefault(key, []).append(at)
    return found


def _give_way(changes: Iterable[Change], firm: Iterable[Change]) -> Iterator[Change]:
    """Flag what the engine applied where people's *firm* changes take some of the same characters."""
    starts: list[int] = []
    ends: list[int] = []
    standing: Change | None = None
    for change in sorted(firm, key=lambda change: (change.start, change.end)):
        if change.in_text and standing and change.start < standing.end:
            raise InputError(
                f"decisions {standing.id} and {change.id} are about the same characters: reject one of them"
            )
        standing = change if change.in_text else standing
        if ends and change.start < ends[-1]:
            ends[-1] = max(ends[-1], change.end)
        else:
            starts.append(change.start)
            ends.append(change.end)
    for change in changes:
        if (
            change.decision is None
            and change.in_text
            and bisect_right(ends, change.start) < bisect_left(starts, change.end)
        ):
            change = replace(change, status="flagged")
        yield change


def choose(known: Iterable[Decisions], text: str, name: str) -> Decisions | None:
    """Return those of the *known* decisions that are about *text*, else those about a source of that *name*.

    >>> choose([Decisions("eski/a.txt", "")], "diizen", "a.txt")
    Decisions(source='eski/a.txt', sha256='', judgements=())
    """
    known = list(known)
    mark, last = fingerprint(text), Path(name).name
    exact = (item for item in known if item.sha256 == mark)
    named = (item for item in known if Path(item.source).name == last)
    return next(exact, None) or next(named, None)


def dumps(decisions: Iterable[Decisions]) -> str:
    """Return *decisions*, one entry a source, as JSON with one judgement a line."""
    parts = []
    for item in decisions:
        lines = ",\n".join(to_json(_row(judgement)) for judgement in item.judgements)
        head = to_json({"source": item.source, "sha256": item.sha256})
        parts.append(f'{head[:-1]},"decisions":[\n{lines}\n]}}')
    return f'{{"schema":"{SCHEMA}","sources":[\n' + ",\n".join(parts) + "\n]}\n"


def _row(judgement: Judgement) -> dict[str, Any]:
    row = {name: getattr(judgement, name) for name in Judgement.__slots__}
    return {name: value for name, value in row.items() if value is not None}


def loads(text: str, name: str = "decisions") -> tuple[Decisions, ...]:
    """Return the decisions that *text* holds, an entry a source; errors give *name*."""
    whole = from_json(text, printable(name))
    if whole.get("schema") != SCHEMA or not isinstance(whole.get("sources"), list):
        raise InputError(f"{printable(name)}: not an {SCHEMA} file: {_REMEDY}")
    return tuple(_source(entry, f"{printable(name)}, source {at}") for at, entry in enumerate(whole["sources"], 1))


def _source(entry: object, where: str) -> Decisions:
    if not isinstance(entry, dict) or not isinstance(entry.get("decisions"), list):
        raise InputError(f"{where}: no list of decisions: {_REMEDY}")
    if not isinstance(entry.get("source"), str) or not isinstance(entry.get("sha256"), str):
        raise InputError(f"{where}: no source and sha256: {_REMEDY}")
    rows = enumerate(entry["decisions"], 1)
    return Decisions(
        entry["source"], entry["sha256"], tuple(_judgement(row, f"{where}, decision {at}") for at, row in rows)
    )


def _judgement(row: object, where: str) -> Judgement:
    if not isinstance(row, dict):
        raise InputError(f"{where}: not a JSON object: {_REMEDY}")
    values: dict[str, Any] = {name: row.get(name) for name in Judgement.__slots__}
    values["prefix"] = values["prefix"] or ""
    values["suffix"] = values["suffix"] or ""
    for name in ("id", "before", "after", "prefix", "suffix"):
        if not isinstance(values[name], str):
            raise InputError(f"{where}: {name} must be a text: {_REMEDY}")
    start, note = values["start"], values["note"]
    if values["decision"] not in ("accept", "reject", "edit"):
        raise InputError(f"{where}: decision must be accept, reject or edit: {_REMEDY}")
    if start is not None and (type(start) is not int or start < 0):
        raise InputError(f"{where}: start must be a whole number: {_REMEDY}")
    if note is not None and not isinstance(note, str):
        raise InputError(f"{where}: note must be a text: {_REMEDY}")
    return Judgement(**values)


def read(path: str | Path) -> tuple[Decisions, ...]:
    """Read the decisions at *path*: a decisions file, or a log (JSON Lines or CSV) with decisions in it."""
    if Path(path).suffix == ".csv":
        return (Decisions.of(read_log(path)),)
    text = utf8(read_bytes(path), str(path), remedy=_REMEDY)
    first = text.removeprefix("\ufeff").partition("\n")[0]
    if LOG_SCHEMA in first:
        return (Decisions.of(loads_log(text, str(path))),)
    return loads(text.removeprefix("\ufeff"), str(path))


def write(decisions: Iterable[Decisions], path: str | Path) -> None:
    """Write *decisions* to *path*, whole or not at all."""
    write_file(path, dumps(decisions).encode("utf-8"))
