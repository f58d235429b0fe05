"""Cutting: nothing is lost, words end where they may end."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import damaged, surrogates, texts, turkish

from onar.segment import breaks_word, clean_break, cut, ends_sentence, is_abbreviation, is_space

SIGNS = "$¢{§"


def surfaces(text: str, signs: str = SIGNS) -> list[str]:
    return [atom.text for atom in cut(text, signs)]


@given(st.one_of(texts, surrogates, turkish, damaged), st.sampled_from(["", SIGNS]))
def test_cutting_loses_nothing(text: str, signs: str) -> None:
    atoms = list(cut(text, signs))
    end = atoms[-1].end if atoms else 0
    assert "".join(atom.gap + atom.text for atom in atoms) + text[end:] == text
    assert all(text[atom.start : atom.end] == atom.text for atom in atoms)
    assert all(before.end <= after.start for before, after in pairwise(atoms))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Tiirkiye'nin ($IO) politi-\nkasi", ["Tiirkiye'nin", "$IO", "politi", "kasi"]),
        ("dagilmas: ile", ["dagilmas", "ile"]),
        ("6zel {lki ¢ok", ["6zel", "{lki", "¢ok"]),
        ("İstanbul’’un", ["İstanbul’’un"]),
        ("'alinti'", ["alinti"]),
        ("a_b", ["a", "b"]),
        ("", []),
        (" \n\f\t", []),
    ],
)
def test_where_words_begin_and_end(text: str, words: list[str]) -> None:
    assert surfaces(text) == words


@pytest.mark.parametrize(
    "address",
    [
        "https://www.example.org/giris/index.html",
        "www.example.org",
        "bilgi.islem@example.org",
        "10.1000/182.giris",
        "tablo.pdf",
    ],
)
def test_addresses_are_fixed(address: str) -> None:
    atoms = list(cut(f"bakiniz {address} adresi", SIGNS))
    inside = [atom for atom in atoms if atom.text not in ("bakiniz", "adresi")]
    assert inside
    assert all(atom.fixed for atom in inside)
    assert not atoms[0].fixed
    assert not atoms[-1].fixed


@pytest.mark.parametrize(
    ("gap", "broken"),
    [
        *(("-\n", True), ("-\r\n", True), ("- \n", True), ("-\f", True), ("-\n\f", True), ("\u00ad\n", True)),
        *(("-", False), ("- ", False), ("\n", False), (".-\n", False), ("–\n", False)),
    ],
)
def test_what_breaks_a_word(gap: str, broken: bool) -> None:
    assert breaks_word(gap) is broken


@pytest.mark.parametrize(
    ("gap", "ended"),
    [(". ", True), ("! ", True), ("…", True), ("\n\n", True), ("\f", True), (", ", False), ("\n", False)],
)
def test_what_ends_a_sentence(gap: str, ended: bool) -> None:
    assert ends_sentence(gap) is ended


@pytest.mark.parametrize(("word", "short"), [("R", True), ("vb", True), ("Dr", True), ("var", False), ("1", False)])
def test_abbreviations(word: str, short: bool) -> None:
    assert is_abbreviation(word) is short


def test_spaces_on_one_line() -> None:
    assert [is_space(gap) for gap in (" ", "\u00a0", "\n", "", ", ")] == [True, True, False, False, False]


@pytest.mark.parametrize(
    ("gap", "clean"),
    [
        ("-\n", "-\n"),
        ("-* \n", "-\n"),
        ("- |\n", "-\n"),
        ("~\n", "-\n"),
        ("-\n\n. ", "-\n\n"),
        ("¬\n  ", "¬\n  "),
        (", ", ", "),
        ("-\n(", "-\n("),
    ],
)
def test_specks_go_from_a_broken_word_and_lines_stay(gap: str, clean: str) -> None:
    assert clean_break(gap) == clean
    assert clean.count("\n") == gap.count("\n")


def test_a_sign_at_a_line_end_is_a_speck_behind_a_hyphen() -> None:
    assert [atom.text for atom in cut("dolari-°\nnin 6zel°", "°")] == ["dolari", "nin", "6zel°"]
    assert [atom.text for atom in cut("diizen~\nlenir a~b", "~")] == ["diizen", "lenir", "a~b"]
    assert [atom.text for atom in cut("Ber-\n* panke", "*")] == ["Ber", "panke"]
