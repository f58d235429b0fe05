"""Changes in the text become new words: lines stay, no letter is lost, nobody else's word is touched."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onar.changelog.changes import Change, apply
from onar.documents.model import Word, words_at
from onar.documents.pieces import Piece, pieces, regroup, shares


def words_of(text: str) -> list[Word]:
    return [Word(m.start(), m.end(), 1) for m in re.finditer(r"\S+", text)]


def change(text: str, before: str, after: str, **more: object) -> Change:
    start = text.index(before)
    return Change("1", start, start + len(before), 1, 1, 1, before, after, **more)  # type: ignore[arg-type]


def reworded(text: str, *changes: Change) -> str:
    """Put the new words of each group into *text* line by line, as a format does."""
    words, out, at = words_of(text), "", 0
    for group in regroup(words, text, pieces(changes)):
        start, end = words[group.first].start, words[group.last - 1].end
        out += text[at:start] + " ".join(group.texts)
        at = end
    return out + text[at:]


@pytest.mark.parametrize(
    ("text", "before", "after", "texts", "reshaped"),
    [
        ("bir diizen var", "diizen", "düzen", ("düzen",), False),
        ("bir diizen, var", "diizen", "düzen", ("düzen,",), False),
        ("gel vebu iyi", "vebu", "ve bu", ("ve", "bu"), True),
        ("gel bir le iyi", "bir le", "birle", ("birle",), True),
        ("gel bir le iyi", " le", "le", ("birle",), True),
        ("gel bir le iyi", "bir le", "biz la", ("biz", "la"), False),
        ("gel bir le iyi", "gel bir", "ge lb ir", ("ge", "lb", "ir"), True),
        ("gel bir", "bir", "", (), True),
        ("gel * bir", "* ", "", (), True),
        ("gel * bir", " *", "", (), True),
        ("gel * bir", " * ", "", ("gelbir",), True),
    ],
)
def test_words_joined_split_and_kept(
    text: str, before: str, after: str, texts: tuple[str, ...], reshaped: bool
) -> None:
    (group,) = regroup(words_of(text), text, pieces([change(text, before, after)]))
    assert (group.texts, group.reshaped) == (texts, reshaped)


def test_a_speck_that_goes_touches_no_other_word() -> None:
    text = "gel * bir"
    for speck in ("* ", " *", "*"):
        (group,) = regroup(words_of(text), text, pieces([change(text, speck, "")]))
        assert (group.first, group.last) == (1, 2)


def test_a_word_broken_over_a_line_end_stays_broken() -> None:
    text = "biz giiven-\nliginin son"
    (found,) = [change(text, "giiven-\nliginin", "güven-\nliğinin")]
    assert [(p.after, text[p.start : p.end]) for p in pieces([found])] == [
        ("güven-", "giiven-"),
        ("liğinin", "liginin"),
    ]
    assert reworded(text, found) == apply(text, [found])


def test_a_page_break_inside_a_word_stays() -> None:
    text = "giiven-\n\fliginin"
    assert [p.after for p in pieces([change(text, text, "güven-\n\fliğinin")])] == ["güven-", "liğinin"]


def test_lost_line_breaks_lose_no_letters() -> None:
    text = "giiven-\nliginin"
    assert [p.after for p in pieces([change(text, text, "güvenliğinin")])] == ["güvenliğinin", ""]


def test_only_changes_that_stand_are_made() -> None:
    text = "giil diiz"
    flagged = change(text, "giil", "gül", status="flagged")
    rejected = change(text, "diiz", "düz", decision="reject")
    accepted = change(text, "giil", "gül", status="flagged", decision="accept")
    assert list(pieces([flagged, rejected])) == []
    assert list(pieces([accepted])) == [Piece(0, 4, "gül")]


def test_two_changes_of_one_word_are_one_group() -> None:
    text = "diiziin"
    (group,) = regroup(words_of(text), text, [Piece(1, 3, "ü"), Piece(4, 6, "ü")])
    assert group.texts == ("düzün",)


def test_a_leaf_of_many_words_stays_one_leaf() -> None:
    text = "yeni vebu son"
    (group,) = regroup([Word(0, len(text), 1)], text, [Piece(5, 9, "ve bu")])
    assert (group.texts, group.reshaped) == (("yeni ve bu son",), False)


@given(st.lists(st.sampled_from(["ab", "ciid", "e", "fiig-"]), min_size=1, max_size=12), st.data())
def test_rewording_equals_applying(parts: list[str], data: st.DataObject) -> None:
    text = "".join(part + data.draw(st.sampled_from([" ", "\n", "\n\f"])) for part in parts)
    changes, at = [], 0
    while at < len(text):
        start = data.draw(st.integers(at, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 6)))
        before = text[start:end]
        if before and not before.isspace():
            after = before.replace("ii", "ü").replace("e", "x")
            changes.append(Change(str(start), start, end, 1, 1, 1, before, after))
        at = max(end, at + 1)
    assert reworded(text, *changes).split() == apply(text, changes).split()


@given(st.lists(st.text("abc", min_size=1, max_size=9), min_size=1, max_size=5))
def test_shares_are_in_order_and_fill_the_width(texts: list[str]) -> None:
    found = shares(texts)
    assert found[0][0] == 0 and found[-1][1] == pytest.approx(1)
    assert all(a < b for a, b in found) and all(one[1] < two[0] for one, two in pairwise(found))


@given(st.integers(0, 40), st.integers(0, 10))
def test_words_at_agrees_with_looking_at_all(start: int, length: int) -> None:
    words = words_of("bir iki  üç dört beş altı yedi sekiz")
    wanted = [w for w in words if w.start < max(start + length, start + 1) and w.end > start]
    assert list(words_at(words, start, start + length)) == wanted
