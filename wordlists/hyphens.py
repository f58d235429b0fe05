"""Corpora -> words that a hyphen joins to others: `python -m onar.wordlists.hyphens --corpus DIR` (seconds).

An engine reads specks between words as hyphens. Which words print joins, as first or second, tells those from
`sarı-lacivertli` and `giriş-çıkış`.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import click
from onar.wordlists.corpus import texts
from onar.wordlists.count import CORPORA
from onar.wordlists.lists import header, write

from onar.language.codes import encode

LEAST = 2  # times a word must be joined
OUT = Path(__file__).parent
_JOINED = re.compile(r"(?<![\w'’-])([^\W\d_]{2,})-([^\W\d_]{2,})(?![\w-])")


def counted(text: str) -> tuple[list[str], list[str]]:
    """The first and the second words of the hyphenated pairs of *text*; a second word with a capital is a name's.

    >>> counted("sarı-lacivertli takım, Ankara-İstanbul yolu")
    (['sarI'], ['lacivertli'])
    """
    pairs = [found.groups() for found in _JOINED.finditer(text) if found[2][0].islower()]
    return [encode(first) for first, _ in pairs], [encode(second) for _, second in pairs]


@click.command()
@click.option("--corpus", type=click.Path(path_type=Path, exists=True), required=True)
@click.option("--out", type=click.Path(path_type=Path), default=OUT, show_default=True)
def main(corpus: Path, out: Path) -> None:
    """Write hyphens.tsv."""
    firsts, seconds = Counter[str](), Counter[str]()
    for _, text in texts(corpus):
        first, second = counted(text)
        firsts.update(first)
        seconds.update(second)
    words = sorted(word for word in firsts | seconds if max(firsts[word], seconds[word]) >= LEAST)
    found = [f"{word}\t{firsts[word]}\t{seconds[word]}" for word in words]
    title = "Words that a hyphen joins to others: how often as the first of two, and as the second."
    head = header(
        title, CORPORA, "MIT for the table (counts are facts; see README.md)", len(found), "see the first row"
    )
    write(out / "hyphens.tsv", [*head, "code\tfirst\tsecond"], found)
    click.echo(f"{len(found):6} hyphens.tsv")


if __name__ == "__main__":
    main()
