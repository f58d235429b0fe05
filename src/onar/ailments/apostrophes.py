"""Apostrophes that left a space: ``Cumhuriyet in`` was printed ``Cumhuriyet'in``.

- Some text layers lose the curly apostrophe. What is left is a name and, behind a space, an ending that is no word.
- An ending counts when it fits the name by Turkish harmony (`suffixes`) and stands in ``seeds/endings.tsv``.
- Only a text that shows it more than once, and more often than apostrophes in their place, is mended.

``Osmanlı nın`` → ``Osmanlı'nın`` by ``'>␣``. Start reading at :func:`lost`.
"""

from __future__ import annotations

import re
from functools import cache

from onar.alphabet import lower, upper
from onar.changelog.mended import Op
from onar.language.lexicon import encode
from onar.language.suffixes import spoken_ends, suffixes_after
from onar.language.tables import cells
from onar.segment import APOSTROPHES

__all__ = ["lost"]

LEAST = 2  # endings that stand alone
FAMILY = "glyphloss"
_STANDING = re.compile(rf"[^\W\d_][{APOSTROPHES}][^\W\d_]")


@cache
def _endings() -> tuple[re.Pattern[str], frozenset[str]]:
    """The pattern of a name and an ending behind a space, and the endings that are never words."""
    rows = cells("endings.tsv")
    forms = sorted({row["ending"] for row in rows}, key=len, reverse=True)
    capital = "".join(sorted({upper(c) for c in "abcçdefgğhıijklmnoöprsştuüvyz"}))
    pattern = re.compile(
        rf"(?<![^\W\d_])(?:[{capital}][^\W\d_]+)( )({'|'.join([*forms, *map(upper, forms)])})(?![\w{APOSTROPHES}])"
    )
    return pattern, frozenset(row["ending"] for row in rows if row["sure"] == "yes")


def lost(text: str) -> tuple[Op, ...]:
    """Return the mendings that put lost apostrophes back into *text*.

    >>> [op.start for op in lost("Osmanlı nın son yılları ve Cumhuriyet in ilk yılları")]
    [7, 37]
    >>> lost("Ankara da güzel, Osmanlı nın")
    ()
    """
    pattern, sure = _endings()
    found = []
    clear = 0
    for match in pattern.finditer(text):
        stem, ending = match.group().split(" ")
        if (stem == upper(stem)) != (ending == upper(ending)) or (len(stem) < 3 and stem != upper(stem)):
            continue
        code = "'" + encode(ending)
        if any(code in suffixes_after(end).costs for end, _ in spoken_ends(stem)):
            found.append(match.start(1))
            clear += lower(ending) in sure
    if clear < LEAST or clear <= len(_STANDING.findall(text)):
        return ()
    mark = "’" if "’" in text else "'"
    return tuple(Op(at, at + 1, mark, "'>␣", FAMILY) for at in found)
