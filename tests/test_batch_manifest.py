"""The manifest: what is written is found again, torn or not; order, lock and schema."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from onar.batches.manifest import Figures, Manifest, Record, settings_id
from onar.changelog.log import schema
from onar.errors import InputError

SETTINGS = {"signature": {"onar": "0.1.0"}, "format": "auto", "encoding": None, "log": "jsonl"}
ID = settings_id(SETTINGS)

names = st.text(st.characters(exclude_categories=()), min_size=1, max_size=20).filter(
    lambda name: not any("\ud800" <= letter <= "\udfff" for letter in name)
)
counts = st.integers(0, 10**6)
figures = st.builds(Figures, counts, counts, counts, counts, st.dictionaries(names, counts, max_size=3))
done = st.builds(
    lambda name, found: Record(name, "done", "0" * 64, ID, "0.1.0", name, f"{name}.jsonl", found), names, figures
)
failed = st.builds(lambda name, why: Record(name, "failed", None, ID, "0.1.0", error=why), names, names)


def record(name: str, applied: int = 1) -> Record:
    return Record(name, "done", "0" * 64, ID, "0.1.0", name, f"{name}.jsonl", Figures(1, 10, applied, 0, {"ü>ii": 1}))


@given(done | failed)
def test_a_record_comes_back_from_its_line(one: Record) -> None:
    line = one.to_line()
    assert "\n" not in line
    assert Record.of(json.loads(line.encode("utf-8"))) == one
    Draft202012Validator(schema("manifest")).validate(json.loads(line))


@given(rows=st.lists(done | failed, max_size=6), cut=st.integers(0, 10**6))
@settings(max_examples=60, deadline=None)
def test_a_manifest_torn_anywhere_keeps_its_whole_lines(
    tmp_path_factory: pytest.TempPathFactory, rows: list[Record], cut: int
) -> None:
    path = tmp_path_factory.mktemp("torn") / "m.jsonl"
    with Manifest(path) as manifest:
        manifest.describe(SETTINGS)
        for one in rows:
            manifest.add(one)
    data = path.read_bytes()
    kept = data[: cut % (len(data) + 1)]
    path.write_bytes(kept)
    whole = [Record.of(json.loads(line)) for line in kept.split(b"\n")[:-1] if b'"type":"document"' in line]
    with Manifest(path) as manifest:
        found = {one.input: one for one in manifest.records({one.input for one in rows})}
        assert found == {one.input: one for one in whole}
        manifest.describe(SETTINGS)
        manifest.add(record("after the crash"))
    for line in path.read_text("utf-8").splitlines():
        Draft202012Validator(schema("manifest")).validate(json.loads(line))


def test_the_last_line_of_an_input_counts_and_sorting_keeps_only_that(tmp_path: Path) -> None:
    path = tmp_path / "m.jsonl"
    with Manifest(path) as manifest:
        manifest.describe({"signature": {"onar": "0.0.9"}})
        manifest.describe(SETTINGS)
        for name, applied in (("b", 1), ("a", 2), ("b", 3)):
            manifest.add(record(name, applied))
        assert manifest.find("b") == record("b", 3)
        manifest.sort()
        assert [one.input for one in manifest.records(["a", "b", "c"])] == ["a", "b"]
        manifest.add(record("c"))
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert [row.get("input", row.get("id", "header")) for row in rows] == ["header", ID, "a", "b", "c"]
    assert rows[3]["figures"]["applied"] == 3
    assert len(list(tmp_path.iterdir())) == 1


def test_sorting_what_is_sorted_touches_nothing(tmp_path: Path) -> None:
    path = tmp_path / "m.jsonl"
    with Manifest(path) as manifest:
        manifest.describe(SETTINGS)
        manifest.add(record("a"))
        manifest.add(record("b"))
        before = path.stat().st_ino
        manifest.sort()
    assert path.stat().st_ino == before


@pytest.mark.parametrize("line", ["", "{}", "[1]", '{"type":"document"}', '{"type":"document","input":7}', "\0" * 40])
def test_a_line_that_is_no_record_is_passed_over(tmp_path: Path, line: str) -> None:
    path = tmp_path / "m.jsonl"
    with Manifest(path) as manifest:
        manifest.describe(SETTINGS)
        manifest.add(record("a"))
    with path.open("a") as file:
        file.write(f"{line}\n")
    with Manifest(path) as manifest:
        manifest.add(record("b"))
        assert [one.input for one in manifest.records(["a", "b"])] == ["a", "b"]
        manifest.sort()
    assert len(path.read_text().splitlines()) == 4


@pytest.mark.parametrize("content", ["a letter\n", '{"schema":"onar-changes/1"}\n', "[]\n", "[" * 100_000 + "\n", "a"])
def test_another_file_is_refused_and_left_alone(tmp_path: Path, content: str) -> None:
    path = tmp_path / "m.jsonl"
    path.write_text(content)
    with pytest.raises(InputError, match="not an onar-manifest/1"):
        Manifest(path)
    assert path.read_text() == content


def test_two_runs_cant_write_at_once(tmp_path: Path) -> None:
    pytest.importorskip("fcntl")
    with Manifest(tmp_path / "m.jsonl"), pytest.raises(InputError, match="another run"):
        Manifest(tmp_path / "m.jsonl")
    with Manifest(tmp_path / "m.jsonl") as again:
        assert len(again) == 0


def test_the_order_of_settings_doesnt_matter_but_their_values_do() -> None:
    assert settings_id({"a": 1, "b": {"c": 2, "d": 3}}) == settings_id({"b": {"d": 3, "c": 2}, "a": 1})
    assert settings_id({"a": 1}) != settings_id({"a": 2})


def test_damage_is_a_share() -> None:
    assert Figures(words=4, applied=1, flagged=1).damage == 0.5
    assert Figures(words=0, applied=1).damage == 0.0
    assert Figures(words=1, applied=5).damage == 1.0
