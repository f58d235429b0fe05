"""How well the lists know Turkish: `python -m onar.wordlists.measure TEXT...` (plain text, or JSON lines with `text`).

For each file, and for all: how many running words are known; how many words stripped of their marks still pass as
known by themselves; perplexity; how many words come back right when the text is folded to ASCII and the likeliest
path through all known forms with the same fold is taken. The letter model spells unlisted words. Numbers are left out.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterator
from functools import cache
from heapq import nsmallest
from pathlib import Path

import click
from onar.wordlists.tokens import tokens

from onar.language.codes import encode, folded
from onar.language.context import BOUNDARY, Context, unknown
from onar.language.inflection import takes
from onar.language.letters import Letters
from onar.language.lexicon import Lexicon

CIRCUMFLEX = 1.5  # nats for a circumflex where the same word is also spelled without
BEAM = 24
Option = tuple[str, int, float]


def sentences(path: Path) -> Iterator[list[str]]:
    """The words of each sentence of a file."""
    text = path.read_text(encoding="utf-8")
    parts = (json.loads(line)["text"] for line in text.splitlines()) if path.suffix == ".jsonl" else text.split("\n\n")
    for part in parts:
        words: list[str] = []
        for token in tokens(part.replace("-\n", "")):
            if token is not None:
                words.append(token)
            elif words:
                yield words
                words = []
        if words:
            yield words


@cache
def options(plain: str) -> list[Option]:
    """What a folded word may have been: code, number, price beyond the context's."""
    lexicon = Lexicon.load()
    found = [(code, lexicon.id(code), 0.0) for code in lexicon.similar(plain)]
    bare = any(not set(code) & set("AYV") for code, _, _ in found)
    if found:
        return [(code, n, CIRCUMFLEX * sum(map(code.count, "AYV")) if bare else 0.0) for code, n, _ in found]
    stem, mark, suffix = plain.partition("'")
    if not mark:
        return [(code, unknown(code), price) for price, code in Letters.load().best(plain)]
    stems = [(code, lexicon.cost(lexicon.id(code))) for code in lexicon.similar(stem)]
    stems = stems or [(code, price) for price, code in Letters.load().best(stem)]
    ends = [code for _, code in Letters.load().best(suffix, n=8)]
    return [
        (f"{code}'{end}", unknown(f"{code}'{end}"), price + (0.0 if code and takes(code, end) else 10.0))
        for code, price in stems
        for end in ends
    ]


def restored(words: list[str]) -> list[str]:
    """The likeliest codes of a sentence of folded codes."""
    context = Context.load()
    beam: dict[tuple[int, int], tuple[float, tuple[str, ...]]] = {(BOUNDARY, BOUNDARY): (0.0, ())}
    for plain in words:
        grown: dict[tuple[int, int], tuple[float, tuple[str, ...]]] = {}
        for (a, b), (total, path) in beam.items():
            for code, number, price in options(plain) if plain else [("", -1, 0.0)]:
                cost = total + price + context.cost(a, b, number)
                if (b, number) not in grown or cost < grown[b, number][0]:
                    grown[b, number] = (cost, (*path, code))
        beam = dict(nsmallest(BEAM, grown.items(), key=lambda item: item[1]))
    ended = ((total + context.cost(a, b, BOUNDARY), path) for (a, b), (total, path) in beam.items())
    return list(min(ended)[1])


def known(word: str) -> bool:
    """Whether a running word is known, a suffix after the apostrophe judged with its stem."""
    lexicon, code = Lexicon.load(), encode(word)
    return code in lexicon or code.partition("'")[0] in lexicon or lexicon.english(word.partition("'")[0])


def measured(path: Path) -> tuple[Counter[str], Counter[tuple[str, str]]]:
    """The figures of a file as counts, and the words that came back wrong."""
    lexicon, context, counts = Lexicon.load(), Context.load(), Counter[str]()
    wrong: Counter[tuple[str, str]] = Counter()
    for words in sentences(path):
        codes = [encode(word) for word in words]
        a = b = BOUNDARY
        for code in codes:
            number = lexicon.id(code)
            if number >= 0:
                counts["priced"] += 1
                counts["millinats"] += round(1000 * context.cost(a, b, number))
            a, b = b, number
        for word, code, answer in zip(words, codes, restored([folded(code) for code in codes]), strict=True):
            if code and code[0] != "#":
                counts.update(words=1, known=known(word), right=code == answer)
                if code != answer:
                    wrong[code, answer] += 1
                if folded(code) != code:
                    counts.update(stripped=1, accepted=lexicon.known(folded(code)))
    return counts, wrong


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option("--wrong", "shown", default=0, help="Show so many of the words that came back wrong.")
def main(paths: tuple[Path, ...], shown: int) -> None:
    """Measure the lists on texts that were never counted."""
    every: Counter[str] = Counter()
    errors: Counter[tuple[str, str]] = Counter()
    for path in paths:
        counts, wrong = measured(path)
        every.update(counts)
        errors.update(wrong)
        click.echo(f"{path.name}: {figures(counts)}")
    click.echo(f"all: {figures(every)}")
    for (code, answer), count in sorted(errors.items(), key=lambda item: (-item[1], item[0]))[:shown]:
        click.echo(f"{count:5} {code} -> {answer}")


def figures(counts: Counter[str]) -> str:
    """A line of figures.

    >>> figures(Counter(words=200, known=199, stripped=50, accepted=1, right=198, priced=100, millinats=700000))
    '200 words; known 99.50 %; stripped accepted 2.00 %; perplexity 1097; right 99.00 %'
    """
    perplexity = math.exp(counts["millinats"] / 1000 / max(counts["priced"], 1))
    words, stripped = max(counts["words"], 1), max(counts["stripped"], 1)
    return (
        f"{counts['words']} words; known {100 * counts['known'] / words:.2f} %; stripped accepted "
        f"{100 * counts['accepted'] / stripped:.2f} %; perplexity {perplexity:.0f}; "
        f"right {100 * counts['right'] / words:.2f} %"
    )


if __name__ == "__main__":
    main()
