"""Corpora -> who writes the circumflex: `python -m onar.wordlists.houses --corpus DIR` (about a minute, numpy).

Parliament, laws and ministries print `resmî`, `imkân`, `hâlinde`; news print `resmi`, `imkan`, `halinde`. Two tables come out:

- `houses.tsv`: how likely the commonest words are in each kind of source, which tells whose page one is reading;
- `roofs.tsv`: how often each form is printed with its circumflex, over all sources (weighted as the lexicon is) and by kind.

A form no source has is looked up by its stem, a row that ends in `…`: the letters up to the circumflex and one more.
"""

from __future__ import annotations

import math
from array import array
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import numpy as np
from onar.wordlists.corpus import WEIGHTS, texts
from onar.wordlists.count import CORPORA
from onar.wordlists.lists import header, write
from onar.wordlists.tokens import tokens

from onar.language.codes import decode, encode
from onar.language.houses import plain, stem

WORDS = 3000  # the commonest words, enough to tell nine kinds apart
LEAST = 2  # times a form with its circumflex must stand
STEP = 10  # steps in a nat, in both tables
SMOOTH = 300  # words that the sources in common lend each kind
AS_STEM = 2.0  # times that what is known of the stem counts for a form, and what is known of all kinds for a stem
KINDS = sorted(set(WEIGHTS) - {"speech+"})
OUT = Path(__file__).parent
LICENCE = "MIT for the table (counts are facts; see README.md for each source)"


def counts(directory: Path) -> tuple[list[str], Any, Any]:
    """The codes of all words, how often each stands in each kind of source, and that as the lexicon weighs it."""
    numbers: dict[str, int] = {}
    streams = {kind: array("i") for kind in WEIGHTS}
    seen: dict[str, int] = {}
    for kind, text in texts(directory):
        stream = streams[kind]
        for token in tokens(text):
            if token:
                number = seen.get(token)
                if number is None:
                    number = seen[token] = numbers.setdefault(encode(token), len(numbers))
                stream.append(number)
    found, weighted = np.zeros((len(numbers), len(KINDS))), np.zeros(len(numbers))
    for kind, stream in streams.items():
        times = np.bincount(np.frombuffer(stream, dtype=np.int32), minlength=len(numbers))
        found[:, KINDS.index(kind.rstrip("+"))] += times
        weighted += WEIGHTS[kind] * times
    return list(numbers), found, weighted


def houses(codes: list[str], found: Any) -> Iterator[str]:
    """The rows of `houses.tsv`."""
    total = found.sum(1)
    order = [i for i in np.argsort(-total, kind="stable") if codes[i].isalpha() and plain(codes[i]) == codes[i]][:WORDS]
    times = found[order]
    common = (times.sum(1) + 1) / (times.sum() + len(order))
    shares = (times + SMOOTH * common[:, None]) / (times.sum(0) + SMOOTH)
    for i, row in zip(order, np.rint(STEP * np.log(shares / common[:, None])).astype(int).tolist(), strict=True):
        yield f"{decode(codes[i])}\t" + "\t".join(map(str, row))


def roofs(codes: list[str], found: Any, weighted: Any) -> Iterator[str]:
    """The rows of `roofs.tsv`, the stems after the forms."""
    numbers = {code: i for i, code in enumerate(codes)}
    nothing = np.zeros(len(KINDS) + 1)
    every = np.column_stack([weighted, found])
    forms = {
        code: (every[i], every[numbers[plain(code)]] if plain(code) in numbers else nothing)
        for code, i in numbers.items()
        if plain(code) != code and found[i].sum() >= LEAST
    }
    stems: defaultdict[str, list[Any]] = defaultdict(lambda: [nothing, nothing])
    for code, (roofed, bare) in forms.items():
        pair = stems[stem(code)]
        stems[stem(code)] = [pair[0] + roofed, pair[1] + bare]
    shares = {}
    for name, (roofed, bare) in stems.items():
        usual = (roofed[1:].sum() + 0.2) / (roofed[1:].sum() + bare[1:].sum() + 1)
        shares[name] = (roofed + AS_STEM * usual) / (roofed + bare + AS_STEM)
    for code, (roofed, bare) in sorted(forms.items()):
        yield _row(decode(code), (roofed + AS_STEM * shares[stem(code)]) / (roofed + bare + AS_STEM))
    for name, share in sorted(shares.items()):
        yield _row(decode(name) + "…", share)


def _row(name: str, shares: Any) -> str:
    return f"{name}\t" + "\t".join(
        str(round(STEP * math.log(p / (1 - p)))) for p in np.clip(shares, 0.003, 0.99).tolist()
    )


@click.command()
@click.option("--corpus", type=click.Path(path_type=Path, exists=True), required=True)
@click.option("--out", type=click.Path(path_type=Path), default=OUT, show_default=True)
def main(corpus: Path, out: Path) -> None:
    """Count who writes the circumflex."""
    codes, found, weighted = counts(corpus)
    heading = "\t".join(KINDS)
    for name, title, columns, rows in (
        (
            "houses.tsv",
            "How much likelier a word is in each kind of source than in all, in 1/10 nat.",
            f"word\t{heading}",
            list(houses(codes, found)),
        ),
        (
            "roofs.tsv",
            "ln of times with its circumflex over times without, in 1/10 nat: in all sources as weighted, and by kind.",
            f"form\tall\t{heading}",
            list(roofs(codes, found, weighted)),
        ),
    ):
        write(out / name, [*header(title, CORPORA, LICENCE, len(rows), "see the first row"), columns], rows)
        click.echo(f"{len(rows):6} {name}")


if __name__ == "__main__":
    main()
