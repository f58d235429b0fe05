"""Options stand in a file; the nearest file counts, and the command line goes before it."""

from __future__ import annotations

from pathlib import Path

import pytest

from onar.errors import InputError
from onar.options import KINDS, find, load


def test_the_nearest_file_counts(tmp_path: Path) -> None:
    inner = tmp_path / "proje" / "iç"
    inner.mkdir(parents=True)
    (tmp_path / "onar.toml").write_text("jobs = 3")
    assert load(inner) == {"jobs": 3}
    (inner / "pyproject.toml").write_text("[tool.black]\nline-length = 100")
    assert load(inner) == {"jobs": 3}, "a project without our table is passed over"
    (inner.parent / "pyproject.toml").write_text("[tool.onar]\njobs = 4")
    assert load(inner) == {"jobs": 4}
    (inner.parent / "onar.toml").write_text("jobs = 5")
    assert load(inner) == {"jobs": 5}, "onar.toml goes before pyproject.toml"
    assert find(inner) == inner.parent / "onar.toml"


def test_every_option_is_read_and_paths_are_relative_to_the_file(tmp_path: Path) -> None:
    (tmp_path / "onar.toml").write_text(
        'min-confidence = 0.7\nwords = ["a.txt", "/b.txt"]\nrules = "r.tsv"\ndictionary = "tr.dic"\n'
        'keep-foreign = false\nencoding = "cp1254"\nformat = "text"\njobs = 2\n'
    )
    found = load(tmp_path)
    assert found == {
        **{"min_confidence": 0.7, "words": [str(tmp_path / "a.txt"), "/b.txt"], "rules": str(tmp_path / "r.tsv")},
        **{"dictionary": str(tmp_path / "tr.dic"), "keep_foreign": False, "encoding": "cp1254", "format": "text"},
        "jobs": 2,
    }
    assert len(found) == len(KINDS)
    (tmp_path / "onar.toml").write_text('words = "a.txt"')
    assert load(tmp_path) == {"words": [str(tmp_path / "a.txt")]}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("min_confidence = 1", "unknown option min_confidence: take one of dictionary"),
        ("jobs = true", "jobs must be a whole number"),
        ("jobs = 1.5", "jobs must be a whole number"),
        ("keep-foreign = 1", "keep-foreign must be true or false"),
        ("words = [1]", "words must be a path or a list of paths"),
        ("jobs = ", "not TOML"),
        ("\xff", "not TOML"),
        ("a = " + "[" * 5000, "not TOML"),
    ],
)
def test_bad_files_are_named(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "onar.toml").write_bytes(text.encode("latin-1"))
    with pytest.raises(InputError) as caught:
        load(tmp_path)
    assert message in str(caught.value)
    assert str(caught.value).startswith(str(tmp_path / "onar.toml"))
    assert str(caught.value).isprintable()


def test_the_table_must_be_one(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool]\nonar = 5")
    with pytest.raises(InputError, match=r"tool\.onar must be a table"):
        load(tmp_path)
    (tmp_path / "pyproject.toml").write_text("tool = 5")
    (tmp_path / "onar.toml").write_text("")
    assert load(tmp_path) == {}
