"""Lists -> compiled files: `python -m onar.wordlists.compile`. Same lists, same bytes.

The compiled files are flat arrays the library maps into memory, and automata (DAWG2, marisa-trie). A file is written
beside its place and moved there; `manifest.json` comes last and names the size and hash of every other file.
"""

from __future__ import annotations

import hashlib
import json
import math
import sys
import tempfile
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import click
import dawg
import marisa_trie
from onar.wordlists import morphology
from onar.wordlists.lists import LISTS, read
from onar.wordlists.pack import Pairs, letter_table, pack_triples
from onar.wordlists.tiers import SIZE, tree

from onar.language.codes import encode, folded
from onar.language.inflection import class_letter, ending_of
from onar.language.letters import ALPHABET

STEPS = 12
LETTERS = frozenset(ALPHABET)
COMPILED = Path(__file__).parent / "compiled"
REACH = 22.0  # nats: stem and ending together may cost this much to be walked as one word
BAND = 2.0  # stems of a price band take the same endings, which the automaton shares: smaller than one by one
UNSEEN = 3.5  # nats a form costs over its stem and ending when no corpus has it
NO_STEM = 20.0  # nats for a dictionary form no stem explains
SHORTEST_STEM, SHORTEST_AFTER_PREFIX = 3, 5
COMMON = 12.5  # nats: what may follow a prefix
RARER = (0.005, 0.02, 0.06)  # shares of small letters or capitals, whichever is rarer, that part the kinds of words
ADDED_COUNT, ADDED_PRICE = 1.0, 16.6  # what a word of the small lists counts for and costs when it is not counted


@dataclass
class Words:
    """Listed forms in order of their numbers, with price and capitals; the first `counted` are in the context model."""

    codes: list[str]
    prices: list[int]
    cases: list[int]
    counts: dict[str, float]
    counted: int
    special: list[int]


def case_byte(low: int, title: int, upper: int) -> int:
    """The shares of lower case, Title and CAPITALS in thirds, two bits each; two bits more for how rare the rarer case is.

    >>> case_byte(0, 9, 0) & 63, case_byte(5, 5, 0) & 63
    (12, 10)
    >>> case_byte(1000, 1, 0) >> 6, case_byte(90, 10, 0) >> 6
    (0, 3)
    """
    total = low + title + upper
    if not total:
        return 0
    share = (min(low, title) + 0.2) / (low + title + 1)
    return (
        round(3 * low / total)
        | round(3 * title / total) << 2
        | round(3 * upper / total) << 4
        | sum(share >= edge for edge in RARER) << 6
    )


def read_words(lists: Path) -> Words:
    """The forms of the corpora, then what the dictionary and the small lists add."""
    words = Words([], [], [], {}, 0, [])
    for form, count, price, *cases in read(lists / "forms.tsv.xz"):
        if form.startswith("<"):
            words.special.append(int(price))
            continue
        code = encode(form)
        words.codes.append(code)
        words.prices.append(int(price))
        words.cases.append(case_byte(*map(int, cases)))
        words.counts[code] = float(count)
    words.counted = len(words.codes)
    dropped = {encode(row[0]) for row in read(lists / "dropped.txt")}
    rest = {encode(row[0]): 0 for row in read(lists / "dictionary.txt.xz")}
    for name, case in (
        ("names.txt", 12),
        ("names_once.txt.xz", 12),
        ("abbreviations.tsv", 48),
        ("circumflex.txt", 3),
        ("foreign.txt", 3),
    ):
        for row in read(lists / name):
            code = encode(row[0].replace(".", ""))
            if code not in words.counts and set(code) <= LETTERS:
                rest[code] = case
    for code in sorted(rest):
        if code not in words.counts and code not in dropped:
            words.codes.append(code)
            words.cases.append(rest[code])
            words.counts[code] = ADDED_COUNT if rest[code] else 0.0
    return words


def price_unseen(words: Words, model: morphology.Morphology) -> None:
    """Prices for the forms no corpus has: those of their stem and ending, and a little more."""
    for code in words.codes[len(words.prices) :]:
        price = min(model.price(code) + UNSEEN, ADDED_PRICE if words.counts[code] else NO_STEM)
        words.prices.append(min(255, round(price * STEPS)))


def productive(model: morphology.Morphology, first: str) -> Iterator[str]:
    """The forms beginning with a letter that stems and endings make within reach."""
    ordered = {kind: sorted((cost, e) for e, cost in ends.items()) for kind, ends in model.endings.items()}
    costs = {kind: [cost for cost, _ in ends] for kind, ends in ordered.items()}
    for stem, kinds in model.stems.items():
        if stem[0] == first and len(stem) >= SHORTEST_STEM:
            for kind, price in kinds.items():
                band = math.ceil(price / BAND) * BAND
                for _, ending in ordered[kind][: bisect_right(costs[kind], REACH - band)]:
                    yield stem + ending


def compounds(words: Words, prefix: str) -> Iterator[str]:
    """A prefix before the common words: mikroişlemci, karşıdevrim."""
    for code, price in zip(words.codes[: words.counted], words.prices, strict=False):
        if price <= COMMON * STEPS and len(code) >= SHORTEST_AFTER_PREFIX and "'" not in code and "#" not in code:
            yield prefix + code


