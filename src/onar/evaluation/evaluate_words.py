"""Words of two texts side by side: what evaluation counts, and which read word stands for which printed word.

- Glyphs that mean the same (quotes, dashes, ellipsis, ligatures) are unified before anything is counted.
- A word broken over a line end is joined, within a page; a hyphen before a capital stays.
- Words are aligned by Levenshtein; inside a changed block a read word belongs to the printed word with which it
  shares most letters, so ``top lantı`` is one misread ``toplantı``.

``normalise("“Türki-\\nye”")`` is ``"Türkiye"`` in straight quotes. Start reading at :func:`paired`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

__all__ = ["Edit", "Pair", "Pairing", "core", "edits", "normalise", "page_words", "paired"]

Edit = tuple[str, int, int, int, int]  # equal, replace, delete or insert; start and end on the left and on the right

_SAME = {
    **dict.fromkeys("’‘ʼ`´′‛", "'"),
    **dict.fromkeys("“”„‟«»″", '"'),
    **dict.fromkeys("–—‐‑‒−―", "-"),
    **{"…": "...", "ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl", "ſ": "s"},
    **{"\u00ad": "", "\u00a0": " ", "\ufeff": ""},
}
_UNIFY = str.maketrans(_SAME)
_PUNCTUATION = ".,;:!?\"'()[]{}-*•/|_«»°~=<>^\\"
_BROKEN = re.compile(r"(?<=[^\W_])-[ \t]*\n\s*(?=\S)")
_LINE_END_HYPHENS = ("\u2010\n", "\u00ad\n", "¬\n")


def page_words(text: str) -> list[list[str]]:
    """Return the words of each page of *text* as evaluation counts them; form feeds part the pages.

    >>> page_words("Güven-\\nlik “hakkı”\\fson")
    [['Güvenlik', '"hakkı"'], ['son']]
    """
    text = unicodedata.normalize("NFC", text)
    for hyphen in _LINE_END_HYPHENS:
        text = text.replace(hyphen, "-\n")
    text = text.replace("\r", "").translate(_UNIFY)
    return [_joined(page).split() for page in text.split("\f")]


def _joined(page: str) -> str:
    def join(found: re.Match[str]) -> str:
        return "-" if page[found.end() : found.end() + 1].isupper() else ""

    return _BROKEN.sub(join, page)


def normalise(text: str) -> str:
    """Return *text* with glyphs unified, broken words joined and white space made single spaces.

    >>> normalise("Asya–Pasifik  işbir-\\nliği…")
    'Asya-Pasifik işbirliği...'
    """
    return " ".join(word for page in page_words(text) for word in page)


def core(word: str) -> str:
    """Return *word* without the punctuation around it.

    >>> core("(güvenlik),")
    'güvenlik'
    """
    return word.strip(_PUNCTUATION)


def edits(left: Sequence[str], right: Sequence[str]) -> list[Edit]:
    """Return the stretches that make *right* of *left*, equal ones among them.

    >>> edits("düz", "diz")
    [('equal', 0, 1, 0, 1), ('replace', 1, 2, 1, 2), ('equal', 2, 3, 2, 3)]
    """
    return [(op.tag, op.src_start, op.src_end, op.dest_start, op.dest_end) for op in Levenshtein.opcodes(left, right)]


@dataclass(frozen=True, slots=True)
class Pair:
    """What stands for one printed word: the read *text* (may be empty or several words) and whether it is *right*."""

    right: bool
    text: str


@dataclass(frozen=True, slots=True)
class Pairing:
    """One :class:`Pair` a printed word, and for each read word whether it agrees with the print."""

    pairs: tuple[Pair, ...]
    agrees: tuple[bool, ...]


def paired(printed: Sequence[str], read: Sequence[str]) -> Pairing:
    """Align the *read* words with the *printed* words.

    >>> [p.text for p in paired("bu toplantı da".split(), "bu top lanu da".split()).pairs]
    ['bu', 'top lanu', 'da']
    """
    pairs: list[Pair] = [Pair(False, "")] * len(printed)
    agrees = [False] * len(read)
    for changed, a0, a1, b0, b1 in _blocks(printed, read):
        if not changed:
            pairs[a0:a1] = [Pair(True, word) for word in read[b0:b1]]
            agrees[b0:b1] = [True] * (b1 - b0)
        else:
            pairs[a0:a1] = [Pair(False, text) for text in _share(printed[a0:a1], read[b0:b1])]
    return Pairing(tuple(pairs), tuple(agrees))


def _blocks(printed: Sequence[str], read: Sequence[str]) -> list[tuple[bool, int, int, int, int]]:
    """Equal and changed stretches in turn; neighbouring edits make one stretch."""
    blocks: list[tuple[bool, int, int, int, int]] = []
    for tag, a0, a1, b0, b1 in edits(printed, read):
        changed = tag != "equal"
        if changed and blocks and blocks[-1][0]:
            blocks[-1] = (True, blocks[-1][1], a1, blocks[-1][3], b1)
        else:
            blocks.append((changed, a0, a1, b0, b1))
    return blocks


def _share(printed: Sequence[str], read: Sequence[str]) -> list[str]:
    """Give each read word of a changed block to the printed word it shares most letters with."""
    if len(printed) == len(read):
        return list(read)
    given: list[list[str]] = [[] for _ in printed]
    for word, votes in zip(read, _votes(printed, read), strict=True):
        if votes:
            given[max(votes, key=votes.__getitem__)].append(word)
    return [" ".join(words) for words in given]


def _votes(printed: Sequence[str], read: Sequence[str]) -> list[dict[int, int]]:
    """For each read word, how strongly it holds to each printed word: 2 an equal letter, 1 a replaced one."""
    left, right = " ".join(printed), " ".join(read)
    owner_left, owner_right = _owners(printed), _owners(read)
    votes: list[dict[int, int]] = [{} for _ in read]
    for tag, x0, x1, y0, _ in edits(left, right):
        if tag not in ("equal", "replace"):
            continue
        for k in range(x1 - x0):
            if left[x0 + k] != " " and right[y0 + k] != " ":
                row, owner = votes[owner_right[y0 + k]], owner_left[x0 + k]
                row[owner] = row.get(owner, 0) + (2 if tag == "equal" else 1)
    return votes


def _owners(words: Sequence[str]) -> list[int]:
    return [at for at, word in enumerate(words) for _ in range(len(word) + 1)]
