"""Corpora -> abbreviations with a dot after each letter: `python -m onar.wordlists.dotted --corpus DIR` (half a minute).

An engine reads `A.Ş.` as `A.S.`; letters so few tell nothing, so the table tells what stands behind them, and how often.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import click
from onar.wordlists.corpus import texts
from onar.wordlists.count import CORPORA
from onar.wordlists.lists import header, write

from onar.alphabet import fold, lower

LEAST = 10  # times an abbreviation must be seen
AGREED = 0.9  # share of the letters without marks that it must have
OUT = Path(__file__).parent
_DOTTED = re.compile(r"(?<![\w.])(?:[A-ZÇĞİÖŞÜ]\. ?){1,5}[A-ZÇĞİÖŞÜ](?=\.|['’])")


def counted(directory: Path) -> Counter[str]:
    """How often each abbreviation stands in the corpora, with spaces or without."""
    return Counter(found.replace(" ", "") for _, text in texts(directory) for found in _DOTTED.findall(text))


def chosen(counts: Counter[str]) -> dict[str, int]:
    """Those that have a marked letter and are what their plain letters mostly stand for.

    >>> chosen(Counter({"A.Ş": 95, "A.S": 5, "B.S": 40, "B.Ş": 24}))
    {'A.Ş': 95}
    """
    plain: Counter[str] = Counter()
    for text, count in counts.items():
        plain[fold(lower(text))] += count
    marked = ((text, count) for text, count in counts.items() if fold(text) != text and count >= LEAST)
    return {text: count for text, count in sorted(marked) if count >= AGREED * plain[fold(lower(text))]}


@click.command()
@click.option("--corpus", type=click.Path(path_type=Path, exists=True), required=True)
@click.option("--out", type=click.Path(path_type=Path), default=OUT, show_default=True)
def main(corpus: Path, out: Path) -> None:
    """Write dotted.tsv."""
    found = [f"{text}\t{count}" for text, count in chosen(counted(corpus)).items()]
    title = f"Abbreviations with dots and marks that stand for {AGREED:.0%} and more of their letters without marks."
    licence = "MIT for the table (counts are facts; see README.md)"
    head = header(title, CORPORA, licence, len(found), "see the first row")
    write(out / "dotted.tsv", [*head, "abbreviation\tcount"], found)
    click.echo(f"{len(found):6} dotted.tsv")


if __name__ == "__main__":
    main()
