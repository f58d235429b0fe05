"""Corpora and dictionaries -> lists: `python -m onar.wordlists.count --corpus DIR --turkish DIR --english DIR`.

`--corpus` holds tr-news.txt.xz, tr-wide.jsonl.xz and tr-parliament.jsonl.xz; `--turkish` and `--english` the unpacked
npm packages `dictionary-tr` 2.0.0 and `dictionary-en` 4.0.0. The lists hold counts and prices of words and of short
runs of words, no sentences.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import click
import numpy as np
from onar.wordlists import hunspell
from onar.wordlists.corpus import BOUNDARY, UNKNOWN, WEIGHTS, Corpus, texts
from onar.wordlists.lists import LISTS, header, write
from onar.wordlists.ngrams import Model, ending_list, estimate

from onar.codes import CODE, decode, encode, folded
from onar.inflection import ending_of

CORPORA = "news, parliament, laws, encyclopedia and other corpora named in README.md with their licences"
SHORTEST_NAME = 3
START, STRANGE = "<s>", "<?>"
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz'#" + CODE)


def turkish_forms(directory: Path) -> set[str]:
    """The codes of all forms of the Turkish dictionary."""
    codes = (encode(form) for _, form in hunspell.expand(directory))
    return {code for code in codes if set(code) <= _LETTERS}


def clean(codes: Sequence[str], raw: Any, dictionary: set[str]) -> list[int]:
    """The words worth listing: those of the dictionary, and those no accented rival explains as a misspelling.

    >>> clean(["Cok", "cok", "onar"], [9000, 60, 3], {"Cok"})
    [0, 2]
    """
    best: defaultdict[str, float] = defaultdict(float)
    for code, count in zip(codes, raw, strict=True):
        best[folded(code)] = max(best[folded(code)], count)
    kept = []
    for i, code in enumerate(codes):
        if code in dictionary:
            kept.append(i)
        elif raw[i] >= 2:
            # "ıstanbul" is what the capital I of a careless keyboard becomes
            limit = (
                3 if code[0] == "I" and code[1:2] != code[1:2].upper() else 20 if not set(code) & set("AYV") else 500
            )
            if best[folded(code)] <= limit * raw[i]:
                kept.append(i)
    return kept


def names_once(corpus: Corpus, raw: Any) -> list[str]:
    """Names seen a single time: capitals inside a sentence, no apostrophe, nothing listed that differs in marks only.

    They bring little to the counts and much to what is known, for most unlisted words are names.
    """
    taken = {folded(code) for code, count in zip(corpus.codes, raw, strict=True) if count > 1}
    return sorted(
        code
        for code, count, (_, title, upper, _) in zip(corpus.codes, raw, corpus.cases, strict=True)
        if count == 1 and title + upper and code.isalpha() and len(code) >= SHORTEST_NAME and folded(code) not in taken
    )


def _weighted(corpus: Corpus) -> tuple[Any, Any]:
    size = len(corpus.codes)
    raw, weighted = np.zeros(size), np.zeros(size)
    for kind, stream in sorted(corpus.streams.items()):
        words = np.frombuffer(stream, dtype=np.int32)
        counts = np.bincount(words[words >= 0], minlength=size)
        raw += counts
        weighted += WEIGHTS[kind] * counts
    return raw, weighted


def _ranked(corpus: Corpus, order: Sequence[int]) -> list[tuple[Any, float]]:
    rank = np.full(len(corpus.codes) + 2, len(order) + 1, np.int64)
    rank[list(order)] = np.arange(len(order))
    rank[BOUNDARY], rank[UNKNOWN] = len(order), len(order) + 1
    return [
        (rank[np.frombuffer(stream, dtype=np.int32)], WEIGHTS[kind]) for kind, stream in sorted(corpus.streams.items())
    ]


def _pair_rows(model: Model, names: Sequence[str]) -> Iterator[str]:
    firsts, seconds, prices = (a.tolist() for a in model.pairs)
    backs = model.pair_backoff.tolist()
    for first, group in groupby(range(len(firsts)), firsts.__getitem__):
        cells = (f"{names[seconds[i]]} {prices[i]}" + (f" {backs[i]}" if backs[i] else "") for i in group)
        yield f"{names[first]}\t{model.backoff[first]}\t" + "\t".join(cells)


def _triple_rows(model: Model, names: Sequence[str]) -> Iterator[str]:
    firsts, seconds, thirds, prices = (a.tolist() for a in model.triples)
    pairs = list(zip(firsts, seconds, strict=True))
    for (first, second), group in groupby(range(len(pairs)), pairs.__getitem__):
        yield f"{names[first]} {names[second]}\t" + "\t".join(f"{names[thirds[i]]} {prices[i]}" for i in group)


def _write_model(model: Model, names: Sequence[str], endings: Sequence[str], out: Path) -> None:
    licence = "MIT for the list (counts and prices are facts; see README.md for each source)"
    write(
        out / "pairs.tsv.xz",
        header(
            "Pairs of words: price of the second after the first, in 1/12 nat.",
            CORPORA,
            licence,
            len(model.pairs[0]),
            "first, price of backing off, then: second, price, price of backing off from the pair",
        ),
        _pair_rows(model, names),
    )
    write(
        out / "triples.tsv.xz",
        header(
            "Runs of three words: price of the third after the two, in 1/12 nat.",
            CORPORA,
            licence,
            len(model.triples[0]),
            "first second, then: third, price",
        ),
        _triple_rows(model, names),
    )
    rows = (" ".join(map(str, row)) for row in model.agreement.tolist())
    write(
        out / "agreement.tsv.xz",
        header(
            "How endings go together: ln P(ending | ending before) / P(ending), in 1/12 nat.",
            CORPORA,
            licence,
            model.agreement.size,
            "one row an ending before (order of endings.txt, start, unknown)",
        ),
        rows,
    )
    write(
        out / "endings.txt",
        header("The endings that tell grammar.", CORPORA, licence, len(endings), "ending ('-' for all others)"),
        (decode(e) or "-" for e in endings),
    )


def count(corpus: Corpus, dictionary: set[str], out: Path) -> None:
    """Write the lists of a corpus."""
    raw, weighted = _weighted(corpus)
    order = sorted(clean(corpus.codes, raw, dictionary), key=lambda i: (-weighted[i], corpus.codes[i]))
    codes = [corpus.codes[i] for i in order]
    endings = ending_list({c: weighted[i] for c, i in zip(codes, order, strict=True)})
    classes = {e: i for i, e in enumerate(endings)}
    ids = np.array([ending_of(c, classes) for c in codes] + [len(endings), len(endings) + 1], np.int64)
    model = estimate(_ranked(corpus, order), ids, len(codes))
    rows = (
        f"{decode(c)}\t{weighted[i]:.1f}\t{model.lower[r]}\t" + "\t".join(map(str, corpus.cases[i][:3]))
        for r, (c, i) in enumerate(zip(codes, order, strict=True))
    )
    extra = [f"{START}\t0\t{model.lower[len(codes)]}\t0\t0\t0", f"{STRANGE}\t0\t{model.lower[len(codes) + 1]}\t0\t0\t0"]
    write(
        out / "forms.tsv.xz",
        header(
            "Word forms by weighted frequency.",
            CORPORA,
            "MIT for the list (counts are facts; see README.md)",
            len(codes),
            "form, weighted count, price in 1/12 nat, times in lower case, Title, CAPITALS inside sentences",
        ),
        [*rows, *extra],
    )
    once = names_once(corpus, raw)
    write(
        out / "names_once.txt.xz",
        header(
            "Names the corpora have once.", CORPORA, "MIT for the list (see README.md)", len(once), "name, lower case"
        ),
        map(decode, once),
    )
    _write_model(model, [*map(decode, codes), START, STRANGE], endings, out)


def _english(directory: Path) -> Iterable[str]:
    forms = {
        form.lower() for _, form in hunspell.expand(directory) if form.isascii() and form.replace("'", "").isalpha()
    }
    return sorted(f for f in forms if not f.endswith("'s"))


def _check(source: Mapping[str, Path]) -> None:
    for path in source.values():
        if not path.is_dir():
            raise click.ClickException(f"{path}: no such folder; see wordlists/README.md for what belongs there")


@click.command()
@click.option("--corpus", type=click.Path(path_type=Path), required=True)
@click.option("--turkish", type=click.Path(path_type=Path), required=True)
@click.option("--english", type=click.Path(path_type=Path), required=True)
@click.option("--out", type=click.Path(path_type=Path), default=LISTS, show_default=True)
def main(corpus: Path, turkish: Path, english: Path, out: Path) -> None:
    """Count the corpora and expand the dictionaries into the lists."""
    _check({"corpus": corpus, "turkish": turkish, "english": english})
    dictionary = turkish_forms(turkish)
    write(
        out / "dictionary.txt.xz",
        header(
            "All forms of the Turkish Hunspell dictionary, lower case.",
            "npm dictionary-tr 2.0.0",
            "MIT, (c) Harun Resit Zafer (LICENSES/dictionary-tr)",
            len(dictionary),
            "form",
        ),
        map(decode, sorted(dictionary)),
    )
    words = list(_english(english))
    write(
        out / "english.txt.xz",
        header(
            "English words, lower case.",
            "npm dictionary-en 4.0.0 (SCOWL)",
            "MIT and BSD (LICENSES/dictionary-en)",
            len(words),
            "word",
        ),
        words,
    )
    counted = Corpus()
    for kind, text in texts(corpus):
        counted.add(kind, text)
    count(counted, dictionary, out)


if __name__ == "__main__":
    main()
