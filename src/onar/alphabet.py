"""Turkish letters: the only place that changes case or drops the marks of a letter.

- ``i`` has the capital ``İ`` and ``ı`` the capital ``I``; Python's own ``lower`` and ``upper`` know neither.
- :func:`lower`, :func:`upper` and :func:`title` change case the Turkish way, one code point for one.
- :func:`fold` drops what the wrong alphabet drops: ``dağılması`` becomes ``dagilmasi``.
- :func:`like` gives one word the capitals of another.

``upper("ilgi")`` is ``İLGİ``, ``lower("ISPARTA")`` is ``ısparta``. Start reading at :func:`lower`.
"""

from __future__ import annotations

import unicodedata

__all__ = [
    "BACK",
    "FRONT",
    "LETTERS",
    "VOWELS",
    "fold",
    "in_turkish_letters",
    "is_upper",
    "like",
    "lower",
    "plain_lower",
    "title",
    "upper",
]

LETTERS = "abcçdefgğhıijklmnoöprsştuüvyzqwxâîûABCÇDEFGĞHIİJKLMNOÖPRSŞTUÜVYZQWXÂÎÛ"
VOWELS = frozenset("aeıioöuüâîû")
BACK = frozenset("aıouâû")
FRONT = frozenset("eiöüî")

_LOWER_I = {ord("I"): "ı", ord("İ"): "i"}
_UPPER_I = {ord("i"): "İ", ord("ı"): "I"}
_TURKISH = frozenset(LETTERS) - frozenset("qwxQWX")
_FOLD = str.maketrans("çğıöşüâîûÇĞİÖŞÜÂÎÛ", "cgiosuaiuCGIOSUAIU")


def lower(text: str) -> str:
    """Return *text* in lower case, the Turkish way.

    >>> lower("İSTANBUL ISPARTA")
    'istanbul ısparta'
    """
    return text.translate(_LOWER_I).lower()


def upper(text: str) -> str:
    """Return *text* in upper case, the Turkish way, keeping one code point for one.

    >>> upper("ilgisi ılık")
    'İLGİSİ ILIK'
    """
    raised = text.translate(_UPPER_I).upper()
    if len(raised) == len(text):
        return raised
    # ß and a few others would grow; the text must keep its length
    return "".join(c.upper() if len(c.upper()) == 1 else c for c in text.translate(_UPPER_I))


def plain_lower(text: str) -> str:
    """Return *text* in lower case as other languages have it: ``I`` becomes ``i``.

    >>> plain_lower("INTERNATIONAL")
    'international'
    """
    return text.lower()


def title(word: str) -> str:
    """Return *word* with a capital first letter and the rest as it is.

    >>> title("ilgi")
    'İlgi'
    """
    return upper(word[:1]) + word[1:]


def is_upper(char: str) -> bool:
    """Tell whether *char* is a capital letter.

    >>> is_upper("İ"), is_upper("ı"), is_upper("1")
    (True, False, False)
    """
    return char.isupper()


def fold(text: str) -> str:
    """Return *text* without the marks of its letters, one code point for one.

    >>> fold("Çağrı dâhil")
    'Cagri dahil'
    """
    return unicodedata.normalize("NFC", text).translate(_FOLD)


def in_turkish_letters(word: str) -> bool:
    """Tell whether *word* is spelt with the letters of the Turkish alphabet alone, the circumflex included.

    >>> in_turkish_letters("ağaç"), in_turkish_letters("wagon"), in_turkish_letters("H1N1")
    (True, False, False)
    """
    return _TURKISH.issuperset(lower(word))


def like(word: str, model: str) -> str:
    """Give *word* (lower case) the capitals of *model*: none, the first, or all.

    >>> like("istanbul", "Ab"), like("istanbul", "AB"), like("istanbul", "ab")
    ('İstanbul', 'İSTANBUL', 'istanbul')
    """
    letters = [c for c in model if c.isalpha()]
    if not letters or not letters[0].isupper():
        return word
    return upper(word) if len(letters) > 1 and all(c.isupper() for c in letters) else title(word)
