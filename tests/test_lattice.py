"""The readings a stretch of text allows."""

from __future__ import annotations

import pytest
from hypothesis import given
from strategies import damaged, texts

from onar.reading.candidate import Arc
from onar.reading.candidates import Finder
from onar.reading.lattice import build, signs
from onar.reading.pieces import pieces
from onar.segment import cut


def arcs(finder: Finder, text: str) -> list[list[Arc]]:
    words = pieces(list(cut(text, signs(finder))))
    return build(words, text[words[-1].end :], finder)


def printed(found: list[Arc]) -> dict[str, str]:
    """What was read, by what may have been printed."""
    return {arc.candidate.surface: arc.read for arc in found}


def test_halves_of_a_word_are_one_piece_with_its_break() -> None:
    whole, other = pieces(list(cut("dis politi-\nkasi")))[1], pieces(list(cut("bir iki")))
    assert (whole.text, whole.at, whole.gap) == ("politikasi", 6, "-\n")
    assert [piece.gap for piece in other] == ["", ""]


@pytest.mark.parametrize("text", ["Ankara-\nIstanbul", "1914-\n1918"])
def test_two_words_with_a_hyphen_are_two(text: str) -> None:
    assert len(pieces(list(cut(text)))) == 2


def test_a_mark_may_be_a_letter(finder: Finder) -> None:
    readings = arcs(finder, "dagilmas: ile")[0]
    assert printed(readings)["dağılması"] == "dagilmas:"


def test_an_apostrophe_may_have_drifted(finder: Finder) -> None:
    assert any(arc.end == 2 for arc in arcs(finder, "Orgiitii' niin")[0])


def test_an_address_has_one_reading(finder: Finder) -> None:
    assert [len(found) for found in arcs(finder, "https://ornek.org/giris")] == [1, 1, 1, 1]


def test_signs_are_no_usual_marks(finder: Finder) -> None:
    found = signs(finder)
    assert "$" in found
    assert not set(found) & set(".,;:()")
    assert not any(c.isalnum() or c.isspace() for c in found)


@given(damaged | texts)
def test_every_piece_can_be_left_as_it_is_and_arcs_go_forward(finder: Finder, text: str) -> None:
    words = pieces(list(cut(text, signs(finder))))
    if not words:
        return
    for i, found in enumerate(build(words, text[words[-1].end :], finder)):
        assert any(arc.end == i + 1 for arc in found)
        for arc in found:
            assert i < arc.end <= len(words)
            assert arc.start <= words[i].start < arc.stop <= len(text)


def test_pieces_cover_all_atoms() -> None:
    atoms = list(cut("kat-\nki-\nlar iki- uc\fbir"))
    joined = pieces(atoms)
    assert joined[0].start == atoms[0].start
    assert joined[-1].end == atoms[-1].end
    assert "".join(piece.text for piece in joined) == "".join(atom.text for atom in atoms)


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        ("bkz. ders-notu-arsivi klasoru", ["ders", "notu", "arsivi"]),
        ("sosyo-ekonomik ve Tiirk-Islam-Arap", []),
        ("gel-git Olayi-nin", []),
        ("a-b-c", ["a", "b", "c"]),
    ],
)
def test_chains_of_small_words_are_names_in_a_machines_spelling(text: str, fixed: list[str]) -> None:
    assert [piece.text for piece in pieces(list(cut(text))) if piece.fixed] == fixed
