"""Corpora -> how names are spoken: `python -m onar.wordlists.spoken --corpus DIR` (about a minute).

Suffixes after an apostrophe go by the ear: `Kemal'in`, `Twitter'da`, `Sarkozy'nin`, `PKK'nın`. `spoken.tsv` holds what is often
spoken otherwise than Turkish spells it: names, last letters of names (`-ean`), acronyms by last letter (`=k`) or whole (`=pkk`).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import click
from onar.wordlists.corpus import texts
from onar.wordlists.count import CORPORA
from onar.wordlists.lists import header, write

from onar.alphabet import BACK, VOWELS, lower, upper
from onar.language.suffixes import ACRONYM, ENDING, LAST, spoken_end

LEAST, LEAST_NAMES = 4, 5  # times a name, and names of an ending, must be seen
AGREED = 0.85  # share from which spelling says it as well
OUT = Path(__file__).parent
_NAMED = re.compile(r"\b([^\W\d_]{2,})['’]([a-zçğıöşü]+)")
_NARROW, _ROUND = frozenset("ıiuü"), frozenset("uü")


def heard(suffix: str) -> Iterator[str]:
    """What a suffix tells about the word before it: back or front, round or not, and its last sound.

    >>> sorted(heard("nün")), sorted(heard("ta"))
    (['front', 'round', 'vowel'], ['back', 'hard'])
    """
    vowel = next((c for c in suffix if c in VOWELS), "")
    if vowel:
        yield "back" if vowel in BACK else "front"
        if vowel in _NARROW:
            yield "round" if vowel in _ROUND else "flat"
    if suffix[0] in VOWELS:
        yield "closed"
    elif suffix[0] in "nys" and suffix[1:2] in VOWELS:
        yield "vowel"
    elif suffix[0] in "td":
        yield "hard" if suffix[0] == "t" else "soft"


def counted(directory: Path) -> dict[str, Counter[str]]:
    """What the suffixes of each name tell."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for _, text in texts(directory):
        for name, suffix in _NAMED.findall(text):
            if name[0] == upper(name[0]):
                found[name].update(heard(suffix))
    return found


def _sides(told: Mapping[str, int]) -> int:
    return told.get("back", 0) + told.get("front", 0)


def row(key: str, told: Mapping[str, int]) -> str:
    """The row of a key."""
    back = told.get("back", 0) / max(1, _sides(told))
    curled = (told.get("round", 0) + 0.1) / (told.get("round", 0) + told.get("flat", 0) + 1)
    shares = {"a": back * (1 - curled), "e": (1 - back) * (1 - curled), "o": back * curled, "ö": (1 - back) * curled}
    sound = "vowel" if told.get("vowel", 0) > told.get("closed", 0) else "soft"
    if sound == "soft" and told.get("hard", 0) > told.get("soft", 0):
        sound = "hard"
    cells = "\t".join(str(round(100 * share)) for share in shares.values())
    return f"{key}\t{sound}\t{cells}"


def _odd(name: str, told: Mapping[str, int]) -> bool:
    """Whether a name is often spoken otherwise than it is spelled."""
    end = spoken_end(name)
    return end is not None and told.get("front" if end.vowel in BACK else "back", 0) > (1 - AGREED) * _sides(told)


def rows(found: Mapping[str, Counter[str]]) -> Iterator[str]:
    """The rows: names, endings of names, last letters of acronyms."""
    endings: dict[str, dict[str, Counter[str]]] = defaultdict(dict)
    letters: dict[str, Counter[str]] = defaultdict(Counter)
    for name, told in sorted(found.items()):
        if name == upper(name):
            if lower(name[-1]) not in VOWELS:
                letters[ACRONYM + lower(name[-1])].update(told)
            continue
        if len(name) > LAST:
            endings[ENDING + lower(name)[-LAST:]][name] = told
        if _sides(told) >= LEAST and _odd(name, told):
            yield row(lower(name), told)
    for key, names in sorted(endings.items()):
        odd = sum(_odd(name, told) for name, told in names.items())
        if len(names) >= LEAST_NAMES and odd > (1 - AGREED) * len(names):
            total: Counter[str] = Counter()
            for told in names.values():
                total.update({what: 12 * times // max(1, _sides(told)) for what, times in told.items()})
            yield row(key, total)
    for key, total in sorted(letters.items()):
        yield row(key, total)
        if max(total["back"], total["front"]) < AGREED * _sides(total):
            alike = (
                n for n in sorted(found) if n == upper(n) and lower(n[-1]) == key[-1] and _sides(found[n]) >= LEAST
            )
            yield from (row(ACRONYM + lower(name), found[name]) for name in alike)


@click.command()
@click.option("--corpus", type=click.Path(path_type=Path, exists=True), required=True)
@click.option("--out", type=click.Path(path_type=Path), default=OUT, show_default=True)
def main(corpus: Path, out: Path) -> None:
    """Count how names are spoken."""
    found = list(rows(counted(corpus)))
    title = "How names are spoken where it is not as they are spelled: last sound, share of last vowels like a, e, o, ö in percent."
    head = header(
        title, CORPORA, "MIT for the table (counts are facts; see README.md)", len(found), "see the first row"
    )
    write(out / "spoken.tsv", [*head, "name\tsound\ta\te\to\tö"], found)
    click.echo(f"{len(found):6} spoken.tsv")


if __name__ == "__main__":
    main()
