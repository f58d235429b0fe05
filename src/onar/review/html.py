"""The review as one HTML page that works without a network: every change in its line, decided by a key.

- Nothing is fetched: style, script, changes and pictures stand in the page. Its content-security policy names the
  hashes of its own style and script and allows nothing else, not even markup made by script.
- The changes are JSON in a block that the browser does not run, with ``<``, ``>`` and ``&`` escaped; the script puts
  them on the page as text, never as markup.
- The script and the style are plain files beside this module, in the order of :data:`SCRIPTS`.
- Same changes, same bytes: the page holds no date and no path of this machine.

``giivenlik → güvenlik``, 37 times, is one row of it. Start reading at :func:`render`.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Iterable, Mapping
from hashlib import sha256
from html import escape
from importlib.resources import files
from pathlib import Path, PurePath

from onar._version import __version__
from onar.changelog.changes import Restoration
from onar.changelog.decisions import Decisions
from onar.changelog.log import Log
from onar.files import write_file
from onar.review.payload import payload
from onar.review.summary import summary
from onar.review.visible import visible

__all__ = ["SCRIPTS", "render", "write_report"]

SCRIPTS = (
    *(
        "words.js",
        "data.js",
        "decisions.js",
        "filters.js",
        "virtual.js",
        "cursor.js",
        "rows.js",
        "text.js",
        "detail.js",
    ),
    *("sidebar.js", "files.js", "keys.js", "main.js"),
)
"""The script of the page, file by file, in the order in which they stand in it."""

Material = Log | Restoration | Iterable[Log | Restoration]


def render(
    material: Material,
    *,
    source_text: str | Mapping[str, str] | None = None,
    pictures: Mapping[str, bytes] | None = None,
    decisions: Iterable[Decisions] = (),
) -> str:
    """Return the review page of *material*: a log, a restoration, or several of them.

    *source_text* is the text that was restored, or for several a mapping from ``log.source`` to it; without it the page
    shows each word between the few words that the log keeps. *pictures* maps ids of changes to PNG or JPEG bytes of
    the scanned word. *decisions* are those already made. Raises :class:`~onar.errors.InputError` when text, decisions
    or pictures don't fit the log.

    >>> from onar.changelog.changes import locate
    >>> made = Restoration("yeni diizende", (locate("yeni diizende").change(5, 13, "düzende"),))
    >>> page = render(made)
    >>> page.startswith("<!DOCTYPE html>"), "http" in page.replace("http-equiv", "").replace("http://www.w3.org", "")
    (True, False)
    """
    logs, texts = _sources(material, source_text)
    data = payload(logs, texts, pictures or {}, tuple(decisions))
    title = PurePath(logs[0].source).name if len(logs) == 1 else f"{len(logs)} files"
    style, script = _asset("page.css"), _script()
    parts = {
        "policy": _policy(style, script),
        "version": escape(__version__),
        "title": escape(visible(title)),
        "style": style,
        "summary": summary(logs),
        "data": _json(data),
        "script": script,
    }
    # one pass, so that nothing put in is looked at again
    return re.sub(r"\{\{(\w+)\}\}", lambda match: parts[match[1]], _asset("page.html"))


def write_report(
    path: str | Path,
    material: Material,
    *,
    source_text: str | Mapping[str, str] | None = None,
    pictures: Mapping[str, bytes] | None = None,
    decisions: Iterable[Decisions] = (),
) -> None:
    """Write the page of :func:`render` to *path*, whole or not at all."""
    page = render(material, source_text=source_text, pictures=pictures, decisions=decisions)
    write_file(path, page.encode("utf-8"))


def _sources(material: Material, text: str | Mapping[str, str] | None) -> tuple[list[Log], list[str | None]]:
    """Return the logs of *material* and the text of each, checked against its log."""
    several = [material] if isinstance(material, Log | Restoration) else list(material)
    logs: list[Log] = []
    texts: list[str | None] = []
    for one in several:
        if isinstance(one, Restoration):
            name = one.signature.get("source")
            logs.append(Log.of(one, name if isinstance(name, str) else "text"))
            texts.append(one.source)
        else:
            found = text if text is None or isinstance(text, str) else text.get(one.source)
            if found is not None:
                one.check(found)
            logs.append(one)
            texts.append(found)
    return logs, texts


def _asset(name: str) -> str:
    return files("onar.review").joinpath(name).read_text("utf-8")


def _script() -> str:
    body = "\n".join(_asset(name) for name in SCRIPTS)
    return f'"use strict";\n(() => {{\n{body}}})();\n'


def _policy(style: str, script: str) -> str:
    """Return a content-security policy that knows this *style* and *script* by their hashes, and nothing else."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {_hash(script)}",
            f"style-src {_hash(style)}",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _json(data: Mapping[str, object]) -> str:
    """Return *data* as JSON that can stand inside a script element and holds ASCII alone."""
    text = json.dumps(data, separators=(",", ":"), allow_nan=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
