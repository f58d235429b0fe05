"""A change is put in and taken out to the last character, and its place and id are right."""

from __future__ import annotations

import pickle
import re
import time
from dataclasses import FrozenInstanceError, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import restorations, texts

from onar.changelog.changes import CONTEXT, Change, Restoration, apply, locate, make_id, revert
from onar.errors import InputError

DIIZENDE = Change("1", 5, 13, 1, 6, 1, "diizende", "düzende", confidence=0.99)


@given(restorations())
def test_reverting_gives_the_source_back(made: Restoration) -> None:
    assert revert(made.text, made.changes) == made.source


@given(restorations())
def test_the_text_outside_the_changes_stays(made: Restoration) -> None:
    standing = [change for change in made.changes if change.in_text]
    outside = re.sub(r"\Z", "", made.source)
    for change in reversed(standing):
        outside = outside[: change.start] + change.after + outside[change.end :]
    assert made.text == outside


@pytest.mark.parametrize(
    ("status", "decision", "stands"),
    [
        ("applied", None, True),
        ("flagged", None, False),
        ("applied", "reject", False),
        ("flagged", "accept", True),
        ("flagged", "edit", True),
        ("applied", "accept", True),
    ],
)
def test_a_person_goes_before_the_engine(status: str, decision: str | None, stands: bool) -> None:
    change = replace(DIIZENDE, status=status, decision=decision)  # type: ignore[arg-type]
    assert change.in_text is stands
    assert apply("yeni diizende", [change]) == ("yeni düzende" if stands else "yeni diizende")


@pytest.mark.parametrize(
    "changes",
    [
        [replace(DIIZENDE, before="dilzende")],
        [replace(DIIZENDE, start=6, end=14)],
        [replace(DIIZENDE, start=-8, end=13)],
        [replace(DIIZENDE, start=5, end=99)],
        [replace(DIIZENDE, start=9, end=5, before="")],
        [DIIZENDE, DIIZENDE],
        [DIIZENDE, replace(DIIZENDE, start=0, end=4, before="yeni")],
    ],
    ids=["other word", "moved", "negative", "beyond", "backwards", "twice", "out of order"],
)
def test_changes_that_do_not_fit_are_refused(changes: list[Change]) -> None:
    with pytest.raises(InputError, match="give the source"):
        apply("yeni diizende", changes)


def test_reverting_another_text_is_refused() -> None:
    with pytest.raises(InputError, match="give the text"):
        revert("yeni dizende", [DIIZENDE])


def test_an_overlapping_flag_does_no_harm() -> None:
    flag = replace(DIIZENDE, id="2", start=0, before="yeni diizende", status="flagged")
    assert apply("yeni diizende", [flag, DIIZENDE]) == "yeni düzende"


def test_changes_are_values() -> None:
    assert pickle.loads(pickle.dumps(DIIZENDE)) == DIIZENDE
    assert len({DIIZENDE, replace(DIIZENDE)}) == 1
    with pytest.raises(FrozenInstanceError):
        DIIZENDE.after = "x"  # type: ignore[misc]
    assert str(DIIZENDE) == "1:6 diizende → düzende (99%, applied)"
    assert str(replace(DIIZENDE, decision="reject")).endswith("reject)")


@given(texts)
def test_places_agree_with_counting(text: str) -> None:
    places = locate(text)
    for offset in range(len(text) + 1):
        before = text[:offset]
        # a carriage return and its line feed are one end, and it is over after the line feed
        half = before.endswith("\r") and text[offset : offset + 1] == "\n"
        lines = re.split(r"\r\n|\r|\n", before[:-1] if half else before)
        column = len(lines[-1]) + half + 1
        assert places.at(offset) == (len(lines), column, before.count("\f") + 1)


@given(texts.filter(bool), st.data())
def test_surroundings_are_quotations(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    prefix, suffix = locate(text).around(start, end)
    assert text[:start].endswith(prefix)
    assert text[end:].startswith(suffix)
    assert max(len(prefix), len(suffix)) <= CONTEXT


def test_surroundings_do_not_cut_words() -> None:
    text = "sözcük " * 20 + "diizende" + " sözcük" * 20
    prefix, suffix = locate(text).around(140, 148)
    assert prefix == "sözcük " * 5
    assert suffix == " sözcük" * 5


@given(restorations())
def test_ids_are_unique(made: Restoration) -> None:
    assert len({change.id for change in made.changes}) == len(made.changes)


def _ids(text: str) -> list[str]:
    places = locate(text)
    return [places.change(m.start(), m.end(), "düzende").id for m in re.finditer("diizende", text)]


def test_ids_survive_edits_elsewhere_and_another_wrapping() -> None:
    text = "Bu kurulan yeni diizende bölgesel bir durum, eski diizende ise başka."
    first = _ids(text)
    assert len(set(first)) == 2
    assert _ids("Başa bir cümle geldi. " + text) == first
    assert _ids(text.replace(" ", "\n")) == first
    assert _ids(text + " diizende")[:2] == first


def test_equal_places_have_different_ids_that_stay() -> None:
    text = "a b diizende c d\n" * 3
    assert len(set(_ids(text))) == 3
    assert _ids(text + "sonra") == _ids(text)


def test_an_id_has_no_room_for_the_reading() -> None:
    places, again = locate("yeni diizende"), locate("yeni diizende")
    assert places.change(5, 13, "düzende").id == again.change(5, 13, "dizende").id == make_id("diizende", "yeni ", "")


def test_lone_surrogates_have_ids() -> None:
    assert make_id("\udcff", "\ud800", "") != make_id("\udcfe", "\ud800", "")


def test_a_long_document_is_quick() -> None:
    text = "bu yeni diizende bir cümle ve sonrası gelir mi " * 10_000  # 100,000 words
    starts = [m.start() for m in re.finditer("diizende|cümle|sonrası|yeni|gelir|mi", text)]
    began = time.process_time()
    places = locate(text)
    changes = [places.change(at, at + 2, "xyz") for at in starts]
    assert len(changes) == 60_000
    assert revert(apply(text, changes), changes) == text
    assert time.process_time() - began < 3.0  # 0.6 s on the machine it was written on
