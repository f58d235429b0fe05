"""The change log as a spreadsheet: CSV that opens as text and comes back without loss.

- UTF-8 with BOM, ``;`` between cells; one row a change, percentages as whole numbers.
- One row of the type ``header`` holds the header of the log, as JSON in its ``note``.
- A cell that a spreadsheet would take for a formula, number, date or truth value gets an apostrophe in front.
- A cell with control characters is written as JSON behind the mark ``'json:``.
- Probabilities that are no whole percentage stand once more, exactly, in the column ``exact``.

``=1+1`` becomes the cell ``'=1+1``, which shows and runs nothing. Start reading at :func:`to_csv`.
"""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from onar.alphabet import lower
from onar.changelog.changes import Change
from onar.changelog.log import Log, from_json, from_rows, to_json
from onar.errors import InputError

__all__ = ["COLUMNS", "from_csv", "guard", "to_csv", "unguard"]

COLUMNS = (
    *("type", "id", "page", "line", "column", "before", "after", "confidence", "status", "decision", "note"),
    *("prefix", "suffix", "rules", "alternatives", "start", "end", "exact"),
)
_BOXES = "boxes"  # one more column, where a log has any
_NUMBERS = ("page", "line", "column", "start", "end")
_TEXTS = ("id", "before", "after", "prefix", "suffix")

# what spreadsheets turn into something else: formulas, numbers and dates (also "5 Mar", "Mar 5"), truth values
_CONVERTED = re.compile(r"[=+\-@'\t\n]|\W*\d|\s*[^\W\d]+[\W_]{0,3}\d[\d\s.,/:-]*\Z")
_TRUTH = frozenset({"true", "false", "doğru", "yanlış"})
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff]")
_JSON = "'json:"


def guard(text: str) -> str:
    """Return *text* as a cell that every spreadsheet shows as text; :func:`unguard` gives *text* back.

    >>> guard("=1+1"), guard("1990'lı"), guard("düzende")
    ("'=1+1", "'1990'lı", 'düzende')
    """
    if _CONTROL.search(text):
        return _JSON + to_json(text)
    return "'" + text if _CONVERTED.match(text) or lower(text.strip()) in _TRUTH else text


def unguard(cell: str) -> str:
    """Return the text that :func:`guard` made *cell* from.

    >>> unguard("'=1+1")
    '=1+1'
    """
    if cell.startswith(_JSON):
        try:
            value = json.loads(cell.removeprefix(_JSON))
        except (ValueError, RecursionError):
            return cell[1:]
        return value if isinstance(value, str) else cell[1:]
    return cell.removeprefix("'")


def to_csv(log: Log) -> str:
    """Return *log* as CSV, without the byte order mark."""
    out = io.StringIO(newline="")
    columns = (*COLUMNS, _BOXES) if any(change.boxes for change in log.changes) else COLUMNS
    table = csv.DictWriter(out, columns, restval="", delimiter=";", lineterminator="\r\n")
    table.writeheader()
    table.writerow({"type": "header", "note": to_json(log.header())})
    table.writerows(map(_cells, log.changes))
    return out.getvalue()


def _cells(change: Change) -> dict[str, str | int]:
    cells: dict[str, str | int] = {"type": "change", "status": change.status, "decision": change.decision or ""}
    cells |= {name: getattr(change, name) for name in _NUMBERS}
    cells |= {name: guard(getattr(change, name)) for name in _TEXTS}
    chances = [change.confidence, *(chance for _, chance in change.alternatives)]
    percents = [round(100 * chance) for chance in chances]
    cells["confidence"] = percents[0]
    # an empty cell is no note; an empty note is the guarded empty cell
    cells["note"] = "" if change.note is None else guard(change.note) or "'"
    cells["rules"] = guard(_join(list(change.rules)))
    rivals = [f"{word} {percent}%" for (word, _), percent in zip(change.alternatives, percents[1:], strict=True)]
    cells["alternatives"] = guard(_join(rivals))
    if any(percent / 100 != chance for percent, chance in zip(percents, chances, strict=True)):
        cells["exact"] = to_json(chances)
    if change.boxes:
        cells[_BOXES] = to_json(change.boxes)
    return cells


def _join(items: list[str]) -> str:
    return " | ".join(re.sub(r"([\\|])", r"\\\1", item) or "\\0" for item in items)


def _split(cell: str) -> list[str]:
    if not cell:
        return []
    parts = re.findall(r"(?:\A| \| )((?:[^\\|]|\\.)*?)(?= \| |\Z)", cell, re.DOTALL)
    return ["" if part == "\\0" else re.sub(r"\\(.)", r"\1", part, flags=re.DOTALL) for part in parts]


def from_csv(text: str, name: str = "log.csv") -> Log:
    """Return the log that *text* (CSV) holds, in whatever order its rows and columns stand by now."""
    with _long_cells():
        try:
            table = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";", strict=True)
            rows = [(table.line_num, row) for row in table if any(row.values())]
        except csv.Error as error:
            raise InputError(f"{name}: not CSV ({error}): save it with ; between cells and as UTF-8") from None
    missing = set(COLUMNS) - set(table.fieldnames or ())
    if missing:
        raise InputError(f"{name}: no column {min(missing)}: save it with ; between cells and all columns of the log")
    heads = [row for _, row in rows if row["type"] == "header"]
    if len(heads) != 1:
        raise InputError(f"{name}: {len(heads)} rows of type header, not one: write the log again with onar restore")
    head = from_json(heads[0]["note"] or "", f"{name}, header row")
    return from_rows(head, ((at, _fields(row, f"{name}, line {at}")) for at, row in rows if row is not heads[0]), name)


def _fields(row: Mapping[str, str | None], where: str) -> dict[str, Any]:
    cells = {name: row.get(name) or "" for name in COLUMNS}
    values: dict[str, Any] = {"type": cells["type"], "status": cells["status"]}
    values["decision"] = cells["decision"] or None
    values["note"] = unguard(cells["note"]) if cells["note"] else None
    values |= {name: unguard(cells[name]) for name in _TEXTS}
    values["rules"] = _split(unguard(cells["rules"]))
    rivals = [item.rpartition(" ") for item in _split(unguard(cells["alternatives"]))]
    try:
        values |= {name: int(cells[name]) for name in _NUMBERS}
        percents = [int(cells["confidence"]), *(int(percent.removesuffix("%")) for _, _, percent in rivals)]
    except ValueError:
        raise InputError(f"{where}: a number is missing or no whole number: mend that row") from None
    chances = [percent / 100 for percent in percents]
    exact = _exact(cells["exact"])
    if [round(100 * chance) for chance in exact] == percents:
        chances = exact
    values["boxes"] = _boxes(row.get(_BOXES) or "")
    values["confidence"] = chances[0]
    values["alternatives"] = [[word, chance] for (word, _, _), chance in zip(rivals, chances[1:], strict=True)]
    return values


def _boxes(cell: str) -> object:
    try:
        return json.loads(cell) if cell else []
    except (ValueError, RecursionError):
        return cell


def _exact(cell: str) -> list[float]:
    try:
        values = json.loads(cell) if cell else []
    except (ValueError, RecursionError):
        return []
    plain = isinstance(values, list) and all(type(value) in (int, float) and 0 <= value <= 1 for value in values)
    return values if plain else []


@contextmanager
def _long_cells() -> Iterator[None]:
    before = csv.field_size_limit(sys.maxsize)
    try:
        yield
    finally:
        csv.field_size_limit(before)