def all_forms(words: Words, model: morphology.Morphology, prefixes: list[str]) -> Iterator[str]:
    """Every form the automaton knows, sorted; a made form that differs from a listed one in marks only is left out."""
    listed = sorted(words.codes)
    rivals = {folded(code) for code in listed}
    at = 0
    for first in sorted({code[0] for code in listed}):
        end = at
        while end < len(listed) and listed[end][0] == first:
            end += 1
        joined = (form for prefix in prefixes if prefix[0] == first for form in compounds(words, prefix))
        made = {
            form
            for form in chain(productive(model, first), joined)
            if form in words.counts or folded(form) not in rivals
        }
        yield from sorted(made.union(listed[at:end]))
        at = end


def _saved(automaton: object) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "automaton"
        automaton.save(str(path))  # type: ignore[attr-defined]
        return path.read_bytes()


def _flat(kind: str, values: Iterable[int]) -> bytes:
    flat = array(kind, values)
    if sys.byteorder == "big":
        flat.byteswap()
    return flat.tobytes()


def lexicon_files(
    words: Words, model: morphology.Morphology, endings: list[str], prefixes: list[str]
) -> dict[str, bytes]:
    """The automaton of all forms, their numbers, prices and capitals; stems and endings for analyses."""
    trie = marisa_trie.Trie(words.codes)
    ranks, prices, cases = [0] * len(words.codes), bytearray(len(words.codes)), bytearray(len(words.codes))
    for rank, code in enumerate(words.codes):
        if rank < words.counted:
            ranks[trie[code]] = rank + 1
        else:
            prices[trie[code]], cases[trie[code]] = words.prices[rank], words.cases[rank]
    classes = {encode(e): i for i, e in enumerate(endings)}
    stems = marisa_trie.BytesTrie(
        (stem, b"".join(class_letter(k).encode() + bytes([min(255, round(c * STEPS))]) for k, c in kinds.items()))
        for stem, kinds in model.stems.items()
    )
    keys = {class_letter(kind) + e: cost for kind, ends in model.endings.items() for e, cost in ends.items()}
    ends_trie = marisa_trie.Trie(sorted(keys))
    costs = bytearray(len(keys))
    for key, cost in keys.items():
        costs[ends_trie[key]] = min(255, round(cost * STEPS))
    units, floor = tree(words.codes[:SIZE], words.prices[:SIZE])
    return {
        "words.tree": units,
        "words.floor": floor,
        "words.dawg": _saved(dawg.DAWG(all_forms(words, model, prefixes), input_is_sorted=True)),
        "words.marisa": _saved(trie),
        "words.rank": _flat("I", ranks),
        "words.cost": bytes(words.prices[: words.counted]),
        "words.case": bytes(words.cases[: words.counted]),
        "words.ending": _flat("H", (ending_of(code, classes) for code in words.codes[: words.counted])),
        "rare.cost": bytes(prices),
        "rare.case": bytes(cases),
        "prefixes.txt": "\n".join(prefixes).encode(),
        "endings.txt": "\n".join(map(encode, endings)).encode(),
        "stems.marisa": _saved(stems),
        "suffixes.marisa": _saved(ends_trie),
        "suffixes.cost": bytes(costs),
    }


def context_files(words: Words, lists: Path) -> dict[str, bytes]:
    """The n-gram model, packed."""
    numbers = {code: i for i, code in enumerate(words.codes[: words.counted])}
    numbers.update({"<s>": words.counted, "<?>": words.counted + 1})
    pairs = Pairs(read(lists / "pairs.tsv.xz"), numbers)
    files: dict[str, bytes] = pairs.files()
    files.update(pack_triples(read(lists / "triples.tsv.xz"), numbers, pairs))
    agreement = bytearray()
    for row in read(lists / "agreement.tsv.xz"):
        agreement += bytes(128 + int(cell) for cell in row[0].split(" "))
    files["context.agree"] = bytes(agreement)
    files["context.special"] = bytes(words.special)
    return files


def write_files(files: dict[str, bytes], settings: Mapping[str, object], out: Path) -> None:
    """Write the files and then their manifest."""
    listing = {
        name: {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()} for name, data in sorted(files.items())
    }
    whole = hashlib.sha256(json.dumps(listing, sort_keys=True).encode()).hexdigest()
    files = {
        **files,
        "manifest.json": json.dumps({**settings, "knowledge": whole[:16], "files": listing}, indent=1).encode() + b"\n",
    }
    for name in files:
        (out / f"{name}.tmp").write_bytes(files[name])
    for name in files:
        (out / f"{name}.tmp").replace(out / name)
    for path in out.iterdir():
        if path.name not in files:
            path.unlink()


@click.command()
@click.option("--lists", type=click.Path(path_type=Path), default=LISTS, show_default=True)
@click.option("--out", type=click.Path(path_type=Path), default=COMPILED, show_default=True)
def main(lists: Path, out: Path) -> None:
    """Compile the lists."""
    out.mkdir(parents=True, exist_ok=True)
    words = read_words(lists)
    endings = ["" if row[0] == "-" else row[0] for row in read(lists / "endings.txt")]
    model = morphology.learn(words.counts)
    price_unseen(words, model)
    prefixes = sorted(encode(row[0]) for row in read(lists / "prefixes.txt"))
    files = lexicon_files(words, model, endings, prefixes)
    files.update(context_files(words, lists))
    english = [row[0] for row in read(lists / "english.txt.xz")]
    files["letters.table"] = letter_table(words.counts, dict(zip(words.codes, words.cases, strict=True)), english)
    files["english.marisa"] = _saved(marisa_trie.Trie(english))
    settings = {"cost_steps": STEPS, "vocabulary": words.counted, "endings": len(endings) + 2, "unseen": UNSEEN}
    write_files(files, settings, out)
    for name, data in sorted(files.items()):
        click.echo(f"{len(data):10} {name}")


if __name__ == "__main__":
    main()
