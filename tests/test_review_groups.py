"""Bands, groups, charts and visible text: what both kinds of review are made of."""

from __future__ import annotations

import unicodedata
from xml.etree import ElementTree

import pytest
from hypothesis import given
from strategies import restorations, surrogates, texts

from onar.changelog.changes import Change, Restoration, Status, locate
from onar.review import charts
from onar.review.groups import BANDS, band, group, numbers
from onar.review.visible import visible


def _change(before: str, after: str, confidence: float = 0.99, status: Status = "applied", start: int = 0) -> Change:
    return Change(f"{start}", start, start + len(before), 1, 1, 1, before, after, confidence=confidence, status=status)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (_change("diizen", "düzen", 0.95), "sure"),
        (_change("diizen", "düzen", 0.9499), "likely"),
        (_change("diizen", "düzen", 0.999, "flagged"), "doubtful"),
        (_change("S1O", "S1O", 0.2, "flagged"), "left"),
    ],
)
def test_a_band_says_how_to_read_a_change(change: Change, expected: str) -> None:
    assert band(change) == expected


def test_groups_come_by_size_then_doubt_then_place() -> None:
    changes = [
        _change("giin", "gün", start=0),
        _change("iilke", "ülke", 0.6, start=5),
        _change("giic", "güç", 0.4, "flagged", start=11),
        _change("giin", "gün", start=16),
        _change("diiz", "düz", 0.6, start=20),
    ]
    assert [(g.before, len(g)) for g in group(changes)] == [("giin", 2), ("giic", 1), ("iilke", 1), ("diiz", 1)]
    assert group(changes)[1].worst == "doubtful"


@given(restorations())
def test_every_change_is_in_one_group_and_one_band(made: Restoration) -> None:
    grouped = [change for item in group(made.changes) for change in item.changes]
    assert sorted(grouped, key=lambda c: c.id) == sorted(made.changes, key=lambda c: c.id)
    assert sum(numbers(made.changes).values()) == len(made.changes)
    for item in group(made.changes):
        assert {(c.before, c.after) for c in item.changes} == {(item.before, item.after)}
        assert item.worst in BANDS


@given(restorations())
def test_charts_are_well_formed_whatever_the_rules_are_called(made: Restoration) -> None:
    for chart in (charts.confusions(made.changes), charts.sureness(made.changes)):
        root = ElementTree.fromstring(chart)
        assert root.tag == "svg"
        assert not {"script", "style"} & {node.tag for node in root.iter()}


def test_the_chart_of_confusions_counts_them_and_sums_up_the_rest() -> None:
    places = locate("x " * 200)
    changes = [places.change(2 * k, 2 * k + 1, "y", rules=[f"ö>{k % 20}"]) for k in range(100)]
    root = ElementTree.fromstring(charts.confusions(changes))
    values = [node.text for node in root.iter("text") if node.get("class") == "value"]
    assert values == ["5"] * 14 + ["30"]


@given(texts | surrogates)
def test_nothing_hidden_stays_hidden(text: str) -> None:
    shown = visible(text)
    assert not any(unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") for c in shown)
    assert "\n" not in shown


def test_visible_text_keeps_all_that_can_be_seen() -> None:
    assert visible("ŞİÖ’nün “güvenliği” — %74’ü km² 𝔄") == "ŞİÖ’nün “güvenliği” — %74’ü km² 𝔄"
