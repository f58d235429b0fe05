"""Text that can't disguise itself: hidden characters, and those that turn the line around, shown by their number.

- Control and format characters, and lone surrogates, become ``⟨202E⟩``; a line break becomes ``↵``, a
  page break ``↡``, a tab a space.
- All other characters stay, Turkish or not.

``abc<U+202E>def`` is shown as ``abc⟨202E⟩def``. Start reading at :func:`visible`.
"""

from __future__ import annotations

import re
import unicodedata

__all__ = ["visible"]

_BREAK = re.compile(r"\r\n|\r|\n")
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def visible(text: str) -> str:
    r"""Return *text* on one line, hidden characters by their number.

    >>> visible("sat\u0131r\nba\u202e\u015f\x1b[2J")
    'satır↵ba⟨202E⟩ş⟨001B⟩[2J'
    """
    text = _BREAK.sub("↵", text).replace("\f", "↡").replace("\t", " ")
    if text.isprintable():
        return text
    return "".join(f"⟨{ord(c):04X}⟩" if unicodedata.category(c) in _HIDDEN else c for c in text)
