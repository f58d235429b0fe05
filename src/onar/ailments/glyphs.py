"""Mends the glyphs a broken text layer shows for printed letters, before any word is judged.

- Tables in ``seeds`` say what stands for what: code pages mixed up, fonts with own maps, marks that came loose.
- A *map* is some rows of one table that belong together. Which maps a text needs is decided by the words they make:
  words no list knows must become Turkish words, in the text as a whole and in the passage at hand. Icelandic, Romanian
  or French words don't, and stay.
- A mended text knows where each of its characters stands in the source, so that the log speaks of the source.
- A text with none of the telling characters costs one search.

``kullanýcý`` becomes ``kullanıcı`` by ``ı>ý`` twice. Start reading at :func:`mend`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

from onar.ailments import apostrophes, fillers
from onar.ailments.glyph_tables import maps, telling
from onar.alphabet import LETTERS, is_upper
from onar.changelog.mended import Mended, Op
from onar.language.lexicon import Lexicon, encode
from onar.language.spelling import is_listed, is_right, is_turkish
from onar.reading.passages import damage
from onar.segment import APOSTROPHES

__all__ = ["Votes", "mend", "votes"]

LEAST_SHARE = 0.5  # of the words a map touches that must become known words
AT_LEAST = 3  # letters of a word that counts as evidence
LONG = 5  # letters of a word that counts in full
ENOUGH, MARKS_ENOUGH = 1.0, 3.0  # words that show a map; one whose signs right text has, too
EXAMPLES = 5
PIECES, UNLISTED = 6, 25.0  # pieces a word may be in; nats for one no list knows
SOFTLY = 4.0  # nats by which the mended word must be the commoner one where both are listed
LONGEST, MOST = 200, 8  # characters of a token that is judged; maps that may touch it
TOGETHER = 3  # maps that one word may need at once
_WORD = re.compile(rf"[^\W\d_]+(?:[{APOSTROPHES}][^\W\d_]+)*")
_PASSAGE = re.compile(r"\n\s*\n|\f")


class Votes(NamedTuple):
    """How many distinct words a map makes Turkish words of, how many not, and some of the first."""

    good: float
    bad: float
    examples: tuple[tuple[str, str], ...]

    @property
    def share(self) -> float:
        """The share of words that became Turkish words."""
        return self.good / (self.good + self.bad) if self.good else 0.0


def mend(text: str, lexicon: Lexicon | None = None) -> Mended:
    """Return *text* with the glyphs of its broken maps put right.

    >>> mend("Oyuncuya saðlýk veren çarpaný yakýnda").text
    'Oyuncuya sağlık veren çarpanı yakında'
    >>> mend("Það var ný bók um Þórð og veður").ops
    ()
    """
    lexicon = lexicon or Lexicon.load()
    ops = list(_mapped(text, lexicon)) if telling().search(text) else []
    mended = Mended(text, ops)
    further: list[Op] = []
    further += apostrophes.lost(mended.text)
    further += fillers.fillers(
        mended.text,
        lambda: damage(mended.text) >= 0.5 and is_turkish(mended.text, lexicon, unsure=False),
        lambda word: is_right(word, lexicon),
    )
    if not further:
        return mended
    for op in further:
        start, end = mended.span(op.start, op.end)
        ops.append(op._replace(start=start, end=end))
    return Mended(text, sorted(ops))


def _mapped(text: str, lexicon: Lexicon) -> Iterator[Op]:
    """Yield what the maps that *text* needs do to it."""
    whole = votes(text, lexicon)
    present = _chosen(whole)
    if not present:
        return
    for start, stop in _passages(text):
        here = votes(text[start:stop], lexicon)
        fitting = [name for name in present if _fits(here.get(name), whole[name])]
        for op in _ops(text[start:stop], fitting, lexicon) if fitting else ():
            yield op._replace(start=op.start + start, end=op.end + start)


def votes(text: str, lexicon: Lexicon) -> dict[str, Votes]:
    """Let each word of *text* that a map touches vote for the maps that make a known word of it."""
    good: dict[str, float] = defaultdict(float)
    bad: dict[str, float] = defaultdict(float)
    examples: dict[str, list[tuple[str, str]]] = defaultdict(list)

    def count(token: str, touched: Sequence[str], healed: Sequence[tuple[tuple[str, ...], str]]) -> None:
        for names, printed in healed:
            for name in names:
                good[name] += min(1.0, len(printed) / LONG) / len(healed)
                if len(examples[name]) < EXAMPLES:
                    examples[name].append((token, printed))
        for name in touched if not healed else ():
            bad[name] += 1

    for token in dict.fromkeys(_tokens(text)):
        touched, healed = _judged(token, lexicon)
        if healed or " " not in token:
            count(token, touched, healed)
            continue
        for piece in token.split(" "):
            count(piece, *_judged(piece, lexicon))
    return {name: Votes(good[name], bad[name], tuple(examples[name])) for name in {*good, *bad}}


def _tokens(text: str) -> list[str]:
    """The stretches of *text* that hold a telling character: a word, or words with loose marks among them."""
    return [found.group() for found in maps().token.finditer(text) if telling().search(found.group())]


@lru_cache(maxsize=20_000)
def _judged(token: str, lexicon: Lexicon) -> tuple[tuple[str, ...], tuple[tuple[tuple[str, ...], str], ...]]:
    """Tell which maps touch *token*, and which sets of them make known words of all they touch."""
    touched = [name for name, pattern in maps().single.items() if pattern.search(token)]
    if not touched or len(touched) > MOST or len(token) > LONGEST:
        return (), ()
    for size in range(1, min(TOGETHER, len(touched)) + 1):
        healed = []
        for names in combinations(touched, size):
            mended = Mended(token, _applied(token, names, lexicon))
            words = _words_with(mended)
            loose = any(maps().single[name].search(mended.text) for name in touched if name in maps().loose)
            if words and not loose and all(_is_known(word, lexicon) for word in words):
                healed.append((names, " ".join(words)))
        if healed:
            return tuple(touched), tuple(healed)
    if all(_is_known(word, lexicon) for word in _WORD.findall(token)):
        return (), ()  # right as it stands: says nothing about the text
    return tuple(touched), ()


def _words_with(mended: Mended, least: int = AT_LEAST) -> list[str]:
    """The words of a mended token that hold a mending and have *least* letters."""
    found = []
    for match in _WORD.finditer(mended.text):
        start, end = mended.span(*match.span())
        if mended.inside(start, end) and len(match.group()) >= least:
            found.append(match.group())
    return found


def _is_known(word: str, lexicon: Lexicon) -> bool:
    """Tell whether *word*, or what stands before its apostrophe, is a listed Turkish form, capitals in their place."""
    stem = re.split(f"[{APOSTROPHES}]", word)[0]
    if any(map(is_upper, stem[1:])) and not all(map(is_upper, stem)):
        return False
    return (
        all(c in LETTERS for c in word if c.isalpha()) and max(lexicon.id(encode(word)), lexicon.id(encode(stem))) >= 0
    )


def _chosen(found: dict[str, Votes]) -> list[str]:
    """Return the maps *found* speaks for, the strongest first, and none that claims another's signs."""
    names: list[str] = []
    signs: set[str] = set()
    for name, vote in sorted(found.items(), key=lambda item: (-item[1].good, item[0])):
        enough = ENOUGH if name not in maps().in_right_text else MARKS_ENOUGH
        if vote.share >= LEAST_SHARE and vote.good >= enough and not signs & maps().signs[name]:
            names.append(name)
            signs |= maps().signs[name]
    return names


