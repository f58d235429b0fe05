"""What kind of text is this passage: damaged or right?

- An engine with the wrong alphabet can't write ``ı``, ``ş``, ``ğ`` or ``İ``; right Turkish has them in their usual share.
  The two make a likelihood ratio, and the ratio a probability of damage.
- Damage is judged over the whole text and over windows of it, since right and damaged pages stand in one volume.

``Tiirkiye'nin giivenligi`` is damaged (1.0), ``Türkiye'nin güvenliği`` is not (0.0). Start reading at :func:`damage`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from math import exp, log
from string import ascii_lowercase
from typing import TypeVar

from onar.reading.pieces import Piece
from onar.segment import ends_sentence, is_abbreviation

__all__ = ["damage", "sentences"]

Ailing = TypeVar("Ailing")

# Shares of the letter among its look-alikes (ı among ı and i, ...) in right Turkish text and in text read with the
# English alphabet: counted in the news corpus and in the OCR of the 240 learning scans.
_SHARES = {"ı": ("i", 0.35, 0.0005), "ş": ("s", 0.36, 0.0005), "ğ": ("g", 0.45, 0.0005), "İ": ("I", 0.55, 0.001)}
_PRIOR = 3.0  # nats in favour of damage: texts are brought here because they are damaged
_SMALL = frozenset(ascii_lowercase + "çöşü") - frozenset("ifjlt")  # those left out are read for İ, too
_NO_MARKS = str.maketrans("", "", ".!?…")
_LONGEST = 300  # words in a sentence, so that text without full stops takes no more time than any other
_BLOCK = 1500  # characters at least that are judged together, damaged or right


def sentences(
    words: Sequence[Piece], text: str, judge: Callable[[str, bool], Ailing | None]
) -> Iterator[tuple[Sequence[Piece], str, Ailing]]:
    """Yield the damaged sentences of *text*: their words, the text after the last, and what *judge* says ails them.

    *judge* is asked about each passage, and whether it is damaged; passages nothing ails are left out.
    """
    for first, last in _blocks(words, text):
        stop = words[last].start if last < len(words) else len(text)
        passage = text[words[first].start : stop]
        ailment = judge(passage, damage(passage) >= 0.5)
        if ailment is None:
            continue
        begin = first
        for i in range(first + 1, last + 1):
            if i == last or i - begin >= _LONGEST or _ended(words[i - 1].text, words[i].before, words[i].text):
                yield words[begin:i], words[i].before if i < len(words) else text[words[-1].end :], ailment
                begin = i


def _ended(word: str, gap: str, following: str) -> bool:
    """Tell whether a sentence ends between *word* and the one *following* after *gap*: not at a mark before a small letter."""
    if not ends_sentence(gap):
        return False
    if following[0] in _SMALL:
        return ends_sentence(gap.translate(_NO_MARKS))
    return not (gap.startswith(".") and gap.strip(". ") == "" and is_abbreviation(word))


def _blocks(words: Sequence[Piece], text: str) -> Iterator[tuple[int, int]]:
    """Yield runs of paragraphs of at least ``_BLOCK`` characters, as word numbers."""
    begin = 0
    for i, word in enumerate(words):
        if word.start - words[begin].start >= _BLOCK and ("\n\n" in word.before or "\f" in word.before):
            yield begin, i
            begin = i
    if words:
        yield begin, len(words)


def damage(text: str) -> float:
    """Return the probability that *text* was read without the Turkish alphabet.

    >>> round(damage("Sovyetler Birligi'nin dagilmasi"), 2), round(damage("Sovyetler Birliği'nin dağılması"), 2)
    (1.0, 0.0)
    """
    counts = Counter(text)
    ratio = _PRIOR
    for marked, (plain, right, damaged) in _SHARES.items():
        ratio += counts[marked] * log(damaged / right) + counts[plain] * log((1 - damaged) / (1 - right))
    return 1.0 / (1.0 + exp(-max(-50.0, min(50.0, ratio))))
