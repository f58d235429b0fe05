"""One ASCII letter for each Turkish letter: the spelling inside the lexicon, whose automaton walks bytes.

    ç C   ğ G   ı I   ö O   ş S   ü U   â A   î Y   û V   é E     apostrophes '     numbers #

>>> decode(encode("Türkiye'nin"))
"türkiye'nin"
"""

from __future__ import annotations

from functools import lru_cache

from onar.alphabet import lower

__all__ = ["CODE", "decode", "encode", "folded"]

CODE = "CGIOSUAYVE"
_PRINT = "çğıöşüâîûé"
_ENCODE = str.maketrans(_PRINT + "’‘´`ʼ′", CODE + "''''''")
_DECODE = str.maketrans(CODE, _PRINT)
_FOLD = str.maketrans(CODE, "cgiosuaiue")

REMEMBERED = 1 << 15  # words: the same ones are asked for again and again


@lru_cache(REMEMBERED)
def encode(word: str) -> str:
    """The code of a printed word, whatever its capitals.

    >>> encode("Güneşi"), encode("IŞIK’ın")
    ('gUneSi', "ISIk'In")
    """
    return lower(word).translate(_ENCODE)


def decode(code: str) -> str:
    """The printed (lower-case) form of a code.

    >>> decode("gUneSi")
    'güneşi'
    """
    return code.translate(_DECODE)


def folded(code: str) -> str:
    """A code without its marks: what an English reader makes of it at best.

    >>> folded("gUneSi")
    'gunesi'
    """
    return code.translate(_FOLD)
