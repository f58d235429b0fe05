"""The summary of a batch as one HTML page: figures, two charts, the worst documents and the failures.

- Self-contained: no script, no font, no picture from elsewhere; a policy in the page forbids them.
- Everything that comes from documents or file names is escaped; control and direction characters are made visible.
- Each chart is a table too: bars are drawn beside the numbers, not instead of them.

The row of ``ü>ii`` shows the bar of its 51,204 changes. Start reading at :func:`to_html`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from string import Template

from onar.batches.summary import STEPS, Summary, processes
from onar.encoding import printable

__all__ = ["to_html"]

_ROWS = 30  # confusions that are drawn
_FAILURES = 1000  # failures that are listed

_PAGE = Template("""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Onar: summary of $documents documents</title>
<style>
:root { color-scheme: light dark; --bar: #2a6f97; --bad: #b3402e; --soft: #8884; }
body { font: 15px/1.45 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.1rem; margin-top: 2rem; }
dl { display: flex; flex-wrap: wrap; gap: .8rem; }
dl div { border: 1px solid var(--soft); border-radius: .4rem; padding: .5rem .9rem; }
dt { font-size: .8rem; opacity: .75; } dd { margin: 0; font-size: 1.3rem; }
.failed dd { color: var(--bad); }
table { border-collapse: collapse; width: 100%; }
td, th { text-align: left; padding: .15rem .6rem .15rem 0; vertical-align: top; overflow-wrap: anywhere; }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; width: 1%; }
th { white-space: nowrap; }
td.name { white-space: nowrap; width: 1%; font-family: ui-monospace, monospace; }
tr { border-bottom: 1px solid var(--soft); }
svg { display: block; width: 100%; height: 1rem; } svg rect { fill: var(--bar); }
@media (prefers-color-scheme: dark) { :root { --bar: #61a5c2; --bad: #e07a5f; } }
</style>
</head>
<body>
<h1>Onar: what was restored</h1>
<dl>$tiles</dl>
$sections
</body>
</html>
""")


def to_html(summary: Summary) -> str:
    """Return *summary* as an HTML page."""
    sections = [
        _section("Changes by confusion (printed &gt; read)", _confusions(summary)),
        _section("Documents by damage (share of words changed or flagged)", _histogram(summary)),
        _section("Most damaged documents", _worst(summary)),
        _section("Failed documents", _failures(summary)),
    ]
    return _PAGE.substitute(documents=f"{summary.documents:,}", tiles=_tiles(summary), sections="\n".join(sections))


def _tiles(summary: Summary) -> str:
    run, words = summary.run, summary.words or 1
    tiles = [
        ("documents", f"{summary.documents:,}", ""),
        ("restored", f"{summary.done:,}", ""),
        ("failed", f"{len(summary.failures):,}", "failed" if summary.failures else ""),
        ("pages", f"{summary.pages:,}", ""),
        ("words", f"{summary.words:,}", ""),
        ("changed", f"{summary.applied:,} ({summary.applied / words:.1%})", ""),
        ("flagged", f"{summary.flagged:,} ({summary.flagged / words:.1%})", ""),
        ("this run", f"{run.restored:,} in {run.seconds:,.0f} s, {processes(run.jobs)}", ""),
        ("done before", f"{run.unchanged:,}", ""),
    ]
    if run.deaths:
        tiles.append(("workers that died", f"{run.deaths:,}", "failed"))
    return "".join(
        f'<div class="{kind}"><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>' for name, value, kind in tiles
    )


def _section(title: str, body: str) -> str:
    return f"<section><h2>{title}</h2>{body}</section>" if body else ""


def _bars(rows: Sequence[tuple[str, int]], head: tuple[str, str]) -> str:
    """Return a table whose rows are a name, a count and a bar of that length."""
    most = max((count for _, count in rows), default=0) or 1
    return _table(
        (f'<th scope="col">{head[0]}</th>', f'<th scope="col" class="n">{head[1]}</th>', "<th></th>"),
        (
            (
                f'<td class="name">{escape(printable(name))}</td>',
                f'<td class="n">{count:,}</td>',
                f'<td><svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
                f'<rect width="{100 * count / most:.2f}" height="10"/></svg></td>',
            )
            for name, count in rows
        ),
    )


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    body = "".join(f"<tr>{''.join(cells)}</tr>" for cells in rows)
    return f"<table><thead><tr>{''.join(head)}</tr></thead><tbody>{body}</tbody></table>"


def _confusions(summary: Summary) -> str:
    ranked = summary.ranked()
    if not ranked:
        return ""
    rest = sum(count for _, count in ranked[_ROWS:])
    rows = ranked[:_ROWS] + ([(f"{len(ranked) - _ROWS:,} others", rest)] if rest else [])
    return _bars(rows, ("confusion", "changes"))


def _histogram(summary: Summary) -> str:
    if not summary.done:
        return ""
    last = max(step for step in range(STEPS) if summary.histogram[step])
    wide = 100 // STEPS
    rows = [(f"{wide * step}–{wide * (step + 1)} %", summary.histogram[step]) for step in range(last + 1)]
    return _bars(rows, ("damage", "documents"))


def _worst(summary: Summary) -> str:
    if not summary.worst:
        return ""
    head = (
        '<th scope="col" class="n">damage</th>',
        '<th scope="col" class="n">words</th>',
        '<th scope="col">document</th>',
    )
    return _table(
        head,
        (
            (
                f'<td class="n">{one.damage:.1%}</td>',
                f'<td class="n">{one.words:,}</td>',
                f"<td>{escape(printable(one.input))}</td>",
            )
            for one in summary.worst
        ),
    )


def _failures(summary: Summary) -> str:
    if not summary.failures:
        return ""
    shown = summary.failures[:_FAILURES]
    table = _table(
        ('<th scope="col">document</th>', '<th scope="col">reason</th>'),
        ((f"<td>{escape(printable(one.input))}</td>", f"<td>{escape(printable(one.reason))}</td>") for one in shown),
    )
    more = len(summary.failures) - len(shown)
    return table + (f"<p>and {more:,} more: they are in the manifest.</p>" if more else "")
