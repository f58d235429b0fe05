"""The best path through a lattice, and how sure it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from strategies import damaged

from onar.language.context import Context
from onar.language.lexicon import Lexicon, encode
from onar.reading.candidate import Arc, Candidate
from onar.reading.candidates import Finder
from onar.reading.decode import Reading, decode
from onar.reading.lattice import build, signs
from onar.reading.pieces import pieces
from onar.segment import cut

CONTEXT, LEXICON = Context.load(), Lexicon.load()


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


def arc(end: int, surface: str, cost: float) -> Arc:
    number = LEXICON.id(encode(surface))
    return Arc(end, Candidate(surface, number, number, cost), 0, end, surface)


def test_a_word_alone_in_its_place_is_paid_for_where_another_reading_goes_over_it() -> None:
    """``bir`` stands alone at the second place, yet it isn't free: one word over both places is the cheaper reading."""
    lattice = [[arc(1, "güzel", 0.0), arc(2, "güzel", 5.0)], [arc(2, "bir", 0.0)]]
    assert [reading.arc.end for reading in decode(lattice, CONTEXT)] == [2]


def test_two_arcs_that_print_the_same_are_one_reading() -> None:
    lattice = [[arc(1, "güzel", 0.0), arc(1, "güzel", 0.5), arc(1, "üzel", 6.0)]]
    (reading,) = decode(lattice, CONTEXT)
    assert {found.candidate.surface for found, _ in reading.rivals} <= {"üzel"} and reading.confidence > 0.95
