"""Two small pictures for the summary, as SVG without any script: which confusions occurred, how sure the changes are.

- Bars lie on their side, longest first, so that labels can be read; the rest is one bar of its own.
- Colours come from the style sheet of the page (classes), so that dark, light and paper each have theirs.
- Every label is escaped; the same changes give the same bytes.

``ü>ii  ▇▇▇▇▇▇▇ 412`` is one bar. Start reading at :func:`confusions`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from html import escape

from onar.changelog.changes import Change
from onar.review.groups import BANDS, Band, band
from onar.review.groups import confusions as named
from onar.review.visible import visible

__all__ = ["confusions", "sureness"]

_WIDTH, _LABEL, _ROW, _BAR, _MOST = 460, 96, 20, 12, 14
_TENTHS = 10


def confusions(changes: Sequence[Change]) -> str:
    """Return an SVG bar chart of the confusions named in *changes*, most frequent first.

    >>> "ü&gt;ii" in confusions([Change("1", 0, 4, 1, 1, 1, "diiz", "düz", rules=("ü>ii",))])
    True
    """
    counts = Counter(name for change in changes for name in named(change))
    rows = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    bars = [(visible(rule), number) for rule, number in rows[:_MOST]]
    if rest := rows[_MOST:]:
        bars.append(("…", sum(number for _, number in rest)))
    return _svg(
        "chart_rules", [_bar(at, label, number, max(n for _, n in bars)) for at, (label, number) in enumerate(bars)]
    )


def _bar(at: int, label: str, number: int, most: int) -> str:
    y = at * _ROW
    length = max(1.0, (_WIDTH - _LABEL - 60) * number / most)
    return (
        f'<text x="{_LABEL - 8}" y="{y + 11}" text-anchor="end" class="label">{escape(label[:16])}</text>'
        f'<rect x="{_LABEL}" y="{y + 1}" width="{length:.1f}" height="{_BAR}" rx="2" class="bar"/>'
        f'<text x="{_LABEL + length + 6:.1f}" y="{y + 11}" class="value">{number:,}</text>'
    )


def sureness(changes: Sequence[Change]) -> str:
    """Return an SVG bar chart of the confidence of *changes* in steps of ten percent, each bar split into bands."""
    bins: list[Counter[Band]] = [Counter() for _ in range(_TENTHS)]
    for change in changes:
        if (kind := band(change)) != "left":
            bins[min(_TENTHS - 1, int(change.confidence * _TENTHS + 1e-9))][kind] += 1
    most = max(1, *(sum(step.values()) for step in bins))
    rows = [_split(_TENTHS - 1 - at, f"{at * 10}–{at * 10 + 10} %", step, most) for at, step in enumerate(bins)]
    return _svg("chart_sure", rows[::-1])


def _split(at: int, label: str, step: Counter[Band], most: int) -> str:
    y = at * _ROW
    out = [f'<text x="{_LABEL - 8}" y="{y + 11}" text-anchor="end" class="label">{label}</text>']
    x = float(_LABEL)
    for kind in BANDS:
        if number := step[kind]:
            length = max(1.0, (_WIDTH - _LABEL - 60) * number / most)
            out.append(f'<rect x="{x:.1f}" y="{y + 1}" width="{length:.1f}" height="{_BAR}" class="bar {kind}"/>')
            x += length
    out.append(f'<text x="{x + 6:.1f}" y="{y + 11}" class="value">{sum(step.values()):,}</text>')
    return "".join(out)


def _svg(title: str, rows: Sequence[str]) -> str:
    height = max(1, len(rows)) * _ROW
    body = "".join(rows)
    return f'<svg class="chart" viewBox="0 0 {_WIDTH} {height}" role="img" aria-labelledby="{title}">{body}</svg>'
