"""``onar evaluate``: how good a restored text is, counted against what was printed.

- Options in, one call to :mod:`onar.evaluation.evaluate`, a table or JSON out.
- ``--by page`` and ``--by confusion`` part the same counts, which add up to the whole.
- ``--chart`` draws the errors before and after as SVG.

``onar evaluate --print print.txt --ocr ocr.txt restored.txt``. Start reading at :func:`command`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onar.errors import InputError
from onar.files import read_text, write_file

if TYPE_CHECKING:
    from onar.evaluation.evaluate import Confusion, Score

__all__ = ["command"]

_LONGEST = 3_000_000  # characters: alignment costs the square of the length, about a minute at this size


@click.command(name="evaluate", short_help="Count a restored text against what was printed.")
@click.argument("restored", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--print", "printed", required=True, type=click.Path(path_type=Path), help="What was printed.")
@click.option("--ocr", required=True, type=click.Path(path_type=Path), help="What the OCR engine had read.")
@click.option("--by", type=click.Choice(["page", "confusion"]), help="Part the counts by page or by confusion.")
@click.option("--json", "as_json", is_flag=True, help="Counts and rates as JSON.")
@click.option("--chart", type=click.Path(path_type=Path), help="Draw the errors before and after here, as SVG.")
@click.option("--encoding", help="Encoding of the three texts when it is not UTF-8.")
def command(
    restored: Path, printed: Path, ocr: Path, by: str | None, as_json: bool, chart: Path | None, encoding: str | None
) -> None:
    """Count RESTORED against what was printed: CER, WER, repaired, missed and harmed words, precision of changes."""
    from onar.evaluation.evaluate import Score, confusions, score_pages

    texts = _read(printed, encoding), _read(restored, encoding), _read(ocr, encoding)
    pages = score_pages(*texts)
    total = sum(pages, Score())
    table = confusions(*texts) if chart or by == "confusion" else ()
    if chart:
        _draw(chart, table)
    parts = pages if by == "page" else table if by == "confusion" else ()
    if as_json:
        click.echo(json.dumps(_document(total, by, parts), ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join(_report(total, parts)))


def _read(path: Path, encoding: str | None) -> str:
    """The text of *path*, or one clear error."""
    text = read_text(path, encoding)
    if len(text) > _LONGEST:
        raise InputError(f"{path}: longer than {_LONGEST:,} characters: evaluate it in parts, their counts add up")
    return text


def _draw(path: Path, table: Iterable[Confusion]) -> None:
    from onar.evaluation.evaluate_chart import chart

    write_file(path, chart(list(table)).encode())


def _document(total: Score, by: str | None, parts: Sequence[Score | Confusion]) -> dict[str, object]:
    from onar.evaluation.evaluate import Score

    document: dict[str, object] = {"schema": "onar-evaluation/1", **total.as_dict()}
    if by == "page":
        rows = enumerate((part for part in parts if isinstance(part, Score)), 1)
        document["pages"] = [{"page": at, **part.as_dict()} for at, part in rows]
    elif by == "confusion":
        document["confusions"] = [
            {"confusion": c.name, "before": c.before, "healed": c.healed, "left": c.left, "added": c.added}
            for c in parts
            if not isinstance(c, Score)
        ]
    return document


def _report(total: Score, parts: Sequence[Score | Confusion]) -> Iterator[str]:
    from onar.evaluation.evaluate import Score

    damaged, fine = total.repaired + total.missed, total.right + total.harmed
    letters, words = f"{total.character_errors} of {total.characters}", f"{total.word_errors} of {total.words}"
    yield f"CER        {_percent(total.cer)}   was {_percent(total.raw_cer)}   ({letters} letters)"
    yield f"WER        {_percent(total.wer)}   was {_percent(total.raw_wer)}   ({words} words)"
    yield f"repaired   {total.repaired} of {damaged} damaged words"
    yield f"missed     {total.missed} (of them changed into another wrong word: {total.changed_wrong})"
    yield f"harmed     {total.harmed} of {fine} words that were right ({_percent(total.harm)})"
    yield f"precision  {_percent(total.precision)} of {total.changes} changed words agree with the print"
    if not parts:
        return
    yield ""
    if isinstance(parts[0], Score):
        yield f"{'page':>5} {'words':>6} {'WER':>8} {'was':>8} {'repaired':>9} {'missed':>7} {'harmed':>7}"
        for at, part in enumerate(parts, 1):
            if isinstance(part, Score):
                rates = f"{_percent(part.wer):>8} {_percent(part.raw_wer):>8}"
                yield f"{at:>5} {part.words:>6} {rates} {part.repaired:>9} {part.missed:>7} {part.harmed:>7}"
        return
    yield f"{'before':>7} {'healed':>7} {'left':>6} {'added':>6}  printed>read"
    for part in parts:
        if not isinstance(part, Score):
            yield f"{part.before:>7} {part.healed:>7} {part.left:>6} {part.added:>6}  {_visible(part.name)}"


def _percent(rate: float) -> str:
    return f"{100 * rate:.2f} %"


def _visible(name: str) -> str:
    """Confusions come from untrusted text: control characters must not reach the terminal."""
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in name)
