"""Properties of the public functions that no other test throws anything and everything at, and that none is left out."""

from __future__ import annotations

import ast
import inspect
import tempfile
from pathlib import Path

import pytest
import strategies
from fuzz.targets import restorer
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import onar
from onar import alphabet, encoding, files
from onar.batches.parallel import outcomes as done
from onar.changelog.changes import make_id
from onar.documents import FORMATS, detect, open_document
from onar.evaluation.evaluate import outcomes, score
from onar.evaluation.evaluate_lines import LineScore, score_lines
from onar.review.groups import BANDS, band

patient = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
spaces = st.sampled_from([" ", "\n", "\r\n", "\t", "  ", "\f"])


def properties() -> set[str]:
    """The names that stand in tests that hypothesis feeds."""
    names: set[str] = set()
    for path in Path(__file__).parent.glob("test_*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and any("given(" in ast.unparse(one) for one in node.decorator_list):
                inside = [child for child in ast.walk(node) if isinstance(child, ast.Attribute | ast.Name)]
                names |= {child.attr if isinstance(child, ast.Attribute) else child.id for child in inside}
    return names


def test_every_public_function_and_method_is_under_hypothesis() -> None:
    public = [name for name in onar.__all__ if inspect.isfunction(getattr(onar, name))]
    methods = [name for name in vars(onar.Restorer) if not name.startswith("_")]
    assert {"apply", "explain", "restore", "revert", "restore_many", "signature"} <= {*public, *methods}
    assert not {*public, *methods} - properties()


@patient
@given(st.lists(strategies.damaged, max_size=4))
def test_many_texts_are_each_restored_as_if_alone(texts: list[str]) -> None:
    assert list(restorer().restore_many(texts)) == [restorer().restore(text) for text in texts]


@patient
@given(strategies.texts | strategies.damaged)
def test_the_windows_of_a_reading_follow_each_other(text: str) -> None:
    end = 0
    for window in restorer().read(text):
        assert window.start >= end
        end = window.start + len(window.text)
    assert restorer().restore(text).signature == restorer().signature


@given(st.text(), st.text(), st.text(), spaces, st.integers(0, 9))
def test_an_id_outlives_another_wrapping(before: str, prefix: str, suffix: str, space: str, at: int) -> None:
    here = make_id(before, prefix, suffix, at)
    assert len(here) == 12 and set(here) <= set("0123456789abcdef")
    assert here == make_id(before, space.join(prefix.split()), space + space.join(suffix.split()), at)
    assert here != make_id(before, prefix, suffix, at + 1)


@given(strategies.turkish, strategies.damaged, strategies.damaged, st.integers(0, 8))
def test_lines_are_counted_each_by_itself(printed: str, restored: str, ocr: str, cut: int) -> None:
    whole = score_lines(printed, restored, ocr)
    last = printed.count("\n") + 1
    parts = score_lines(printed, restored, ocr, lines=(1, cut)) + score_lines(
        printed, restored, ocr, lines=(cut + 1, last)
    )
    assert parts == whole
    right = score_lines(printed, printed, ocr)
    assert (right.errors, right.harmed, right.wrong) == (0, 0, ())
    assert right.raw_errors == whole.raw_errors
    assert score_lines(printed, ocr, ocr) == score_lines(printed, ocr, ocr) + LineScore()
    assert score_lines(printed, ocr, ocr).errors == whole.raw_errors


@given(strategies.turkish, strategies.damaged, strategies.texts)
def test_every_printed_word_has_one_fate(printed: str, restored: str, ocr: str) -> None:
    fates, counts = [one.verdict for one in outcomes(printed, restored, ocr)], score(printed, restored, ocr)
    assert len(fates) == counts.words
    found = tuple(map(fates.count, ("right", "repaired", "missed", "harmed")))
    assert found == (counts.right, counts.repaired, counts.missed, counts.harmed)


@given(st.lists(st.text(max_size=4)))
def test_an_item_that_fails_stops_no_other(items: list[str]) -> None:
    found = list(done(int, items))
    assert [one.item for one in found] == items
    for one in found:
        try:
            expected: int | None = int(one.item)
        except ValueError:
            expected = None
        assert one.value == expected
        assert (one.error is None) == (expected is not None)


@given(
    st.binary(max_size=200), st.sampled_from([b"", b"<?xml ", b"<html ocr", b"\xff\xfe", b"%PDF-", b"<!DOCTYPE x ["])
)
def test_bytes_are_of_one_format_or_refused(data: bytes, head: bytes) -> None:
    try:
        assert detect(head + data) in FORMATS
    except onar.InputError as error:
        assert head + data and "--format text" in str(error)
    assert detect(b"%PDF-" + data) == "pdf"


@given(strategies.texts)
def test_a_text_is_a_document_that_is_written_back_as_it_was(text: str) -> None:
    data = text.encode()
    try:
        with open_document(data, format="text") as document:
            assert document.rewrite(onar.Restoration(document.text, ())) == data
    except onar.InputError as error:
        assert "\0" in text or encoding.is_binary(data), error


@given(
    st.text(max_size=20) | st.sampled_from(["utf8", "CP1254", "base64", "rot13", "undefined", "idna", "utf-16", "a\0"])
)
def test_an_encoding_has_a_name_that_encodes_or_is_unknown(name: str) -> None:
    try:
        found = encoding.codec(name)
    except onar.InputError as error:
        assert len(str(error).splitlines()) == 1
    else:
        assert "".encode(found).decode(found) == ""
        assert encoding.codec(found) == found


@given(st.text(alphabet.LETTERS, max_size=12), strategies.texts)
def test_capitals_are_lent_and_no_letter_is_changed(word: str, model: str) -> None:
    small = alphabet.lower(word)
    assert alphabet.lower(alphabet.like(small, model)) == small
    assert alphabet.in_turkish_letters(word) == (not set("qwxQWX") & set(word))
    assert not alphabet.in_turkish_letters(word + "w")


@given(strategies.restorations())
def test_every_change_is_in_one_band(made: onar.Restoration) -> None:
    for change in made.changes:
        assert band(change) in BANDS
        assert (change.status == "flagged") == (band(change) in ("left", "doubtful"))


@given(
    st.text(max_size=80).filter(lambda name: "/" not in name and name not in ("", ".", "..")), st.binary(max_size=99)
)
def test_a_file_is_whole_or_not_there_whatever_its_name(name: str, data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        try:
            files.write_file(path, [data[:9], data[9:]])
        except onar.OnarError as error:
            assert len(str(error).splitlines()) == 1
            assert not list(Path(folder).iterdir())
        else:
            assert [(one.name, one.read_bytes()) for one in Path(folder).iterdir()] == [(name, data)]


@pytest.mark.parametrize("name", ["a" * 300, "a\0b", "ş" * 200])
def test_a_name_that_cannot_be_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(onar.OnarError, match="not written"):
        files.write_file(tmp_path / name, b"x")
    assert not list(tmp_path.iterdir())
