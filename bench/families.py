#!/usr/bin/env python3
"""How Onar fares with each family of damage: right text is broken by the family's own mechanism and restored.

    python bench/families.py [FAMILY...] [--words 4000] [--examples 10]

- A *mechanism* turns right text into what a broken layer shows: the wrong code page, a font's own map, marks that came
  loose, letters that left a space, fillers in the gaps.
- Right text is the kept-out corpus beside the project (``../shared``; ``ONAR_MATERIAL`` says otherwise), or
  the project's own prose in ``bench/scanlab/texts`` where there is none.
- Told are the words, how many were damaged and repaired, how many were harmed, and the families diagnosed.

Start reading at ``MECHANISMS``.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
Mechanism = Callable[[str], str]

# --- mechanisms -------------------------------------------------------------------------------------------------------


def recoded(stored: str, read: str, rounds: int = 1) -> Mechanism:
    """Text stored in one code page and read in another; bytes the second leaves open stay control characters."""

    def one(char: str) -> str:
        out = ""
        for byte in char.encode(stored, "replace"):
            try:
                out += bytes([byte]).decode(read)
            except UnicodeDecodeError:
                out += chr(byte)
        return out

    def run(text: str) -> str:
        for _ in range(rounds):
            text = "".join(one(c) if ord(c) > 127 else c for c in text)
        return text

    return run


def mapped(table: dict[str, str]) -> Mechanism:
    """A font whose glyphs stand at the code points of others."""
    return lambda text: text.translate(str.maketrans(table))


def loosened(first: str = "", last: str = "", space: str = "") -> Mechanism:
    """Marks that come before their letters (*first*) or after them (*last*), *space* between."""
    marks = {"\u0327": "¸", "\u0306": "˘", "\u0308": "¨", "\u0307": "˙"}

    def run(text: str) -> str:
        out = ""
        for char in text:
            base, mark = (unicodedata.normalize("NFD", char) + " ")[:2]
            shown = marks.get(mark, "")
            if shown and shown in first:
                out += shown + space + base
            elif shown and shown in last:
                out += base + space + shown
            else:
                out += char
        return out

    return run


def lost(letters: str, left: str = " ") -> Mechanism:
    """Letters whose glyph leaves *left*; spaces beside spaces are one."""
    return lambda text: re.sub(" +", " ", re.sub(f"[{letters}]", left, text))


def filled(text: str) -> str:
    """Plain letters, as an English engine reads them, with fillers in every ninth line or so."""
    rng = random.Random(7)
    plain = text.translate(str.maketrans("çğıöşüÇĞİÖŞÜ", "cgiosuCGIOSU"))
    lines = []
    for line in plain.split("\n"):
        words = line.split(" ")
        for i in range(1, len(words)):
            if rng.random() < 0.03 and words[i][:1].isalpha() and words[i - 1][-1:].isalpha():
                words[i] = rng.choice(["_", "__", "—_", "_ "]) + words[i]
        lines.append(" ".join(words))
    return "\n".join(lines)


def columned(text: str) -> str:
    """Newspaper columns of some thirty letters, with the rule beside every third line."""
    rng = random.Random(11)
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split():
            if len(line) + len(word) > 32:
                lines.append(line)
                line = ""
            line = f"{line} {word}".strip()
        lines.append(line)
    shapes = ("| {}", "{} |", "İ{}", "| {}")
    return "\n".join(rng.choice(shapes).format(x) if x and x[0].islower() and rng.random() < 0.3 else x for x in lines)


def unmarked(text: str) -> str:
    """A page read with the English alphabet, the two commonest ways mixed."""
    return text.translate(str.maketrans({**dict(zip("çğıöşÇĞİÖŞÜ", "cgiosCGIOSU", strict=True)), "ü": "ii"}))


def poor(text: str) -> str:
    """Poor print read by an engine with Turkish letters: every eighth word has one of its usual mistakes."""
    rng = random.Random(5)
    rows = [("rı", "n"), ("lı", "h"), ("nı", "m"), ("ü", "ii"), ("ın", "m"), ("ğ", "g"), ("rm", "nn"), ("ı", "i")]

    def one(match: re.Match[str]) -> str:
        word = match.group()
        fitting = [row for row in rows if row[0] in word[1:]]
        if len(word) < 6 or not fitting or rng.random() > 0.25:
            return word
        printed, read = rng.choice(fitting)
        return word[0] + word[1:].replace(printed, read, 1)

    return re.sub(r"[^\W\d_]+", one, text)


_STRAIGHT = str.maketrans("’‘“”–—…", "''\"\"--.")  # DOS had no others

FONT_G = {"İ": "Ġ", "ş": "Ģ", "Ş": "ġ"}
FONT_D = {"İ": "Đ"}
FONT_O = {"ı": "Õ", "ş": "ú", "Ş": "ù", "ğ": "÷", "İ": "ø"}
FONT_FL = {"ı": "›", "İ": "‹", "ğ": "¤", "Ğ": "⁄", "ş": "fl", "Ş": "fi"}

MECHANISMS: dict[str, tuple[str, Mechanism]] = {
    "cp1254 as cp1252": ("codepages", recoded("cp1254", "cp1252")),
    "cp1254 as cp1250": ("codepages", recoded("cp1254", "cp1250")),
    "cp1254 as cp1251": ("codepages", recoded("cp1254", "cp1251")),
    "cp857 as cp1254": ("codepages", lambda text: recoded("cp857", "cp1254")(text.translate(_STRAIGHT))),
    "mac-turkish as cp1252": ("codepages", recoded("mac-turkish", "cp1252")),
    "utf-8 as latin-1": ("codepages", recoded("utf-8", "latin-1")),
    "utf-8 as cp1252": ("codepages", recoded("utf-8", "cp1252")),
    "utf-8 as cp1254": ("codepages", recoded("utf-8", "cp1254")),
    "utf-8 as cp1252 twice": ("codepages", recoded("utf-8", "cp1252", 2)),
    "font G with dot": ("fontmaps", mapped(FONT_G)),
    "font D with stroke": ("fontmaps", mapped(FONT_D)),
    "font O with tilde": ("fontmaps", mapped(FONT_O)),
    "font fl for ş": ("fontmaps", mapped(FONT_FL)),
    "accents first": ("accents", loosened(first="¸˘¨˙")),
    "accents as TeX": ("accents", loosened(first="¨˙˘", last="¸")),
    "accents last": ("accents", loosened(last="¸˘¨˙")),
    "accents first, spaced": ("accents", loosened(first="¸˘¨˙", space=" ")),
    "combining marks": ("accents", lambda text: unicodedata.normalize("NFD", text)),
    "lost ı ğ ş İ": ("glyphloss", lost("ığşİŞĞ")),
    "lost ı": ("glyphloss", lost("ı")),
    "lost ğ": ("glyphloss", lost("ğĞ")),
    "lost all": ("glyphloss", lost("ığşİŞĞçöüÇÖÜ")),
    "lost ’": ("glyphloss", lambda text: re.sub("(?<=[^\\W\\d_])['’](?=[^\\W\\d_])", " ", text)),
    "fillers in gaps": ("fillers", filled),
    "rules beside columns": ("fillers", columned),
    "English alphabet": ("english", unmarked),
    "poor Turkish reading": ("turkish", poor),
}
"""Each way to break a text: the family it belongs to, and what it does."""


# --- measuring --------------------------------------------------------------------------------------------------------


def right_texts(words: int) -> str:
    """Right text of about *words* words, in paragraphs."""
    shared = Path(os.environ.get("ONAR_MATERIAL") or ROOT.parent / "shared") / "corpus"
    if shared.exists():
        news = (shared / "clean.txt").read_text(encoding="utf-8").split("\n")
        other = [json.loads(row)["text"] for row in (shared / "clean_other.jsonl").open(encoding="utf-8")]
        found = [text for pair in zip(news[::3], other[::3], strict=False) for text in pair]
    else:
        found = list(own_prose())
    taken: list[str] = []
    for text in found:
        if sum(len(t.split()) for t in taken) >= words:
            break
        taken.append(unicodedata.normalize("NFC", text).replace("û", "u").replace("î", "i").replace("â", "a"))
    return "\n\n".join(taken)


def own_prose() -> Iterator[str]:
    """The paragraphs of the project's own texts."""
    for path in sorted((ROOT / "bench" / "scanlab" / "texts").glob("*.txt")):
        for line in path.read_text(encoding="utf-8").split("\n"):
            if line[:3] in ("P: ", "O: "):
                yield line[3:]