def _fits(here: Votes | None, whole: Votes) -> bool:
    """Tell whether a passage with the votes *here* needs a map the whole text speaks for."""
    good, bad = (here.good, here.bad) if here is not None else (0.0, 0.0)
    return (good + 2 * whole.share) / (good + bad + 2) >= LEAST_SHARE


def _passages(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _PASSAGE.finditer(text):
        yield start, match.end()
        start = match.end()
    yield start, len(text)


def _ops(text: str, names: Sequence[str], lexicon: Lexicon) -> Iterator[Op]:
    """Yield what the maps *names* do to *text*; letters they have besides telling ones are mended, too."""
    signs = maps().together(tuple(names))[0]
    for found in maps().token.finditer(text):
        if signs.search(found.group()):
            for op in _applied(found.group(), tuple(names), lexicon):
                yield op._replace(start=op.start + found.start(), end=op.end + found.start())


@lru_cache(maxsize=20_000)
def _applied(token: str, names: tuple[str, ...], lexicon: Lexicon) -> tuple[Op, ...]:
    """Return what the maps *names* do to *token*."""
    pattern, rows = maps().together(names)
    ops = []
    for match in pattern.finditer(token):
        row = rows[match.group()]
        if row.where == "start" and match.start() and token[match.start() - 1].isalnum():
            continue
        ops.append(Op(match.start(), match.end(), row.printed, row.id, row.family))
    if len(token) > LONGEST:
        return tuple(ops)
    soft = [op for op in ops if rows[token[op.start : op.end]].where == "soft"]
    if soft and not _needs(token, ops, soft, lexicon):
        ops = [op for op in ops if op not in soft]
    ops = _joined(token, ops, lexicon)
    known = all(_is_known(word, lexicon) for word in _words_with(Mended(token, ops)))
    return tuple(op._replace(known=known) for op in ops)


def _needs(token: str, ops: Sequence[Op], soft: Sequence[Op], lexicon: Lexicon) -> bool:
    """Tell whether the *soft* mendings make known words where there were none."""
    without = Mended(token, [op for op in ops if op not in soft])
    before = [_is_known(word, lexicon) for word in _WORD.findall(without.text)]
    after = [_is_known(word, lexicon) for word in _words_with(Mended(token, ops), 2)]
    if not after or not all(after):
        return False
    return not all(before) or _price(without.text, lexicon) > _price(Mended(token, ops).text, lexicon) + SOFTLY


def _joined(token: str, ops: list[Op], lexicon: Lexicon) -> list[Op]:
    """Close the spaces beside loose marks where that makes a likelier word of two pieces."""
    if " " not in token or not ops or len(token) > LONGEST:
        return ops
    mended = Mended(token, ops)
    pieces = mended.text.split(" ")
    best: list[tuple[float, int]] = [(0.0, 0)]
    for j in range(1, len(pieces) + 1):
        here = [
            (best[i][0] + _price("".join(pieces[i:j]), lexicon), i)
            for i in range(j)
            if _may_close(pieces[i:j], lexicon)
        ]
        best.append(min(here))
    kept, j = set(), len(pieces)
    while j:
        j = best[j][1]
        kept.add(j)
    at, closed = 0, []
    for i, piece in enumerate(pieces[:-1], 1):
        at += len(piece)
        if i not in kept:
            start, _ = mended.span(at, at + 1)
            closed.append(Op(start, start + 1, "", "∅>␣", ops[0].family))
        at += 1
    return sorted([*ops, *closed])


def _may_close(pieces: Sequence[str], lexicon: Lexicon) -> bool:
    """Tell whether *pieces* may be one word: letters only, and not all of them words."""
    if len(pieces) == 1:
        return True
    if len(pieces) > PIECES or not "".join(pieces[:-1]).isalpha() or not pieces[-1][:1].isalpha():
        return False
    words = [_WORD.findall(piece)[0] for piece in (*pieces, "".join(pieces))]
    return is_listed(words[-1], lexicon) and not all(is_listed(word, lexicon) for word in words[:-1])


def _price(piece: str, lexicon: Lexicon) -> float:
    """What a piece of text costs as the words it holds."""
    total = 0.0
    for word in _WORD.findall(piece):
        number = lexicon.id(encode(word))
        total += lexicon.cost(number) + 1.0 if number >= 0 else UNLISTED + len(word)
    return total
