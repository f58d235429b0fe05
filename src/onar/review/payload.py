"""What the review page knows: the changes as columns, the sources, the pictures, what was already decided.

- One array a field, so that 20,000 changes stay small and are read by the browser in a few milliseconds.
- Places in the text are told twice: ``start`` in code points, as the log does, ``at`` in UTF-16 units, as browsers do.
- Bands and groups are decided here, once for every kind of review.
- The digest names this very log: under it the browser keeps the reviewer's decisions.

``{"before": ["diizen"], "after": ["düzen"], "at": [4], "band": [0], …}``. Start reading at :func:`payload`.
"""

from __future__ import annotations

import re
from base64 import b64encode
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import PurePath

from onar.changelog.changes import Change
from onar.changelog.decisions import Decisions, decide
from onar.changelog.log import Log, dumps
from onar.errors import InputError
from onar.review.groups import BANDS, band, confusions, group
from onar.review.session import settle

__all__ = ["payload"]

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_PICTURES = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
_CHOICES = (None, "accept", "reject", "edit")
_SAME_NAME = ("id", "start", "line", "page", "before", "after", "prefix", "suffix")


def payload(
    logs: Sequence[Log], texts: Sequence[str | None], pictures: Mapping[str, bytes], decisions: Sequence[Decisions]
) -> dict[str, object]:
    """Return what the page holds about *logs*, the *texts* they were made from, and what was decided already."""
    pairs = [(log, text, _decided(log, text, decisions)) for log, text in zip(logs, texts, strict=True)]
    changes = [(at, change) for at, (_, _, own) in enumerate(pairs) for change in own]
    rules = sorted({rule for _, change in changes for rule in confusions(change)})
    name = PurePath(logs[0].source).name if len(logs) == 1 else "onar"
    return {
        "digest": _digest(logs),
        "file": f"{name}.decisions.json",
        "paged": any(change.page > 1 for _, change in changes) or any("\f" in text for text in texts if text),
        "sources": [{"name": log.source, "sha256": log.sha256, "text": text} for log, text, _ in pairs],
        "rules": rules,
        "changes": _columns(changes, texts, rules),
        "pictures": {
            at: _picture(change.id, pictures[change.id])
            for at, (_, change) in enumerate(changes)
            if change.id in pictures
        },
    }


def _columns(
    changes: Sequence[tuple[int, Change]], texts: Sequence[str | None], rules: Sequence[str]
) -> dict[str, list[object]]:
    """Return the fields of *changes*, one list a field."""
    number = {rule: at for at, rule in enumerate(rules)}
    groups = {(item.before, item.after): at for at, item in enumerate(group(change for _, change in changes))}
    units = [_Units(text or "") for text in texts]
    columns: dict[str, list[object]] = {name: [getattr(change, name) for _, change in changes] for name in _SAME_NAME}
    columns |= {
        "source": [at for at, _ in changes],
        "at": [units[at].of(change.start) for at, change in changes],
        "rules": [[number[rule] for rule in confusions(change)] for _, change in changes],
        "confidence": [round(change.confidence, 4) for _, change in changes],
        "alternatives": [[[word, round(p, 4)] for word, p in change.alternatives] for _, change in changes],
        "flagged": [int(change.status == "flagged") for _, change in changes],
        "band": [BANDS.index(band(change)) for _, change in changes],
        "group": [groups[change.before, change.after] for _, change in changes],
        "decision": [_CHOICES.index(change.decision) for _, change in changes],
        "note": [change.note for _, change in changes],
    }
    return columns


class _Units:
    """How many UTF-16 units stand before a code point of one text."""

    def __init__(self, text: str) -> None:
        self._wide = [match.start() for match in _ASTRAL.finditer(text)]

    def of(self, start: int) -> int:
        return start + bisect_left(self._wide, start)


def _decided(log: Log, text: str | None, decisions: Iterable[Decisions]) -> Sequence[Change]:
    """Return the changes of *log* with what was decided about them."""
    changes = log.changes
    for one in decisions:
        if one.sha256 != log.sha256:
            continue
        known = decide(text, changes, one)[0] if text is not None else settle(changes, one.judgements)
        changes = tuple(known)
    return changes


def _picture(name: str, data: bytes) -> str:
    for magic, kind in _PICTURES.items():
        if data.startswith(magic):
            return f"data:{kind};base64,{b64encode(data).decode()}"
    raise InputError(f"the picture of change {name} is neither PNG nor JPEG: give one of these")


def _digest(logs: Iterable[Log]) -> str:
    """Return a name for these very *logs*; decisions in them take no part."""
    bare = (log.with_changes(replace(change, decision=None, note=None) for change in log.changes) for log in logs)
    return sha256("".join(dumps(log) for log in bare).encode("utf-8", "surrogatepass")).hexdigest()[:32]
