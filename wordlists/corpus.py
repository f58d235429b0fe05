"""Reads the corpora into numbers: which word stands where, by kind of source; how words are capitalised.

The kinds have weights. News is what most people's Turkish looks like today; minutes of parliament are plentiful but one
register with old spellings; translated documentation is stiff, scripture archaic. The table in README.md shows what
each choice does.
"""

from __future__ import annotations

import json
import lzma
import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from onar.wordlists.tokens import mended, tokens

from onar.language.codes import encode

__all__ = ["BOUNDARY", "UNKNOWN", "WEIGHTS", "Corpus"]

UNKNOWN, BOUNDARY = -1, -2
WEIGHTS = {
    "news": 1.5,
    "speech": 0.6,
    "speech+": 0.3,
    "written": 0.4,
    "law": 0.5,
    "book": 1.0,
    "encyclopedia": 2.0,
    "native": 1.5,
    "translated": 0.7,
    "scripture": 0.2,
}
_KINDS = {
    "speech": "tbmm-konusma",
    "speech+": "tbmm-konusma-ek",
    "written": "tbmm-yazili",
    "law": "kanunlar mevzuat-radar-resmi",
    "book": "nutuk ataturk-kronoloji",
    "scripture": "quran-json-tr",
    "encyclopedia": "Turkish-Wiki-NER UD_Turkish-Kenet UD_Turkish-Penn UD_Turkish-GB",
    "native": "daron-turkce-blog python-istihza d2l-tr TRUBA-Belgeler interview-topics-turkish ruby101-kitap "
    "BSDTurkiye-belgeler NYU-DLSP20-tr progit2-tr",
}
KIND = {source: kind for kind, sources in _KINDS.items() for source in sources.split()}
_WORD = re.compile(r"#?[a-zCGIOSUAYVE]*(?:'[a-zCGIOSUAYVE]+)?")


def texts(directory: Path) -> Iterator[tuple[str, str]]:
    """Each text of the corpora with its kind."""
    with lzma.open(directory / "tr-news.txt.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            yield "news", mended(line)
    for name in ("tr-wide.jsonl.xz", "tr-parliament.jsonl.xz"):
        with lzma.open(directory / name, "rt", encoding="utf-8") as lines:
            for line in lines:
                entry = json.loads(line)
                yield KIND.get(entry["source"], "translated"), entry["text"]


@dataclass
class Corpus:
    """Words as numbers, by kind of source, and how often each stood in lower case, Title, CAPITALS inside sentences."""

    codes: list[str] = field(default_factory=list)
    cases: list[list[int]] = field(default_factory=list)
    streams: dict[str, array[int]] = field(default_factory=dict)
    _numbers: dict[str, int] = field(default_factory=dict)
    _seen: dict[str, tuple[int, int]] = field(default_factory=dict)

    def _look(self, token: str) -> tuple[int, int]:
        code = encode(token)
        if not code or not _WORD.fullmatch(code):
            return UNKNOWN, 3
        number = self._numbers.setdefault(code, len(self.codes))
        if number == len(self.codes):
            self.codes.append(code)
            self.cases.append([0, 0, 0, 0])
        body = token.partition("'")[0]
        capitals = sum(map(str.isupper, body))
        if not capitals:
            return number, 0
        if capitals == len(body) > 1:
            return number, 2
        return number, 1 if capitals == 1 and body[0].isupper() else 3

    def add(self, kind: str, text: str) -> None:
        """Take in one text."""
        stream = self.streams.setdefault(kind, array("i"))
        stream.append(BOUNDARY)
        for token in tokens(text):
            if token is None:
                if stream[-1] != BOUNDARY:
                    stream.append(BOUNDARY)
                continue
            found = self._seen.get(token)
            if found is None:
                found = self._seen[token] = self._look(token)
            number, case = found
            if number >= 0 and stream[-1] != BOUNDARY:
                self.cases[number][case] += 1
            stream.append(number)
