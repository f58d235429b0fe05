"""A Hunspell dictionary of the user's own: its words count as known.

- The words of the ``.dic`` file can be found as candidates: those our lists lack are added to the lexicon.
- Hunspell itself, with the ``.aff`` file beside it, is asked only whether it accepts a word as it was read; such a word
  is not doubted. It is never asked for suggestions.
- Hunspell's objects can't be sent to other processes: the dictionary is loaded where it is used.

With a dictionary that has ``kuantumlama``, ``kuantumlamanin`` is ``kuantumlamanın``. Start reading at
:class:`Dictionary`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

from onar.encoding import printable
from onar.errors import InputError
from onar.language.lexicon import Lexicon, encode
from onar.segment import APOSTROPHES

__all__ = ["Dictionary"]

LONGEST, SHORTEST = 40, 4  # letters of a word that is taken from a dictionary; of one it vouches for
INFLECTED = 400  # words our lists lack that are added with all their suffixes; more are added as they are
MOST = 500_000  # words of a dictionary that are added at all
_SET = re.compile(rb"^\s*SET\s+(\S+)", re.MULTILINE)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


class Dictionary:
    """The dictionary at *path* (``.dic``, with its ``.aff`` beside it)."""

    def __init__(self, path: str | Path) -> None:
        """Read the two files; raises :class:`InputError` when one is missing or in no known encoding."""
        self.path = Path(path)
        name = printable(self.path)
        if self.path.suffix != ".dic":
            raise InputError(f"{name}: not a Hunspell dictionary: give the .dic file (its .aff file stands beside it)")
        try:
            self._affixes, self._words = self.path.with_suffix(".aff").read_bytes(), self.path.read_bytes()
        except OSError as error:
            raise InputError(f"{printable(error.filename)}: {error.strerror}: give a .dic file with its .aff") from None
        found = _SET.search(self._affixes)
        try:
            self._text = self._words.decode(found[1].decode("ascii") if found else "iso-8859-1").removeprefix("\ufeff")
        except (UnicodeDecodeError, LookupError) as error:
            raise InputError(f"{name}: {printable(error)}: correct SET in its .aff file") from None
        self._accepted: dict[str, bool] = {}

    @cached_property
    def digest(self) -> str:
        """What tells this dictionary from others: 16 hexadecimal digits of its two files."""
        return sha256(sha256(self._affixes).digest() + self._words).hexdigest()[:16]

    def words(self) -> Iterator[str]:
        """Yield the words of the ``.dic`` file, without their flags; what is no plain word is left out."""
        for line in self._text.splitlines()[1:]:
            word = line.partition("\t")[0].partition("/")[0].strip()
            if 1 < len(word) <= LONGEST and _WORD.fullmatch(word):
                yield word

    def added_to(self, lexicon: Lexicon) -> Lexicon:
        """Return *lexicon* with the words that it lacks: few with all that suffixes make of them, many as they are."""
        new = sorted({word for word in self.words() if encode(word).isascii() and encode(word) not in lexicon})[:MOST]
        return lexicon.with_words(new) if len(new) <= INFLECTED else lexicon.with_forms(new)

    def vouches(self, word: str, lexicon: Lexicon) -> bool:
        """Tell whether the dictionary accepts *word*, which our lists don't know, as it was read."""
        known = self._accepted.get(word)
        if known is None:
            known = self._accepted[word] = self._vouches(word, lexicon)
        return known

    def _vouches(self, word: str, lexicon: Lexicon) -> bool:
        if not SHORTEST <= len(word) <= LONGEST or not word.isalpha() or any(c in APOSTROPHES for c in word):
            return False
        return encode(word) not in lexicon and bool(self._hunspell.spell(word))

    @cached_property
    def _hunspell(self) -> Any:
        """Hunspell's own object."""
        import hunspell

        try:
            return hunspell.Hunspell(self.path.stem, hunspell_data_dir=str(self.path.parent.absolute()))
        except Exception as error:  # whatever the binding raises for files it can't make sense of
            raise InputError(f"{printable(self.path)}: {printable(error)}: give a Hunspell dictionary") from None
