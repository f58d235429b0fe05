"""The printable summary: where the changes come from, how many, how sure, which confusions, which words most.

- It stands in the page as plain markup, so that it can be read and printed without any script.
- Words that the page can say in Turkish carry the key of the phrase (``data-t``); text from the log is escaped.
- What the reviewer decided is added by the page while it is open.

``giivenlik → güvenlik  37`` is one line of its table. Start reading at :func:`summary`.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from onar._version import __version__
from onar.changelog.log import Log
from onar.review import charts
from onar.review.groups import BANDS, group, numbers
from onar.review.visible import visible

__all__ = ["summary"]

_MOST = 24
_SOURCES = 40


def summary(logs: Sequence[Log]) -> str:
    """Return the markup of the summary of *logs*."""
    changes = [change for log in logs for change in log.changes]
    counts = numbers(changes)
    bands = "".join(
        f'<li><b>{counts[kind]:,}</b> <i class="swatch {kind}"></i><span data-t="{kind}">{kind}</span>'
        f' <span class="soft" data-t="{kind}_tip"></span></li>'
        for kind in BANDS
        if counts[kind] or kind != "left"
    )
    return "\n".join(
        (
            '<h1 lang="en">Onar · <span data-t="view_summary">Summary</span></h1>',
            _facts(logs, len(changes)),
            f'<ul class="numbers">{bands}</ul>',
            '<div class="charts">',
            _figure("chart_rules", "Which confusions occurred", charts.confusions(changes)),
            _figure("chart_sure", "How sure the changes are", charts.sureness(changes)),
            "</div>",
            '<h2 data-t="chart_groups">Most frequent changes</h2>',
            _frequent(logs),
        )
    )


def _facts(logs: Sequence[Log], total: int) -> str:
    rows = [
        f"<li><bdi>{escape(visible(log.source))}</bdi> <code>sha256 {escape(log.sha256[:16])}…</code></li>"
        for log in logs[:_SOURCES]
    ]
    if len(logs) > _SOURCES:
        rows.append(f"<li>… {len(logs) - _SOURCES}</li>")
    return (
        f'<dl class="facts"><dt data-t="made_from">Source</dt><dd><ul>{"".join(rows)}</ul></dd>'
        f'<dt data-t="changes_in_all">Changes</dt><dd>{total:,}</dd>'
        f"<dt>Onar</dt><dd>{escape(__version__)}</dd></dl>"
    )


def _figure(key: str, title: str, chart: str) -> str:
    return f'<figure><figcaption id="{key}" data-t="{key}">{title}</figcaption>{chart}</figure>'


def _frequent(logs: Sequence[Log]) -> str:
    groups = group(change for log in logs for change in log.changes)
    rows = "".join(
        f'<li lang="tr"><span><del><bdi>{escape(visible(item.before))}</bdi></del> → '
        f"<ins><bdi>{escape(visible(item.after))}</bdi></ins></span> <b>{len(item):,}</b></li>"
        for item in groups[:_MOST]
    )
    return f'<ol class="frequent">{rows}</ol>'
