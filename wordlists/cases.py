"""Corpora -> when words have capitals: `python -m onar.wordlists.cases --corpus DIR` (about a minute, numpy).

`cases.tsv` says, for words that are written small or as names about equally often, how likely a capital is inside a
sentence between a small and a capital word, after the first word, and so on: `iş` is small, but not in `Türkiye İş Kurumu`.
Neighbours whose capital English OCR can't tell (`i`, figures) are counted as such. `own_cases.tsv` has the words whose own
capitals are others than those of their like: `ilçesinde` is small though it follows a name, `İşleri` is not. Run it after
`count`.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path
from typing import Any

import click
from onar.wordlists.compile import case_byte
from onar.wordlists.corpus import texts
from onar.wordlists.count import CORPORA
from onar.wordlists.lists import LISTS, header, read, write
from onar.wordlists.tokens import tokens

from onar.alphabet import fold, is_upper, lower
from onar.language.capitals import AFTER, BEFORE, UNSEEN, kind
from onar.language.codes import encode

Counts = dict[Any, dict[str, list[int]]]  # times without and with a capital, by neighbours

STEP = 10  # steps in a nat
OUT = Path(__file__).parent
UNTOLD = "i"  # a letter that English OCR reads alike, capital or small
DOUBTED = "iOU"  # codes of the letters whose case damage hides
FEWEST, SPREAD, LEAST = 20, 1.5, 0.7  # times a word is seen; nats its odds may be expected to differ; nats worth a row


def sentences(text: str) -> Iterator[list[str]]:
    """The sentences of a text as lists of words."""
    found: list[str] = []
    for token in (*tokens(text), None):
        if token is None:
            if len(found) > 1:
                yield found
            found = []
        else:
            found.append(token or "#")


def state(word: str) -> str:
    """How a word begins for who reads it in English: C capital, S small, ? not to be told."""
    if not word[0].isalpha() or lower(fold(word[0])) == UNTOLD or fold(lower(word[0])) == UNTOLD:
        return "?"
    return "C" if is_upper(word[0]) else "S"


def add(counts: Counts, own: Counts, sentence: Sequence[str], usual: dict[str, int]) -> None:
    """Count the words inside one sentence, but for those in capitals: by their kind, and by themselves."""
    states = [state(word) for word in sentence]
    for i, word in enumerate(sentence):
        if i == 0 or (len(word) > 1 and is_upper(word[1])) or not word[0].isalpha():
            continue
        before = "F" if i == 1 else states[i - 1]
        after = states[i + 1] if i + 1 < len(sentence) else "E"
        code = encode(word)
        byte = usual.get(code)
        if byte is not None:
            counts[byte][before + after][is_upper(word[0])] += 1
            if code[0] in DOUBTED:
                own[code][before + after][is_upper(word[0])] += 1


def odds(seen: Sequence[int]) -> float:
    """The odds of a capital, in nats, of words *seen* so often without and with one."""
    return math.log((seen[1] + 0.5) / (seen[0] + 0.5))


def shift(seen: Sequence[tuple[float, Sequence[int]]]) -> float:
    """The likeliest shift of the *odds* under which times without and with a capital were seen, by Newton's method."""
    found = 0.0
    for _ in range(30):
        slope, bend = -found / SPREAD**2, -1 / SPREAD**2
        for odds, (without, capital) in seen:
            share = 1 / (1 + math.exp(-(odds + found)))
            slope += capital - (without + capital) * share
            bend -= (without + capital) * share * (1 - share)
        found -= max(-1.0, min(1.0, slope / bend))
    return found


def own_rows(own: Counts, counts: Counts, usual: dict[str, int]) -> Iterator[str]:
    """The rows of `own_cases.tsv`: words whose odds differ from those of their kind, after a capital or elsewhere."""
    for code, seen in sorted(own.items()):
        if sum(map(sum, seen.values())) < FEWEST:
            continue
        like = counts[usual[code] or UNSEEN]
        shifts = [shift([(odds(like[p]), n) for p, n in seen.items() if (p[0] == "C") is c]) for c in (True, False)]
        if max(map(abs, shifts)) >= LEAST:
            yield "\t".join([code, *(str(round(STEP * nats)) for nats in shifts)])


@click.command()
@click.option("--corpus", type=click.Path(path_type=Path, exists=True), required=True)
@click.option("--lists", type=click.Path(path_type=Path, exists=True), default=LISTS, show_default=True)
@click.option("--out", type=click.Path(path_type=Path), default=OUT, show_default=True)
def main(corpus: Path, lists: Path, out: Path) -> None:
    """Count when words have capitals."""
    usual = {encode(row[0]): kind(case_byte(*map(int, row[3:6]))) for row in read(lists / "forms.tsv.xz")}
    counts: Counts = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    own: Counts = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    for _, text in texts(corpus):
        for sentence in sentences(text):
            add(counts, own, sentence, usual)
    places = ["".join(pair) for pair in product(BEFORE, AFTER)]
    rows = [
        f"{byte}\t" + "\t".join(str(round(STEP * odds(got[p]))) for p in places)
        for byte, got in sorted(counts.items())
        if byte
    ]
    title = "ln of times with a capital over times without, in 1/10 nat: by the usual capitals of a word, and its neighbours."
    head = header(title, CORPORA, "MIT for the table (counts are facts; see README.md)", len(rows), "see the first row")
    write(out / "cases.tsv", [*head, "usual\t" + "\t".join(places)], rows)
    found = list(own_rows(own, counts, usual))
    title = "Words that have capitals more or less often than their like: by how much, in 1/10 nat, after a capital and elsewhere."
    head = header(
        title, CORPORA, "MIT for the table (counts are facts; see README.md)", len(found), "see the first row"
    )
    write(out / "own_cases.tsv", [*head, "code\tafter a capital\telsewhere"], found)


if __name__ == "__main__":
    main()
