"""What a first reading of a document teaches the second one.

- How *this* engine misread *this* typeface: the steps of the words that were read with confidence are counted, and the
  channel is re-estimated from them.
- What the document is about: its confident words are likelier to stand in it again than in other texts.
- What it calls things: the acronyms it defines (`terms`), and the apostrophe it writes.
- What each spelling mostly was: ``sinir`` nine times ``sınır`` is no ``sinir`` the tenth, unless the neighbours insist.
- Which strange spellings it repeats: printed so, or misread in the same rare way each time (`candidate`).
- Which foreign words it repeats: a strange one close to them was one of them (`strangers`).
- Only confident words teach, so a doubtful reading can't prove itself right.

After ``Şanghay İşbirliği Örgütü (SIO)`` every ``$IO`` is ``ŞİÖ``. Start reading at :func:`learn`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from math import exp, log

from onar.channel.confusions import Channel
from onar.language.houses import Habit
from onar.language.lexicon import Lexicon, encode
from onar.reading.candidate import MOST, Expectations
from onar.reading.candidates import Finder
from onar.reading.decode import Reading
from onar.reading.shapes import parted
from onar.reading.strangers import misread
from onar.reading.terms import Terms, Word, defined
from onar.segment import APOSTROPHES

__all__ = ["learn", "settled"]

SETTLED = 0.99  # confidence from which a word is not looked at again
SURE = 0.95  # confidence from which a reading teaches
PAIRS = 600  # different words whose steps are counted: enough to know a typeface, bounded for long documents
OWN_SHARE = 0.12  # share of a document's words that its own earlier words predict better than the language does
_MARKS = frozenset(APOSTROPHES)
REPEATED, DEAR = 4, 6.0  # times a spelling is read alike, and nats of its reading, from which that reading is doubted
SEVERAL, LEFT = 3, 0.05  # times a spelling is read alike, share of a second meaning from which the two are weighed
TOP_BONUS = 1.0  # nats at most by which a document's own word is likelier


def learn(
    text: str, readings: Sequence[Reading], finder: Finder, channel: Channel, lexicon: Lexicon
) -> tuple[Channel, Expectations]:
    """Return the channel and the expectations for a second reading of *text*, read by *finder* at first."""
    repeats = _repeats(readings, lexicon)
    sure = [
        r
        for r in readings
        if r.confidence >= SURE and r.arc.candidate.first >= 0 and parted(r.arc.read)[0] not in repeats
    ]
    return (
        channel.adapted(_steps(sure, finder)),
        Expectations(
            _terms(text, readings, channel),
            _bonus(sure, lexicon),
            _apostrophe(text),
            _habit(sure),
            repeats,
            _senses(readings),
            misread(readings, channel, lexicon),
        ),
    )


def settled(readings: Sequence[Reading]) -> set[str]:
    """Return the texts about which a first reading left no doubt, wherever they stand; lost apostrophes are the second's."""
    doubtful = {
        r.arc.read for r in readings if r.confidence < SETTLED or r.arc.candidate.first < 0 or _has_lost_apostrophe(r)
    }
    return {r.arc.read for r in readings} - doubtful


def _has_lost_apostrophe(reading: Reading) -> bool:
    return not _MARKS.isdisjoint(reading.arc.candidate.surface) and _MARKS.isdisjoint(reading.arc.read)


def _steps(sure: Sequence[Reading], finder: Finder) -> dict[str, float]:
    """Count the rules by which the sure words were read, letters read rightly among them."""
    pairs = Counter((r.arc.candidate.surface, r.arc.read) for r in sure if any(map(str.isalpha, r.arc.read)))
    counts: Counter[str] = Counter()
    for (printed, read), count in sorted(pairs.items(), key=lambda item: (-item[1], item[0]))[:PAIRS]:
        for rule in finder.steps(printed, read):
            counts[rule.id] += count
    return dict(counts)


def _bonus(sure: Sequence[Reading], lexicon: Lexicon) -> dict[str, float]:
    """Price the document's own words: what they gain over their frequency in the language."""
    counts: Counter[str] = Counter()
    numbers: dict[str, int] = {}
    for reading in sure:
        code = encode(reading.arc.candidate.surface)
        counts[code] += 1
        numbers[code] = reading.arc.candidate.first
    total = max(1, len(sure))
    return {
        code: min(TOP_BONUS, log(1 + OWN_SHARE * (count - 1) / total / exp(-lexicon.cost(numbers[code]))))
        for code, count in counts.items()
        if count > 1
    }


def _habit(sure: Sequence[Reading]) -> Habit:
    """Tell from the sure words whose page this is, and so whether it writes the circumflex."""
    return Habit.of(encode(reading.arc.candidate.surface) for reading in sure)


def _senses(readings: Sequence[Reading]) -> dict[str, dict[str, float]]:
    """Price what each spelling that is read alike several times was in print, by what it mostly is in this document."""
    counts = Counter(reading.arc.read for reading in readings)
    shares: dict[str, defaultdict[str, float]] = {}
    for reading in readings:
        read = reading.arc.read
        if counts[read] >= SEVERAL and read.isalpha():
            told = shares.setdefault(read, defaultdict(float))
            for arc, share in ((reading.arc, reading.confidence), *reading.rivals):
                if arc.candidate.first >= 0 and arc.stop == reading.arc.stop:
                    told[encode(arc.candidate.surface)] += share
    return {
        read: {code: min(MOST, log((max(told.values()) + 1.0) / (share + 1.0))) for code, share in told.items()}
        for read, told in shares.items()
        if len(told) > 1 and sorted(told.values())[-2] > LEFT
    }


def _repeats(readings: Sequence[Reading], lexicon: Lexicon) -> dict[str, int]:
    """Return how often each spelling no list knows was read alike, where the first reading changed it at some expense."""
    counts: Counter[str] = Counter()
    doubted = set()
    for reading in readings:
        stem = parted(reading.arc.read)[0]
        counts[stem] += 1
        if stem.isalpha() and reading.arc.candidate.cost >= DEAR and not reading.arc.candidate.surface.startswith(stem):
            doubted.add(stem)
    return {stem: counts[stem] for stem in sorted(doubted) if counts[stem] >= REPEATED and lexicon.id(encode(stem)) < 0}


def _terms(text: str, readings: Sequence[Reading], channel: Channel) -> Terms:
    words = []
    for i, reading in enumerate(readings):
        arc = reading.arc
        before = text[readings[i - 1].arc.stop if i else 0 : arc.start]
        after = text[arc.stop : readings[i + 1].arc.start if i + 1 < len(readings) else len(text)]
        words.append(Word(before, arc.read, arc.candidate.surface, after))
    return defined(words, channel)


def _apostrophe(text: str) -> str:
    """Return the apostrophe the document writes most."""
    counts = Counter(c for c in text if c in APOSTROPHES)
    return max(APOSTROPHES, key=lambda c: (counts[c], c == "’"))
