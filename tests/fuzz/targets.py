"""What the fuzzer throws at each reader: any bytes in, a value or one of Onar's own one-line errors out.

- ``text``: bytes of a file → decoded, restored, reverted; lines kept.
- ``log``, ``decisions``, ``rules``, ``words``, ``alternatives``: bytes of such a file → read,
  and written back where that exists.
- ``evaluation``: three texts → counts that add up.

Each target is a plain function, so that hypothesis (``tests/test_robustness.py``) and atheris (``tests/fuzz/run.py``)
share them. Anything but an :class:`OnarError` of one line is a finding.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import onar
from onar import encoding, files
from onar.changelog import decisions, log
from onar.channel import rules
from onar.evaluation import evaluate, evaluate_lines

LONGEST = 600  # characters restored at most: fuzzing wants many inputs, not long ones


@cache
def restorer() -> onar.Restorer:
    return onar.Restorer()


def one_line(function: Callable[[bytes], None]) -> Callable[[bytes], None]:
    """Let Onar's own errors pass when they are one line that can be printed."""

    def checked(data: bytes) -> None:
        try:
            function(data)
        except onar.OnarError as error:
            told = str(error)
            if not told or len(told.splitlines()) != 1 or not told.isprintable():
                raise AssertionError(f"not one printable line: {told!r}") from error

    return checked


@one_line
def text(data: bytes) -> None:
    source = encoding.decode(data, "some.txt").text[:LONGEST]
    result = restorer().restore(source)
    assert onar.revert(result.text, result.changes) == source
    assert result.text.count("\n") == source.count("\n")
    assert result.text.count("\f") == source.count("\f")


@one_line
def log_file(data: bytes) -> None:
    read = log.loads(encoding.utf8(data, "some.jsonl", remedy="give a log that Onar wrote"))
    assert log.loads(log.dumps(read)) == read


@one_line
def log_path(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name in ("some.jsonl", "some.csv"):
            path = Path(folder) / name
            path.write_bytes(data)
            log.read(path)


@one_line
def decisions_file(data: bytes) -> None:
    read = decisions.loads(encoding.utf8(data, "some.json", remedy="give a file that Onar wrote"))
    assert decisions.loads(decisions.dumps(read)) == read


@one_line
def rules_file(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rules.tsv"
        path.write_bytes(data)
        read = rules.read_rules(path)
    again = rules.read_rules(rules.write_rules(read))
    assert {rule.id for rule in again} == {rule.id for rule in read}


@one_line
def words_file(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "words.txt"
        path.write_bytes(data)
        words = files.read_words(path)
    assert all(word == word.strip() and "#" not in word for word in words)


@one_line
def alternatives(data: bytes) -> None:
    evaluate_lines.read_alternatives(encoding.utf8(data, "some.tsv", remedy="give a UTF-8 table"))


@one_line
def evaluation(data: bytes) -> None:
    parts = (data.decode("utf-8", "ignore") + "||").split("|")[:3]
    pages = evaluate.score_pages(*parts)
    assert sum(pages, evaluate.Score()) == evaluate.score(*parts)
    evaluate.confusions(*parts)


TARGETS: dict[str, Callable[[bytes], None]] = {
    "text": text,
    "log": log_file,
    "log_path": log_path,
    "decisions": decisions_file,
    "rules": rules_file,
    "words": words_file,
    "alternatives": alternatives,
    "evaluation": evaluation,
}
