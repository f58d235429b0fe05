"""The readings a stretch of text allows: which atoms belong together, and what each may have been in print.

- Each atom has its candidates (`candidates`); an arc says which atoms a candidate covers and what source text it replaces.
- A word broken at a line end is one piece with the break remembered, so that it is judged whole and stays broken there.
- A mark after an atom may be a misread letter (``dagilmas:``), a space may be one too many (``Orgiiti' niin``) or one too
  few (``Atrrausehri``): each is one more arc, priced by how often right text has such a mark or space.
- Nothing here decides: the cheapest path through all arcs is found by `decode`.

``katki-\\nlar:`` gives arcs for ``katkılar`` + ``:`` and for ``katkıları``, both broken after ``katkı``.
Start reading at :func:`build`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from onar.alphabet import LETTERS, fold, is_upper
from onar.language.lexicon import encode
from onar.language.suffixes import fits, suffixes_anywhere
from onar.reading.candidate import FOREIGN, Arc, Candidate
from onar.reading.candidates import FAR, FARTHER, NEAR, Finder
from onar.reading.casing import placed
from onar.reading.dotted import dotted
from onar.reading.harmony import in_harmony
from onar.reading.items import behind_item, is_item, items
from onar.reading.joints import mark_cost, price_of_gap, usual_marks
from onar.reading.pieces import Piece
from onar.reading.shapes import in_capitals, parted
from onar.segment import APOSTROPHES, breaks_word

__all__ = ["build", "signs"]

SPACE_LOST, JOINED = 11.0, 6.0  # nats for no space where there was one, and for two words printed without one
FOREIGN_WORDS, FOREIGN_SHARE = 2, 0.2  # foreign words, and their share, that make a sentence worth reading as foreign
SHORTEST_NAME, POSSESSIVE = 4, 3.0  # letters of a name with an English ending, nats for its lost apostrophe
HYPHENED = 20.0  # nats: dearer than this, two halves may be two words
CAPITAL_HALF = 3.0  # nats by which a capital behind the hyphen of a line end is likelier misread than printed
HALVED = (FAR[0] + CAPITAL_HALF, FAR[1] + CAPITAL_HALF)  # nats up to which such a word is sought
INSERTED = 7.0  # nats: a mark that was added to a word costs more than this, one misread less
DOUBLED = 9.0  # nats for two like marks after a word
EASY = {".": 12.0, ",": 12.0}  # nats up to which a word before a mark as common as these is not doubted
LONGEST_ACROSS = 22  # characters of a word with lost letters: longer ones are rare, and dear to seek
_CLOSING = frozenset(".,:;!?)/")
RUN_TOGETHER, SHORTEST_PAIR, LONGEST_PAIR = 24.0, 7, 40  # nats and letters from which, and to which, a word may be two
_SMALL, _CAPITAL = (f"[{''.join(filter(kind, LETTERS))}]" for kind in (str.islower, str.isupper))
_CAPITAL_INSIDE = re.compile(
    rf"(?<=[^\W\d_]{{2}}{_SMALL})(?={_CAPITAL}[^\W\d_]{{2}})|(?<={_CAPITAL}{{3}})(?={_CAPITAL}{_SMALL}{{2}})"
)
_QUOTES, _NO_APOSTROPHES = tuple(APOSTROPHES), dict.fromkeys(map(ord, APOSTROPHES))


def signs(finder: Finder) -> str:
    """Return the characters OCR puts for letters that are no usual marks of a text: they belong to the word."""
    return "".join(sorted(finder.marks - usual_marks()))


def build(words: Sequence[Piece], after: str, finder: Finder, keep_foreign: bool = True) -> list[list[Arc]]:
    """Return the arcs that start at each of *words*; *after* is the text that follows the last one."""
    lattice: list[list[Arc]] = []
    foreign = _foreign(words, finder) if keep_foreign else frozenset()
    quoted = bracketed = False
    for i, word in enumerate(words):
        gap = words[i + 1].before if i + 1 < len(words) else after
        bracketed = "(" in word.before or (bracketed and ")" not in word.before)
        found = items(word, finder) if is_item(word, gap) else _found(words, i, finder)
        if word.at and finder.alone(found[0]) > HYPHENED:
            found += tuple(_compounds(word, finder))
        found += tuple(_apart(word, found, finder)) if not word.fixed else ()
        arcs = [Arc(i + 1, c, word.start, word.end, word.text, word.at, word.gap) for c in found]
        sign = words[i - 1].text if i and not any(map(str.isalnum, words[i - 1].text)) else ""
        arcs = placed(arcs, sign + word.before, i == 0 or behind_item(words, i), _neighbours(words, i, finder))
        if i in foreign:
            arcs += [
                arcs[0]._replace(candidate=c) for c in (*finder.foreign(word.text), *_possessive(word.text, finder))
            ]
        if not word.fixed:
            arcs += [Arc(end, c, word.start, words[end - 1].end, read) for end, c, read in dotted(words, i, finder)]
            arcs += _with_mark(i, word, gap, words[i + 1].text if i + 1 < len(words) else "", found, finder, bracketed)
            if i + 1 < len(words) and not words[i + 1].fixed:
                quoted = quoted or word.before.endswith(_QUOTES)
                arcs += _with_next(i, word, words[i + 1], gap, found, finder, quoted)
            arcs += _across(i, words, after, finder) if finder.across > 1 else []
        lattice.append(arcs)
    return lattice


def _foreign(words: Sequence[Piece], finder: Finder) -> Collection[int]:
    """Return which of *words* may be foreign: all where many seem so, else those about two that stand together."""
    seem = [finder.seems_foreign(word.text) for word in words]
    if sum(seem) >= max(FOREIGN_WORDS, FOREIGN_SHARE * len(words)):
        return range(len(words))
    likelier = [finder.is_likelier_foreign(word.text) for word in words]
    together = (i for i in range(1, len(words)) if likelier[i - 1] and likelier[i] and seem[i - 1] | seem[i])
    return {i for at in together for i in range(at - 2, at + 2)}


def _found(words: Sequence[Piece], i: int, finder: Finder) -> tuple[Candidate, ...]:
    """Return the candidates of the word at *i*, in the light of the words beside it."""
    word = words[i]
    if word.fixed:
        return (finder.as_it_stands(word.text),)
    capitals = in_capitals(word.text, *(beside.text for beside in words[max(0, i - 1) : i + 2] if beside is not word))
    if capitals != word.text:
        found = finder.find(capitals)
        return tuple(c._replace(cost=finder.reading_cost(c.surface, word.text)) for c in found)
    found = finder.find(word.text)
    if i and _is_loose_suffix(word):
        found = tuple(c for c in found if fold(c.surface) == fold(word.text)) or found
    return in_harmony(found, words[i - 1].text, word.text, finder) if i and word.before == " " else found


def _is_loose_suffix(word: Piece) -> bool:
    """Tell whether *word* is a suffix that stands apart with its apostrophe, the name before it lost: ``'ye``."""
    quoted = word.before[-1:] in _QUOTES and word.before[-2:-1].isspace()
    return quoted and word.text.islower() and "'" + encode(word.text) in suffixes_anywhere()


