"""The OCR engine's own confidences: a scale that is known, and a weight in the decision."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import onar
from onar.reading.candidate import Arc, Candidate
from onar.reading.trust import NO_TRUST, Trust

TEXT = "kurulan yeni diizende biitiin iilkeler sinir giivenligi icin calisti ve " * 4


def words(text: str, sure: float, doubted: float, every: int) -> list[tuple[int, int, float]]:
    """Each word of *text* with the confidence *sure*, and *doubted* for the last of *every* so many."""
    found, at = [], 0
    for i, word in enumerate(text.split(), 1):
        start = text.index(word, at)
        at = start + len(word)
        found.append((start, at, doubted if i % every == 0 else sure))
    return found


@given(st.lists(st.floats(0.0, 1.0), min_size=25, max_size=40), st.integers(0, 500))
def test_it_speaks_only_of_words_it_knows(sures: list[float], place: int) -> None:
    trust = Trust.of([(10 * i, 10 * i + 4, sure) for i, sure in enumerate(sures)])
    assert trust.at(place) == 0.0 or (place % 10 < 4 and place < 10 * len(sures))


@pytest.mark.parametrize("sure", [0.0, 0.5, 1.0])
def test_another_scale_says_nothing(sure: float) -> None:
    assert Trust.of([(10 * i, 10 * i + 4, sure) for i in range(50)]) is NO_TRUST


def test_only_words_as_they_were_read_are_weighed() -> None:
    trust = Trust.of([(0, 5, 0.2), *((10 * i, 10 * i + 5, 0.92) for i in range(1, 30))])
    kept, changed = Candidate("sinir", 1, 1, 2.0), Candidate("sınır", 2, 2, 2.0)
    ((first, second),) = trust.weighed([[Arc(1, c, 0, 5, "sinir") for c in (kept, changed)]], 0)
    assert first.candidate.cost == 2.0 - trust.at(0) > 2.0
    assert second.candidate == changed


def test_the_confidence_of_a_change_hears_the_engine(restorer: onar.Restorer) -> None:
    plain = restorer.restore(TEXT)
    doubted = restorer.restore(TEXT, confidences=words(TEXT, 0.91, 0.3, 5))
    sure = restorer.restore(TEXT, confidences=words(TEXT, 0.91, 0.96, 5))
    assert plain.text == doubted.text == sure.text.replace("sinir", "sınır")
    assert [c.confidence for c in doubted.changes] != [c.confidence for c in sure.changes]
    assert onar.revert(doubted.text, doubted.changes) == TEXT
