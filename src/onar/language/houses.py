"""Whose page is this, and does that house write the circumflex?

- The circumflex is a habit of a house, not of a word: parliament and laws print ``resmî``, ``imkân``, ``hâlinde``, news
  mostly ``resmi``, ``imkan``, ``halinde``. A damaged page seldom shows it.
- What the page does show are its words, and they tell which kind of source it is (``houses.tsv``, naive Bayes).
- For each form it is counted how often each kind writes it with a circumflex (``roofs.tsv``). The price of a circumflex is
  what separates the page's own houses from the mixture of sources behind the lexicon.

After a page of minutes ``millî`` is cheaper than its frequency says, after a page of news dearer. Start reading at
:meth:`Habit.of`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from math import exp, log

from onar.language.codes import encode
from onar.language.tables import rows

__all__ = ["NO_HABIT", "Habit", "plain", "stem"]

TRUST = 0.2  # weight of a word as a sign of the house: words of a page are no independent witnesses
DOUBT = 2.0  # nats: a circumflex must be plainly likelier than none, since one put where none was is harm
UNCOUNTED = 4.0  # nats for a circumflex no source has: most print does without
STEP = 10  # steps in a nat, in both tables
_ROOFED = frozenset(encode("âîû"))
_FINAL = encode("î")
_PLAIN = str.maketrans(encode("âîû"), encode("aiu"))


def plain(code: str) -> str:
    """Return a code without its circumflexes.

    >>> plain(encode("dâhilî")) == encode("dahili")
    True
    """
    return code.translate(_PLAIN)


def stem(code: str) -> str:
    """Return the part of a code that tells about its circumflex: up to the last one and, but for ``î``, a letter more.

    >>> stem(encode("hâlinden")), stem(encode("resmîler"))
    ('hAl', 'resmY')
    """
    last = max(at for at, letter in enumerate(code) if letter in _ROOFED)
    return code[: last + (1 if code[last] == _FINAL else 2)]


@cache
def _houses() -> dict[str, list[str]]:
    return {encode(word): cells for word, *cells in rows("houses.tsv", 10)}


@cache
def _roofs() -> dict[str, list[str]]:
    return {encode(form): cells for form, *cells in rows("roofs.tsv", 11)}


def _nats(cells: Iterable[str]) -> list[float]:
    """The numbers of a row; only a few rows are ever asked for, so they stay letters until then."""
    return [int(cell) / STEP for cell in cells]


@dataclass(frozen=True)
class Habit:
    """How likely each kind of source is to have printed a page; without shares, all alike."""

    shares: tuple[float, ...] = ()

    @classmethod
    def of(cls, codes: Iterable[str]) -> Habit:
        """Return the habit of a page on which the words *codes* stand.

        >>> minutes = Habit.of(map(encode, "sayın başkan değerli milletvekilleri grubu adına söz aldım".split()))
        >>> minutes.cost(encode("imkân")) < 0 < Habit.of(map(encode, ["ajansı", "muhabiri"])).cost(encode("imkân"))
        True
        """
        known = _houses()
        found = [_nats(known[code]) for code in sorted(set(codes)) if code in known]
        sums = [TRUST * sum(column) for column in zip(*found, strict=True)]
        top = max(sums, default=0.0)
        odds = [exp(total - top) for total in sums]
        return cls(tuple(one / sum(odds) for one in odds))

    def cost(self, code: str) -> float:
        """Return how much dearer the circumflexes of *code* are than its frequency says, in nats; less than 0: cheaper."""
        known = _roofs()
        row = known.get(code) or known.get(stem(code) + "…")
        if row is None:
            return UNCOUNTED
        usual, *kinds = _nats(row)
        shares = self.shares or (1 / len(kinds),) * len(kinds)
        likely = sum(share / (1 + exp(-odds)) for share, odds in zip(shares, kinds, strict=True))
        return DOUBT + usual - log(likely / (1 - likely))


NO_HABIT = Habit()
