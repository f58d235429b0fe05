"""The rows of the confusion table: reading, writing and joining them.

- A :class:`Rule` is one row: a printed segment, what was read for it, and a cost, ``-ln P(read | printed)``.
- A row with a place (``start`` or ``end`` of a word) speaks there instead of the same row without one.
- A user's table adds rows, sets costs anew, or switches rows off; it need not have every column.
- In the table nothing is written ``∅``, a space ``␣`` and any character without a row of its own ``☐``.

``ü  ii  0.379`` says that two thirds of all printed ``ü`` were read ``ii``. Start reading at :func:`read_rules`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from math import inf
from pathlib import Path

from onar.encoding import printable
from onar.errors import RuleError

__all__ = ["ANY", "LONGEST_PRINTED", "LONGEST_READ", "Rule", "merge", "read_rules", "rule_id", "unified", "write_rules"]

COLUMNS = ("id", "printed", "read", "where", "cost", "count", "witness", "note")
WHERE = ("any", "start", "inside", "end")
LONGEST_PRINTED, LONGEST_READ = 3, 4
_DOTS = {"any": ("", ""), "start": ("", "…"), "inside": ("…", "…"), "end": ("…", "")}
NOTHING, SPACE = "∅", "␣"
ANY = "☐"  # any one character, in the rows of misreadings that no other row names
DEFAULT_COST = 4.0  # a user's row that names no cost: about as common as ö read as 6


@dataclass(frozen=True, slots=True, order=True)
class Rule:
    """One way of misreading; *cost* is infinite for a row that is switched off."""

    printed: str
    read: str
    where: str = "any"
    cost: float = DEFAULT_COST
    count: float = 0.0
    witness: str = ""
    note: str = ""

    @property
    def id(self) -> str:
        """The name of the row in tables and logs, such as ``ü>ii``."""
        return rule_id(self.printed, self.read, self.where)


_ALIKE = str.maketrans(dict.fromkeys("’‘ʼ`´′‛", "'") | dict.fromkeys("“”„‟«»″", '"') | dict.fromkeys("–—‐‑‒−―", "-"))


def unified(text: str) -> str:
    """Return *text* with one glyph for each mark, as the table has them, one code point for one.

    >>> unified("Türkiye’nin –")
    "Türkiye'nin -"
    """
    return text.translate(_ALIKE)


@lru_cache(maxsize=50_000)
def rule_id(printed: str, read: str, where: str = "any") -> str:
    """Name the confusion of *printed* with *read*.

    >>> rule_id("ü", "ii"), rule_id(" ", ""), rule_id("ı", ":", "end")
    ('ü>ii', '␣>∅', '…ı>:')
    """
    before, after = _DOTS[where]
    return f"{before}{_shown(printed)}>{_shown(read)}{after}"


def _shown(segment: str) -> str:
    return segment.replace(" ", SPACE) or NOTHING


def _meant(cell: str) -> str:
    return "" if cell == NOTHING else cell.replace(SPACE, " ")


def read_rules(source: str | Path, name: str = "") -> tuple[Rule, ...]:
    """Read a rule table: a path, or the text of a table (anything with a line break).

    The first line that is no comment names the columns; ``printed`` and ``read`` are needed, others may be left out.

    >>> read_rules("printed\\tread\\tcost\\nü\\tii\\t0.5\\n")[0].id
    'ü>ii'
    """
    if isinstance(source, Path) or "\n" not in source:
        name = name or str(source)
        try:
            source = Path(source).read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise RuleError(f"{name}: can't read this rule table ({error}); give a UTF-8 text file") from error
    header: list[str] = []
    rules: dict[str, Rule] = {}
    for number, line in enumerate(source.splitlines(), 1):
        if not line.strip() or line.startswith("# ") or line == "#":
            continue
        place = f"{name or 'rules'}, line {number}"
        cells = line.split("\t")
        if not header:
            header = _header(cells, place)
            continue
        if len(cells) > len(header):
            raise RuleError(f"{place}: {len(cells)} columns under {len(header)} headings; take out the extra tabs")
        rule = _rule(dict(zip(header, cells, strict=False)), place)
        if rule.id in rules:
            raise RuleError(f"{place}: {printable(rule.id)} stands twice; keep one of the rows")
        rules[rule.id] = rule
    return tuple(rules.values())


def _header(cells: list[str], place: str) -> list[str]:
    strange = [cell for cell in cells if cell not in COLUMNS]
    if strange or "printed" not in cells or "read" not in cells:
        raise RuleError(f"{place}: the headings are among {', '.join(COLUMNS)}, with printed and read, tab-separated")
    return cells


def _rule(cells: Mapping[str, str], place: str) -> Rule:
    printed, read = _meant(cells.get("printed", "")), _meant(cells.get("read", ""))
    where, written = cells.get("where") or "any", cells.get("cost") or str(DEFAULT_COST)
    if printed == read != ANY:
        raise RuleError(f"{place}: printed and read are the same; write {NOTHING} for nothing and {SPACE} for a space")
    if len(printed) > LONGEST_PRINTED or len(read) > LONGEST_READ:
        raise RuleError(f"{place}: at most {LONGEST_PRINTED} printed and {LONGEST_READ} read characters; split the row")
    if where not in WHERE:
        raise RuleError(f"{place}: where is {where!r}; write one of {', '.join(WHERE)}")
    try:
        cost = inf if written == "off" else float(written)
        count = float(cells.get("count") or 0)
    except ValueError as error:
        raise RuleError(f"{place}: {error}; cost is a number or off, count a number") from error
    if not cost > 0 or count < 0:
        raise RuleError(
            f"{place}: cost is {printable(written)}, count {count}; cost must be above 0 and count not below"
        )
    return Rule(printed, read, where, cost, count, cells.get("witness", ""), cells.get("note", ""))


def write_rules(rules: Iterable[Rule], remarks: Iterable[str] = ()) -> str:
    """Write *rules* as a table, commonest printed segment and reading first, under *remarks*."""
    lines = [f"# {remark}".rstrip() for remark in remarks] + ["\t".join(COLUMNS)]
    for rule in sorted(rules, key=lambda r: (r.printed, r.where, r.cost, r.read)):
        cost = "off" if rule.cost == inf else f"{rule.cost:.3f}"
        cells = (rule.id, _shown(rule.printed), _shown(rule.read), rule.where, cost)
        lines.append("\t".join((*cells, f"{rule.count:.0f}", rule.witness, rule.note)).rstrip("\t"))
    return "\n".join(lines) + "\n"


def merge(base: Iterable[Rule], user: Iterable[Rule]) -> tuple[Rule, ...]:
    """Lay a user's rows over the base table: the same confusion is priced anew, ``off`` takes it out.

    A user's row without a place speaks for every place.

    >>> base = (Rule("ü", "ii", cost=0.4, count=9), Rule("ö", "6", cost=2.0))
    >>> [(rule.id, rule.cost) for rule in merge(base, [Rule("ü", "ii", cost=1.0), Rule("ö", "6", cost=inf)])]
    [('ü>ii', 1.0)]
    """
    merged = {rule.id: rule for rule in base}
    for rule in user:
        known = merged.get(rule.id)
        if rule.where == "any":
            for place in WHERE[1:]:
                merged.pop(rule_id(rule.printed, rule.read, place), None)
        merged[rule.id] = replace(known, cost=rule.cost) if known else rule
    return tuple(rule for rule in merged.values() if rule.cost < inf)
