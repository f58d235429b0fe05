"""Like changes together, and how sure each is: what every kind of review shows first.

- A band says how to read a change: *sure* (applied, 95 % or more), *likely* (applied), *doubtful* (flagged),
  *left* (a suspicious word that was left alone: flagged, with the word as read for its reading).
- A group is all changes of one word into another; settling it once settles them all.
- Groups come by size; among equals the doubtful first, then as in the text.

``giivenlik → güvenlik``, 37 times, is one group. Start reading at :func:`group`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from onar.changelog.changes import Change

__all__ = ["BANDS", "SURE", "Band", "Group", "band", "confusions", "group", "numbers"]

Band = Literal["sure", "likely", "doubtful", "left"]
BANDS: tuple[Band, ...] = ("sure", "likely", "doubtful", "left")

SURE = 0.95
"""From this confidence on, an applied change counts as sure."""


@dataclass(frozen=True, slots=True)
class Group:
    """All changes of *before* into *after*, in text order."""

    before: str
    after: str
    changes: tuple[Change, ...]

    def __len__(self) -> int:
        """Return how many changes are in the group."""
        return len(self.changes)

    @property
    def worst(self) -> Band:
        """The least sure band among the changes."""
        return BANDS[max(BANDS.index(band(change)) for change in self.changes)]


def band(change: Change) -> Band:
    """Return the band of *change*.

    >>> band(Change("1", 0, 4, 1, 1, 1, "diiz", "düz", confidence=0.97))
    'sure'
    >>> band(Change("2", 0, 4, 1, 1, 1, "$i0", "ŞİÖ", confidence=0.4, status="flagged"))
    'doubtful'
    """
    if change.status == "flagged":
        return "left" if change.before == change.after else "doubtful"
    return "sure" if change.confidence >= SURE else "likely"


def group(changes: Iterable[Change]) -> list[Group]:
    """Return the groups of *changes*: the largest first, among equals the doubtful, then the earliest.

    >>> words = [("1", "iilke", "ülke"), ("2", "giin", "gün"), ("3", "giin", "gün")]
    >>> [(g.before, len(g)) for g in group(Change(n, 0, len(b), 1, 1, 1, b, a) for n, b, a in words)]
    [('giin', 2), ('iilke', 1)]
    """
    found: dict[tuple[str, str], list[Change]] = {}
    for change in changes:
        found.setdefault((change.before, change.after), []).append(change)
    groups = [Group(before, after, tuple(members)) for (before, after), members in found.items()]
    return sorted(groups, key=_rank)


def _rank(item: Group) -> tuple[int, int, float, int]:
    least = min(change.confidence for change in item.changes)
    return -len(item), -BANDS.index(item.worst), least, item.changes[0].start


def confusions(change: Change) -> list[str]:
    """Return the confusions that *change* mends, each once; where in the word they happened is left out.

    >>> confusions(Change("1", 0, 4, 1, 1, 1, "iiliis", "ülüş", rules=("ü>ii…", "…ü>ii…", "ş>s")))
    ['ü>ii', 'ş>s']
    """
    return list(dict.fromkeys(rule.strip("…") or rule for rule in change.rules))


def numbers(changes: Sequence[Change]) -> dict[Band, int]:
    """Return how many of *changes* are in each band."""
    counts = dict.fromkeys(BANDS, 0)
    for change in changes:
        counts[band(change)] += 1
    return counts
