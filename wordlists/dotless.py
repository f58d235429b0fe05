"""Corpora -> how foreign words are printed in capitals: `python -m onar.wordlists.dotless --corpus DIR` (half a minute).

`INTERNET` may be `İNTERNET`, `WASHINGTON` hardly `WASHİNGTON`, and `ISTANBUL` is English too: each has its own habit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import click
from onar.wordlists.corpus import texts
from onar.wordlists.count import CORPORA
from onar.wordlists.lists import header, write
from onar.wordlists.tokens import tokens

from onar.language.foreign import listed
from onar.language.lexicon import Lexicon, encode

SHORTEST = 3  # letters: shorter ones are mostly initials
OUT = Path(__file__).parent


def counted(words: Iterable[str | None]) -> dict[str, tuple[int, int]]:
    """How often each word in capitals stands without and with the dots of its i.

    >>> counted(["BERLİN", "BERLIN'de", "BERLİN", "Berlin", "ANKARA"])
    {'berlin': (1, 2)}
    """
    dotless: Counter[str] = Counter()
    dotted: Counter[str] = Counter()
    for word in words:
        stem = (word or "").partition("'")[0]
        if len(stem) < SHORTEST or not stem.isupper():
            continue
        plain = stem.replace("İ", "I")
        if plain.isascii() and "I" in plain:
            (dotted if "İ" in stem else dotless)[plain.lower()] += 1
    return {word: (dotless[word], dotted[word]) for word in sorted(dotless.keys() | dotted.keys())}


@click.command()
@click.option("--corpus", type=click.Path(path_type=Path, exists=True), required=True)
@click.option("--out", type=click.Path(path_type=Path), default=OUT, show_default=True)
def main(corpus: Path, out: Path) -> None:
    """Write dotless.tsv."""
    lexicon = Lexicon.load()
    words = (word for _, text in texts(corpus) for word in tokens(text))
    found = [
        f"{word}\t{without}\t{given}"
        for word, (without, given) in counted(words).items()
        if listed(word, lexicon) and lexicon.id(encode(word)) >= 0
    ]
    title = "Foreign words of Turkish texts in capitals: how often without, and with, the dots of their i."
    licence = "MIT for the table (counts are facts; see README.md)"
    head = header(title, CORPORA, licence, len(found), "see the first row")
    write(out / "dotless.tsv", [*head, "word\tdotless\tdotted"], found)
    click.echo(f"{len(found):6} dotless.tsv")


if __name__ == "__main__":
    main()
