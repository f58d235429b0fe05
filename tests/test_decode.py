"""The best path through a lattice, and how sure it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from strategies import damaged

from onar.language.context import Context
from onar.reading.candidates import Finder
from onar.reading.decode import Reading, decode
from onar.reading.lattice import build, signs
from onar.reading.pieces import pieces
from onar.segment import cut

CONTEXT = Context.load()


def read(finder: Finder, text: str) -> list[Reading]:
    words = pieces(list(cut(text, signs(finder))))
    return decode(build(words, text[words[-1].end :], finder), CONTEXT) if words else []


def surfaces(finder: Finder, text: str) -> list[str]:
    return [reading.arc.candidate.surface for reading in read(finder, text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("sinir giivenligi", ["sınır", "güvenliği"]),
        ("sinir sistemi", ["sinir", "sistemi"]),
        ("gelismekte olan iilkeler", ["gelişmekte", "olan", "ülkeler"]),
        ("temel ilkeler", ["temel", "ilkeler"]),
    ],
)
def test_neighbours_decide(finder: Finder, text: str, words: list[str]) -> None:
    assert surfaces(finder, text) == words


@given(damaged)
def test_the_path_covers_the_text_once(finder: Finder, text: str) -> None:
    words = pieces(list(cut(text, signs(finder))))
    at = 0
    for reading in read(finder, text):
        assert reading.arc.start >= at
        at = reading.arc.stop
    assert not words or at >= words[-1].end


@given(damaged)
def test_a_confidence_is_a_probability(finder: Finder, text: str) -> None:
    for _, confidence, rivals in read(finder, text):
        assert 0.0 <= confidence <= 1.0 + 1e-9
        assert confidence + sum(share for _, share in rivals) <= 1.0 + 1e-6


def test_the_same_lattice_is_read_the_same(finder: Finder) -> None:
    text = "kurulan yeni diizende bolgesel giivenligin saglanabilmesi giiclesmistir"
    assert read(finder, text) == read(finder, text)
