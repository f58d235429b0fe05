"""Print and its OCR side by side: whole pages cut into the words that belong together.

- Glyphs of quotes and dashes are made one, and words broken at line ends are joined, on both sides.
- Page and reading are aligned letter by letter and cut at the spaces they share; what differs too much in length (junk
  lines, lost or moved blocks) is dropped, and so are specks read as words.
- :func:`windows` leaves only the places where a word and its reading differ.

``bazı günler`` and ``baz: giinler`` give ``bazı``/``baz:`` and ``günler``/``giinler``.
Start reading at :func:`aligned`.
"""

from __future__ import annotations

import json
import lzma
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from onar.channel.rules import LONGEST_PRINTED, unified
from onar.errors import InputError

__all__ = ["Pairs", "aligned", "allowed", "counted", "first_guess", "flat", "read_pairs", "segments", "windows"]

Pairs = Counter[tuple[str, str]]

JOINT = "\ue000"  # where a line end broke a word

_LONGER = str.maketrans({"…": "...", "\u00ad": "-", "¬": "-"})
_BROKEN = re.compile(r"(?<=[^\W\d_])-[ \t]*\n\s*(?=[^\W\d_])")


def flat(text: str) -> str:
    """Return *text* on one line, glyphs of quotes and dashes unified, broken words joined by a private mark."""
    text = unified(unicodedata.normalize("NFC", text)).translate(_LONGER).replace("\f", "\n")
    return " ".join(_BROKEN.sub(JOINT, text).split())


def aligned(printed: str, read: str) -> Iterator[tuple[str, str]]:
    """Cut a page and its reading at the spaces they share, into words or runs of words.

    >>> list(aligned("bazı günler ve ay", "baz: giinler veay"))
    [('bazı', 'baz:'), ('günler', 'giinler'), ('ve ay', 'veay')]
    """
    printed, read = flat(printed), flat(read)
    start = begun = 0
    cuts = []
    for op in Levenshtein.opcodes(_bare(printed), _bare(read)):
        if op.tag == "equal":
            shift = op.dest_start - op.src_start
            cuts += [(k, k + shift) for k in range(op.src_start, op.src_end) if printed[k] == " "]
    for i, j in [*cuts, (len(printed), len(read))]:
        pair = printed[start:i], read[begun:j]
        start, begun = i + 1, j + 1
        if pair[0].count(JOINT) == pair[1].count(JOINT):
            pair = pair[0].replace(JOINT, ""), _unspecked(pair[1].replace(JOINT, ""), pair[0])
            if _plausible(*pair):
                yield pair


def _bare(text: str) -> str:
    """Letters without their marks, one code point for one: what aligns best."""
    return "".join(unicodedata.normalize("NFD", char)[0] for char in text)


def _unspecked(read: str, printed: str) -> str:
    """Drop specks read as words of their own, such as the first of ``: Bu``, beside what was printed."""
    tokens = read.split(" ")
    for end in (0, -1):
        while len(tokens) > 1 + printed.count(" ") and not any(map(str.isalnum, tokens[end])):
            del tokens[end]
    return " ".join(tokens)


def _plausible(printed: str, read: str) -> bool:
    """Tell whether two runs are of a length; junk lines and lost blocks are not."""
    return bool(printed and read) and len(read) <= 2 * len(printed) + 1 and len(printed) <= 2 * len(read) + 1


def windows(printed: str, read: str) -> list[tuple[str, str]]:
    """Return the places where *printed* and *read* differ, with a letter of margin on each side.

    >>> windows("bazılarının", "bazilarmm")
    [('zıl', 'zil'), ('rının', 'rmm')]
    """
    blocks: list[list[int]] = []
    for op in Levenshtein.opcodes(printed, read):
        if op.tag == "equal":
            continue
        if blocks and op.src_start - blocks[-1][1] <= 2:
            blocks[-1][1], blocks[-1][3] = op.src_end, op.dest_end
        else:
            blocks.append([op.src_start, op.src_end, op.dest_start, op.dest_end])
    return [(printed[max(0, a - 1) : b + 1], read[max(0, c - 1) : d + 1]) for a, b, c, d in blocks]


def segments(counts: Pairs) -> Counter[str]:
    """Count every printed segment of one to three characters; nothing stands between any two characters."""
    found: Counter[str] = Counter()
    for (printed, _), count in counts.items():
        for n in range(1, LONGEST_PRINTED + 1):
            for i in range(len(printed) - n + 1):
                found[printed[i : i + n]] += count
        found[""] += count * (len(printed) + 1)
        found[" "] += count  # the space after it
    return found


def allowed(printed: str, read: str) -> bool:
    """Tell whether *printed* read as *read* may be one row: nothing smaller is hidden at its ends."""
    if any(c.isdigit() or c == " " for c in printed) and (len(printed) > 1 or (not read and printed != " ")):
        return False  # page numbers and running heads that were left out, not misread
    if " " in read and (printed + read).replace(" ", "").isalnum():
        return False
    if not printed or not read:
        return len(printed + read) == 1 or printed.isalpha()
    if len(printed) > 1 and len(read) > 1:
        return printed[0] != read[0] and printed[-1] != read[-1]
    return True


def first_guess(printed: str, read: str) -> float:
    """The cost of a segment before anything was learnt: short, even ones first."""
    if printed == read:
        return 0.1
    sizes = len(printed), len(read)
    return 4.0 + 1.5 * max(sizes) + 1.5 * abs(sizes[0] - sizes[1]) + 2.0 * (0 in sizes)


def read_pairs(path: str | Path) -> list[tuple[str, str]]:
    """Read print and OCR text from JSON lines with ``print`` and ``ocr`` (also compressed by xz)."""
    path = Path(path)
    pages: list[tuple[str, str]] = []
    try:
        with lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else path.open(encoding="utf-8") as lines:
            for line in lines:
                page = json.loads(line)
                pages.append((str(page["print"]), str(page["ocr"])))
    except (KeyError, TypeError, ValueError) as error:
        place = f"{path}, line {len(pages) + 1}"
        raise InputError(f"{place}: {error}; each line is a JSON object with print and ocr, in UTF-8") from error
    except (OSError, lzma.LZMAError) as error:
        raise InputError(f"{path}: can't read these pairs ({error})") from error
    return pages


def counted(pages: Iterable[tuple[str, str]]) -> Pairs:
    """Count the aligned words of *pages*."""
    return Counter(pair for printed, read in pages for pair in aligned(printed, read))
