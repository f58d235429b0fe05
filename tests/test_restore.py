"""The promises, on made-up and on real text."""

from __future__ import annotations

import pickle
import re
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from conftest import SHARED
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import damaged, surrogates, texts, turkish

import onar

ROOT = Path(__file__).parents[1]
SAMPLE = (ROOT / "seeds" / "samples" / "kira_hukuku" / "ocr.txt").read_text(encoding="utf-8")
ARTICLE = SHARED / "seeds" / "000_c98496c7ed6a7cb8.txt"
anything = st.one_of(damaged, damaged, turkish, texts, surrogates)

_LAYOUT = re.compile(r"\r\n|[\r\n\f]")


def layout(text: str) -> list[str]:
    """What must stay: line and page breaks in order."""
    return _LAYOUT.findall(text)


def indents(text: str) -> list[str]:
    return [line[: len(line) - len(line.lstrip(" \t"))] for line in _LAYOUT.split(text)]


@given(anything)
def test_reverting_gives_the_source_back(restorer: onar.Restorer, text: str) -> None:
    result = restorer.restore(text)
    assert result.source == text
    assert onar.apply(text, result.changes) == result.text
    assert onar.revert(result.text, result.changes) == text


@given(anything)
def test_lines_pages_and_indents_stay(restorer: onar.Restorer, text: str) -> None:
    restored = restorer.restore(text).text
    assert layout(restored) == layout(text)
    assert indents(restored) == indents(text)


@given(damaged)
def test_restoring_twice_changes_nothing_more(restorer: onar.Restorer, text: str) -> None:
    once = restorer.restore(text).text
    assert restorer.restore(once).text == once


@given(anything)
def test_changes_stand_in_order_and_doubt_is_said_aloud(restorer: onar.Restorer, text: str) -> None:
    at = 0
    for change in restorer.restore(text).changes:
        assert at <= change.start <= change.end
        at = change.end
        assert 0.0 <= change.confidence <= 1.0
        assert change.before != change.after or change.status == "flagged"
        assert change.status == "flagged" or change.confidence >= restorer.min_confidence


def test_real_text_is_whole_again_after_reverting(restorer: onar.Restorer) -> None:
    result = restorer.restore(SAMPLE)
    assert len(result.changes) > 50
    assert onar.revert(result.text, result.changes) == SAMPLE
    assert layout(result.text) == layout(SAMPLE)
    assert restorer.restore(result.text).text == result.text


@pytest.mark.skipif(not ARTICLE.exists(), reason="the shared material is not beside the project")
def test_the_article_keeps_its_lines(restorer: onar.Restorer) -> None:
    source = ARTICLE.read_text(encoding="utf-8")
    result = restorer.restore(source)
    assert onar.revert(result.text, result.changes) == source
    assert layout(result.text) == layout(source)
    assert restorer.restore(result.text).text == result.text


def test_more_processes_make_the_same_bytes(restorer: onar.Restorer) -> None:
    parts = [part for part in SAMPLE.split("\n\n") if part.strip()][:6]
    assert list(restorer.restore_many(parts, jobs=2)) == [restorer.restore(part) for part in parts]


def test_threads_share_a_restorer(restorer: onar.Restorer) -> None:
    parts = [SAMPLE[at : at + 400] for at in range(0, 3200, 400)]
    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(restorer.restore, parts))
    assert together == [onar.Restorer().restore(part) for part in parts]


def test_a_restorer_survives_pickling(restorer: onar.Restorer) -> None:
    copy = pickle.loads(pickle.dumps(restorer))
    text = "Tiirkiye'nin giivenligi"
    assert copy.restore(text) == restorer.restore(text)
    assert len(pickle.dumps(restorer)) < 10_000


def test_the_threshold_parts_applied_from_flagged() -> None:
    text = SAMPLE[:1500]
    applied = [
        sum(change.status == "applied" for change in onar.Restorer(min_confidence=least).restore(text).changes)
        for least in (0.0, 0.5, 1.0)
    ]
    assert applied == sorted(applied, reverse=True)
    assert applied[0] > applied[-1]


def test_own_words_are_known() -> None:
    text = "Bu yil Kuyruksuzmarket acildi."
    assert "Kuyruksuzmarket" in onar.Restorer(words=["Kuyruksuzmarket"]).restore(text).text
    damaged = "Yeni Ziirafayayincilik kitaplari geldi."
    assert "Zürafayayıncılık" in onar.Restorer(words=["Zürafayayıncılık"]).restore(damaged).text


def test_own_rules_are_obeyed() -> None:
    text = "Bu ya8mur 8ecesi kimse sokaga cikmadi."
    rules = "printed\tread\tcost\nğ\t8\t1.0\ng\t8\t1.0\n"
    assert "yağmur gecesi" in onar.Restorer(rules=rules).restore(text).text


def test_the_signature_tells_the_options() -> None:
    one, two = onar.Restorer(), onar.Restorer(min_confidence=0.9)
    assert one.signature != two.signature
    assert onar.Restorer().signature == one.signature
    assert one.restore("iilke").signature == one.signature


ODD = (
    *(
        "",
        " ",
        "\n",
        "\0",
        "\f\f\f",
        "\ufeff",
        "\ud800",
        "i\udfffi",
        "\u202egiivenlik\u202c",
        "'",
        "-\n",
        "a-\n",
        "\u00ad",
    ),
    *("' ' ' '", "iii", "I", "'" * 5, "----\n\n----", "\x1b[31mgiivenlik\x1b[0m", "ﬁil", "a\u0301\u0301\u0301"),
)


@pytest.mark.parametrize("text", ODD, ids=ascii)
def test_odd_texts_are_taken_as_they_come(restorer: onar.Restorer, text: str) -> None:
    result = restorer.restore(text)
    assert onar.revert(result.text, result.changes) == text


@pytest.mark.parametrize(
    "piece",
    ["iiiiii", "a", "' ", "-\n", "i'", "giivenlik ", "$", ".", "I", "1 ", "(", "e\u0301", "www.", "a@"],
    ids=ascii,
)
def test_time_grows_with_the_text(restorer: onar.Restorer, piece: str) -> None:
    """Twice the text takes about twice the time; four times would be allowed, since clocks are what they are."""
    size = 20_000 // len(piece)

    def seconds(times: int) -> float:
        start = time.perf_counter()
        restorer.restore(piece * times)
        return time.perf_counter() - start

    seconds(size // 4)
    small, large = seconds(size), seconds(2 * size)
    assert large < 4 * small + 0.5


@settings(max_examples=20)
@given(turkish)
def test_right_turkish_is_not_touched(restorer: onar.Restorer, text: str) -> None:
    """Enough of it to be seen as right: a few words without a Turkish letter may be anything."""
    text = "Köylüler bağlarından çıktı, ışıklar söndü. " * 3 + text
    assert restorer.restore(text).text == text