def main() -> None:
    from onar import Restorer
    from onar.ailments.diagnose import diagnose
    from onar.evaluation.evaluate import outcomes, score

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("families", nargs="*", help="only these families or mechanisms")
    parser.add_argument("--words", type=int, default=3000)
    parser.add_argument("--examples", type=int, default=0)
    options = parser.parse_args()
    printed, restorer = right_texts(options.words), Restorer()
    for name, (family, mechanism) in MECHANISMS.items():
        if options.families and not {name, family} & set(options.families):
            continue
        damaged = mechanism(printed)
        gold = printed if name != "rules beside columns" else re.sub(r"\s+", " ", printed)
        restored = restorer.restore(damaged).text
        if name == "rules beside columns":
            damaged, restored = (re.sub(r"\s+", " ", text) for text in (damaged, restored))
        found = score(gold, restored, damaged)
        families = "+".join(diagnose(mechanism(printed)).families) or "none"
        print(
            f"{name:<24}{found.words:>6} words  WER {100 * found.raw_wer:6.2f} → {100 * found.wer:5.2f}  "
            f"repaired {found.repaired}/{found.repaired + found.missed}  harmed {found.harmed} "
            f"({100 * found.harm:.2f} %)  {families}",
            flush=True,
        )
        wrong = [x for x in outcomes(gold, restored, damaged) if x.verdict in ("missed", "harmed")]
        for x in wrong[: options.examples]:
            print(f"    {x.verdict} print={x.printed} ocr={x.ocr} restored={x.restored}")


if __name__ == "__main__":
    main()
