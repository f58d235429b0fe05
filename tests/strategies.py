"""What hypothesis makes up for the tests of this house: texts, damaged Turkish, changes and logs.

- :data:`texts`: any Unicode at all, with line ends of every kind, form feeds, NULs and right-to-left marks.
- :data:`turkish` and :data:`damaged`: running Turkish, and the same as an English OCR model reads it.
- :func:`changes_of`: changes of a given text, in text order and apart from each other, some flagged, some decided.

Start reading at :data:`texts`.
"""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from onar.changelog.changes import Change, Decision, Restoration, locate
from onar.changelog.log import Log

WORDS = (
    "ülkelerinin",
    "güvenliği",
    "Türkiye'nin",
    "çağdaş",
    "ilkeler",
    "düzende",
    "sınır",
    "yağmur",
    "öğretmen",
    "İstanbul",
    "ISPARTA",
    "ışık",
    "şey",
    "değerlendirilmesi",
    "örgütü",
    "bağımsızlık",
    "yüzyılın",
    "için",
    "daha",
    "bir",
    "ve",
    "the",
    "government",
    "of",
    "Ankara",
    "1990'lı",
    "%74'üne",
    "ŞİÖ",
)

_DAMAGE = {
    **{"ü": ["ii", "u", "ti"], "ğ": ["g"], "ş": ["s", "g"], "ı": ["i", "1", "l"], "ö": ["o", "6"], "ç": ["c", "¢"]},
    **{"İ": ["I", "i"], "Ş": ["S", "$"], "Ü": ["U"]},
}

_awkward = st.sampled_from(list("\r\n\n\t\f\0\x1b\x85\u2028\u200f\u202e\ufeff'\"\\;=+-@{}~<>|"))
_letters = st.sampled_from(list("abcçdegğhıiİIoösşuüÇĞÖŞÜ  "))

characters = st.one_of(_letters, _awkward, st.characters(codec="utf-8"))
"""Any character that UTF-8 can hold, the awkward ones often."""

texts = st.text(characters, max_size=120)
"""Any text that a file can hold."""

surrogates = st.text(st.one_of(_letters, st.characters(categories=["Cs"]).filter(lambda c: c >= "\udc00")), max_size=20)
"""Text with lone (low) surrogates, which no file can hold but a Python string can."""

line_ends = st.sampled_from(["\n", "\n", "\r\n", "\r", "\n\n", "\f", "\n\f"])


@st.composite
def _running(draw: st.DrawFn) -> str:
    parts = draw(st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from([" ", " ", " ", ", ", ". "])), max_size=30))
    out = [word + space for word, space in parts]
    for at in draw(st.lists(st.integers(0, max(len(out) - 1, 0)), max_size=5)):
        out.insert(at, draw(line_ends))
    return "".join(out)


turkish = _running()
"""Running Turkish with line and page ends."""


@st.composite
def _damaged(draw: st.DrawFn) -> str:
    return "".join(draw(st.sampled_from(_DAMAGE[c])) if c in _DAMAGE else c for c in draw(turkish))


damaged = _damaged()
"""Turkish as an English OCR model reads it."""

chances = st.one_of(st.sampled_from([0.0, 0.01, 0.5, 0.97, 0.99, 1.0, 1, 0]), st.floats(0, 1))
_short = st.text(characters, max_size=12)


@st.composite
def changes_of(
    draw: st.DrawFn, text: str, *, decided: bool = True, words: st.SearchStrategy[str] = _short
) -> tuple[Change, ...]:
    """Make changes of *text*: in text order, apart from each other, some flagged and, if wanted, *decided*."""
    places = locate(text)
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=16)))
    made: list[Change] = []
    for start, end in zip(cuts[::2], cuts[1::2], strict=False):
        change = places.change(
            start,
            end,
            draw(words),
            rules=draw(st.lists(_short, max_size=3)),
            confidence=draw(chances),
            alternatives=draw(st.lists(st.tuples(_short, chances), max_size=3)),
            status=draw(st.sampled_from(["applied", "flagged"])),
            note=draw(st.none() | _short),
        )
        sides = st.floats(-1e6, 1e6, allow_nan=False)
        change = replace(change, boxes=tuple(draw(st.lists(st.tuples(sides, sides, sides, sides), max_size=2))))
        if decided:
            options: list[Decision | None] = [None, None, "accept", "reject", "edit"]
            change = replace(change, decision=draw(st.sampled_from(options)))
        made.append(change)
    return tuple(made)


@st.composite
def restorations(draw: st.DrawFn, source: st.SearchStrategy[str] = texts, *, decided: bool = True) -> Restoration:
    """Make a restoration of a *source* with changes of any kind."""
    text = draw(source)
    signature: dict[str, object] = {"onar": "0.1.0", "knowledge": "none", "options": {"min_confidence": 0.5}}
    return Restoration(text, draw(changes_of(text, decided=decided)), signature)


@st.composite
def logs(draw: st.DrawFn) -> tuple[str, Log]:
    """Make a source and its log."""
    made = draw(restorations())
    return made.source, Log.of(made, draw(_short))