def _possessive(text: str, finder: Finder) -> Iterator[Candidate]:
    """A Turkish name with an English ending that lost its apostrophe: ``Tiirkiyes``, ``Türkiye's``."""
    if len(text) > SHORTEST_NAME and text[-1] == "s" and is_upper(text[0]) and not finder.is_foreign(text):
        name = finder.find(text[:-1])[0]
        if name.first >= 0 and name.case == "proper" and name.surface != text[:-1]:
            yield name._replace(
                surface=f"{name.surface}{finder.apostrophe}s", last=FOREIGN, cost=name.cost + POSSESSIVE, case=""
            )


def _compounds(word: Piece, finder: Finder) -> list[Candidate]:
    """Two words that keep the hyphen at which the line broke: ``destekleyici-`` ``bağlayıcı``."""
    first, second = finder.find(word.text[: word.at])[:2], finder.find(word.text[word.at :])[:2]
    return [
        Candidate(a.surface + b.surface, a.first, b.last, a.cost + a.letters + finder.alone(b))
        for a in first
        for b in second
        if a.first >= 0 and b.first >= 0 and len(a.surface) > 1 and len(b.surface) > 1
    ]


def _neighbours(words: Sequence[Piece], i: int, finder: Finder) -> tuple[str, str]:
    """Tell how the words before and after the one at *i* begin, as `capitals` wants to know."""
    before = "F" if i <= 1 else finder.begins(words[i - 1].text)
    return before, finder.begins(words[i + 1].text) if i + 1 < len(words) else "E"


def _with_mark(
    i: int, word: Piece, gap: str, following: str, found: tuple[Candidate, ...], finder: Finder, bracketed: bool
) -> list[Arc]:
    """The mark after the word may be one of its letters; not so three like ones, or the bracket that closes another."""
    arcs: list[Arc] = []
    quoted = not gap or gap[0] not in APOSTROPHES or word.before.endswith(_QUOTES)
    if gap[:3] == gap[:1] * 3 or (bracketed and gap[:1] == ")"):
        return arcs
    ending = gap[:1] if quoted or gap[1:2] not in finder.marks else gap[:2]  # ``Galatasaray':``
    if (
        ending
        and ending[-1] in finder.marks
        and len(word.text) > 1
        and finder.alone(found[0]) > EASY.get(gap[:2].strip(), 0.0)
    ):
        plain = {c.surface: c.cost for c in found}
        dearer = DOUBLED if gap[:2] == gap[0] * 2 else sum(mark_cost(mark, following) for mark in ending)
        read = word.text + ending
        for c in finder.near(read, FARTHER):
            suffixed = len(ending) > 1 and c.surface != read
            if (c.first >= 0 or suffixed) and c.cost < plain.get(c.surface, INSERTED) + INSERTED:
                cheaper = c._replace(cost=c.cost - dearer)
                arcs.append(Arc(i + 1, cheaper, word.start, word.end + len(ending), read, word.at, word.gap))
    return arcs


