"""Cuts a text into atoms, the smallest pieces that may be a word, and remembers what stands between them.

- An :class:`Atom` is a run of letters, digits and the signs OCR puts for letters (``$``, ``¢``, ``{``), with the
  apostrophes inside it; everything else is the *gap* before the next atom.
- Nothing is lost: gaps and atoms in turn are the text again.
- A gap tells what lies between two words: a plain space, a line break, a hyphen at a line end, the end of a sentence.
- Addresses, e-mails and file names are marked as *fixed*: no letter of them is touched.

``"dis politi-\\nkasina"`` has the atoms ``dis``, ``politi`` and ``kasina``; the last gap ``"-\\n"`` is a broken word.
Start reading at :func:`cut`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from onar.alphabet import VOWELS, lower

__all__ = ["APOSTROPHES", "Atom", "breaks_word", "clean_break", "cut", "ends_sentence", "is_abbreviation", "is_space"]

APOSTROPHES = "'’‘ʼ`´′‛"
_HYPHENS = "-‐‑\u00ad¬"
# A hyphen, or what thin print makes of one, at a line end; specks may stand behind it and before the next line's letters.
_SPECK = r"[^\w\s(\[{\"“«]|_"
_BROKEN = re.compile(
    rf"([{_HYPHENS}]|[~=](?=\s))(?:[ \t]*(?:{_SPECK})){{0,3}}[ \t]*((?:\r\n|\r|\n|\f)\s*)(?:(?:{_SPECK}){{1,2}}[ \t]*)?\Z"
)
_SENTENCE_END = re.compile(r"[.!?…]|\n\s*\n|\f")
_ADDRESS = re.compile(
    r"""(?:https?://|www\.|ftp://)\S+(?:(?<=[-/_=&?])[ \t]*\r?\n[ \t]*[\w.-]+\S*)?
      | (?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})+
      | \b[\w-]+\.(?:com|org|net|edu|gov|info|pdf|html?|php|aspx?|docx?|xlsx?|pptx?|txt
                    |js|css|xml|json|png|jpe?g|gif|exe|dll)\b(?:[./]\S*)?
      | \b10\.\d{4,9}/\S+
    """,
    re.VERBOSE | re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Atom:
    """A piece that may be a word: where it stands, its letters, and the *gap* of other characters before it."""

    start: int
    end: int
    text: str
    gap: str
    fixed: bool = False


@lru_cache(maxsize=8)
def _pattern(signs: str) -> re.Pattern[str]:
    letter = r"[^\W_]"
    if (
        signs
    ):  # a speck and no letter: at a line end, behind a hyphen or in place of one; alone at the beginning of a line
        sign, ends = f"[{re.escape(signs)}]", r"[ \t]*[\r\n\f]"
        speck = (
            rf"[~=]{ends}|(?:(?<=[{_HYPHENS}])|(?<=[{_HYPHENS}] )){sign}{{1,2}}{ends}|(?<=[\r\n\f]){sign}{{1,2}}[ \t]"
        )
        letter = rf"(?:[^\W_]|(?!{speck}|%\d){sign})"
    return re.compile(rf"{letter}+(?:[{APOSTROPHES}]{{1,2}}{letter}+)*")


def cut(text: str, signs: str = "") -> Iterator[Atom]:
    """Yield the atoms of *text* in order; *signs* are the characters OCR puts for letters.

    >>> [atom.text for atom in cut("Tiirkiye'nin ($IO) politi-\\nkasi", "$")]
    ["Tiirkiye'nin", '$IO', 'politi', 'kasi']
    """
    addresses = [m.span() for m in _ADDRESS.finditer(text)] if _may_hold_address(text) else []
    at = following = 0
    for found in _pattern(signs).finditer(text):
        start, end = found.span()
        while following < len(addresses) and addresses[following][1] <= start:
            following += 1
        fixed = following < len(addresses) and addresses[following][0] <= start
        yield Atom(start, end, found.group(), text[at:start], fixed)
        at = end


def _may_hold_address(text: str) -> bool:
    return "@" in text or "://" in text or "www." in text or "." in text


def breaks_word(gap: str) -> bool:
    """Tell whether *gap* is a hyphen at a line or page end, so that the pieces around it may be one word.

    >>> breaks_word("-\\n"), breaks_word("-_ \\n"), breaks_word("- "), breaks_word("-")
    (True, True, False, False)
    """
    return _BROKEN.match(gap) is not None


def clean_break(gap: str) -> str:
    """Return the gap of a broken word without its specks: the hyphen and the line end.

    >>> clean_break("-* \\n"), clean_break("~\\n"), clean_break("¬\\n  ")
    ('-\\n', '-\\n', '¬\\n  ')
    """
    found = _BROKEN.match(gap)
    if found is None or ("".join(gap.split()) == found[1] and found[1] in _HYPHENS):
        return gap
    return (found[1] if found[1] in _HYPHENS else "-") + found[2]


def ends_sentence(gap: str) -> bool:
    """Tell whether a sentence ends in *gap*.

    >>> ends_sentence(". "), ends_sentence(", "), ends_sentence("\\n\\n")
    (True, False, True)
    """
    return _SENTENCE_END.search(gap) is not None


def is_abbreviation(word: str) -> bool:
    """Tell whether *word* before a full stop is an initial or cut short, so that no sentence need end there.

    A sign alone is an initial misread.

    >>> is_abbreviation("R"), is_abbreviation("$"), is_abbreviation("vb"), is_abbreviation("var"), is_abbreviation("5")
    (True, True, True, False, False)
    """
    if len(word) == 1:
        return not word.isdigit()
    return word.isalpha() and len(word) <= 4 and not VOWELS.intersection(lower(word))


def is_space(gap: str) -> bool:
    """Tell whether *gap* is white space on one line, as OCR puts into a word by mistake.

    >>> is_space(" "), is_space("\\n"), is_space(", ")
    (True, False, False)
    """
    return gap in (" ", "  ", "\u00a0")
