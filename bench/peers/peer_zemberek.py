"""Zemberek's sentence normaliser, line by line; the capitals and marks it drops are put back where words match."""

from __future__ import annotations

from collections.abc import Callable

from words import WORD, like


def load() -> Callable[[str], str]:
    from zemberek import TurkishMorphology, TurkishSentenceNormalizer

    normaliser = TurkishSentenceNormalizer(TurkishMorphology.create_with_defaults())

    def line(text: str) -> str:
        try:
            words = WORD.findall(normaliser.normalize(text)) if text.strip() else []
        except Exception:
            return text
        if len(words) != len(WORD.findall(text)):
            return text
        given = iter(words)
        return WORD.sub(lambda found: like(next(given), found[0]), text)

    return lambda text: "\n".join(map(line, text.split("\n")))