def _across(i: int, words: Sequence[Piece], after: str, finder: Finder) -> list[Arc]:
    """Spaces after the word may be letters that were lost: those between pieces of it, and one before a mark."""
    arcs, first, read = list[Arc](), words[i], words[i].text
    for j in range(i, min(i + finder.across, len(words))):
        if words[j].fixed or words[j].at:
            break
        if j > i and not (finder.is_piece(words[j - 1].text) or finder.is_piece(words[j].text)):
            break
        if j > i:
            read += " " + words[j].text
            if len(read) > LONGEST_ACROSS:
                break
            arcs += [Arc(j + 1, c, first.start, words[j].end, read) for c in finder.find(read) if c.first >= 0]
        gap = words[j + 1].before if j + 1 < len(words) else after
        if len(gap) > 1 and gap[0] == " " and gap[1] in _CLOSING:
            whole = (c for c in finder.find(read + " ") if c.first >= 0)
            arcs += [Arc(j + 1, c, first.start, words[j].end + 1, read + " ") for c in whole]
        if gap != " ":
            break
    return arcs


def _with_next(
    i: int, word: Piece, following: Piece, gap: str, found: tuple[Candidate, ...], finder: Finder, quoted: bool
) -> list[Arc]:
    """The gap to the next word may be a space too many, an apostrophe with a space, or a misread letter."""
    if word.at or following.at:
        return []
    if breaks_word(gap):
        read = word.text + following.text
        return [
            Arc(i + 2, c._replace(cost=c.cost - CAPITAL_HALF), word.start, following.end, read, len(word.text), gap)
            for c in finder.near(read, HALVED)
            if c.first >= 0 and (c.case != "common" or is_upper(word.text[0]))
        ]
    price, between = price_of_gap(word, following, gap, found, finder, quoted)
    if price is None:
        return []
    read = word.text + between + following.text
    whole = {c.surface: c.cost for c in finder.near(word.text + following.text)} if between in finder.marks else {}
    quotes = gap[0] not in APOSTROPHES and gap.strip() in APOSTROPHES  # perhaps: what fits no stem is quoted
    return [
        Arc(i + 2, c._replace(cost=c.cost + price), word.start, following.end, read)
        for c in finder.near(read, (NEAR[0] - min(price, 0.0),) if between else ())
        if c.first >= 0 and c.cost < whole.get(c.surface, INSERTED) + INSERTED and not (quotes and _misfits(c.surface))
    ]


def _misfits(surface: str) -> bool:
    """Tell whether the suffix behind the apostrophe of *surface* is none its stem may take."""
    stem, rest = parted(surface)
    return rest[:1] in _QUOTES and not fits(stem, rest[1:])


def _apart(word: Piece, found: tuple[Candidate, ...], finder: Finder) -> list[Candidate]:
    """Two words without a space, where no list knows the whole: it was lost (``Atıraşehri``), or never printed before a
    capital (``golLider``)."""
    if (
        word.at
        or not SHORTEST_PAIR <= len(word.text) <= LONGEST_PAIR
        or finder.alone(found[0]) < RUN_TOGETHER
        or not word.text.translate(_NO_APOSTROPHES).isalpha()
    ):
        return []
    if joint := _CAPITAL_INSIDE.search(word.text):
        left, right = word.text[: joint.start()], word.text[joint.start() :]
        return [
            Candidate(a.surface + b.surface, a.first, b.last, a.cost + a.letters + finder.alone(b) + JOINED)
            for a in finder.find(left)[:2]
            for b in finder.find(right)[:2]
        ]
    pairs = []
    for k in range(3, len(word.text) - 2 if word.text.isalpha() else 0):
        left, right = word.text[:k], word.text[k:]
        if finder.looks_listed(left) and finder.looks_listed(right):
            a, b = finder.near(left, ())[0], finder.near(right, ())[0]
            if a.first >= 0 and b.first >= 0 and b.case != "common":
                cost = a.cost + b.cost + finder.alone(b) - b.cost + SPACE_LOST
                pairs.append(Candidate(f"{a.surface} {b.surface}", a.first, b.last, cost))
    return sorted(pairs, key=finder.alone)[:2]
