"""What the keys and buttons of the review page do, in a real browser."""

from __future__ import annotations

import pytest
from browser import (
    ALL,
    CONTROL,
    DOWN,
    END,
    ENTER,
    ESCAPE,
    HOME,
    HOSTILE,
    LEFT,
    PAGE_DOWN,
    RIGHT,
    UP,
    Browser,
    fresh,
    start,
    until,
)

from onar.changelog.changes import Restoration
from onar.changelog.log import Log

chromium = pytest.fixture(scope="module")(start)
page = pytest.fixture(fresh)


def test_it_opens_with_groups_of_like_changes_first(page: Browser) -> None:
    rows = page.texts(".row")
    assert len(rows) == 7
    assert rows[0].startswith("▸giivenlik→güvenlik3 times")
    assert rows[1].startswith("▸iilke→ülke2 times")
    assert "Asya" in rows[2]  # of the single ones the least sure come first
    assert page.text("#progress-words") == "0 of 10 decided · 0%"
    assert page.word == "giivenlik"
    assert page.js("return document.activeElement.id") == "list"


def test_moving(page: Browser) -> None:
    words = ["giivenlik"]
    for key in "jjk":
        page.press(key)
        words.append(page.word)
    assert words == ["giivenlik", "iilke", "Asya", "iilke"]
    page.press(END)  # End
    assert page.word == "oldu"
    page.press("j")
    assert page.word == "oldu"
    page.press(HOME)  # Home
    assert page.word == "giivenlik"
    page.press(DOWN, DOWN, UP)  # down, down, up
    assert page.word == "iilke"
    page.press(PAGE_DOWN)  # a screenful
    assert page.word == "oldu"
    assert page.js("return document.getElementById('list').getAttribute('aria-activedescendant')") == "row-6"
    assert page.js("return document.getElementById('row-6').getAttribute('aria-selected')") == "true"
    assert "oldu" in page.js("return document.getElementById('live').textContent")


def test_accepting_rejecting_editing_one_by_one(page: Browser) -> None:
    page.press("j", "j", "a")  # Asya, left alone: accepting says it is right
    assert page.word == "$IO"  # on to the next undecided
    page.press("r")
    assert page.done == "2"
    page.press("e")
    assert page.js("return document.activeElement.id") == "edit"
    page.press("x", "j", "a")  # letters in the field are letters
    page.press(ALL, "elle yazılan", ENTER)
    assert page.done == "3"
    page.press("e", ESCAPE)  # escape leaves things as they are
    assert page.done == "3"
    assert page.choices() == [("$IO", "reject", "ŞİÖ"), ("Asya", "accept", "Asya"), (HOSTILE, "edit", "elle yazılan")]


def test_an_edit_that_says_what_was_read_or_proposed_is_no_edit(page: Browser) -> None:
    page.press(ENTER, "j", "e", ALL, "giivenlik", ENTER)
    page.press("e", ENTER)
    kinds = [kind for _, kind, _ in page.choices()]
    assert sorted(kinds) == ["accept", "reject"]


def test_a_whole_group_in_one_stroke_and_back(page: Browser) -> None:
    page.press("A")
    assert page.done == "3"
    assert "3 accepted" in page.text("#toast")
    assert page.word == "iilke"
    page.press("R")
    assert page.done == "5"
    page.press("u")
    assert page.done == "3"
    page.press(CONTROL + "z")
    assert page.done == "0"
    page.press("u")
    assert "Nothing to undo" in page.text("#toast")
    page.press("U", CONTROL + "y")
    assert page.done == "5"
    assert sorted(page.choices()) == [("giivenlik", "accept", "güvenlik")] * 3 + [("iilke", "reject", "ülke")] * 2
    page.click("#undo")
    assert page.done == "3"


def test_a_group_can_be_opened_and_decided_in_part(page: Browser) -> None:
    page.press(ENTER)
    assert len(page.texts(".row.member")) == 3
    page.press("j", "r")
    page.press("A")  # the rest, and the rejected one too: the group is the group
    assert page.texts(".row.member") == []
    page.press(HOME, "o", "j", "j", "x")  # forget one
    assert page.done == "2"
    assert "✓2" in page.text(".row.head")
    page.press(LEFT)  # left closes
    assert page.texts(".row.member") == []
    page.press(RIGHT)  # right opens
    assert len(page.texts(".row.member")) == 3
    page.press("e", ALL, "güven", ENTER)
    assert [after for _, kind, after in page.choices() if kind == "edit"] == ["güven"] * 3


def test_rivals_are_one_key_away(page: Browser) -> None:
    page.press(ENTER, "j")
    assert [text.strip() for text in page.texts(".rivals li bdi")] == ["güvenilk", "guvenlik", "giivenlik"]
    page.press("2")
    page.press("3")
    page.press("1")
    page.press("9")  # there is none
    assert page.choices() == [
        ("giivenlik", "edit", "guvenlik"),
        ("giivenlik", "reject", "güvenlik"),
        ("giivenlik", "edit", "güvenilk"),
    ]
    page.press(HOME, "j")
    page.click(".rivals button", 1)
    assert page.choices()[0] == ("giivenlik", "edit", "güvenilk")


def test_every_button_of_the_change_at_hand(page: Browser) -> None:
    page.press(ENTER, "j")
    page.click(".act.accept:not(.group)")
    page.click(".act.reject:not(.group)")
    page.press("u", "u")
    page.click(".act.accept.group")
    assert page.done == "3"
    page.press("u")
    page.click(".act.reject.group")
    page.click(".act.edit")
    page.click(".editor button[type=button]")
    assert page.done == "3"
    page.press("u")
    page.click("#accept-shown")
    assert page.done == "10"
    page.press("n")
    assert "Nothing is undecided" in page.text("#toast")


def test_a_note_goes_with_the_decision(page: Browser) -> None:
    page.press("j", "j", "m", "bakılacak: <b>", ESCAPE, "r")
    (judgement,) = page.saved().judgements
    assert (judgement.before, judgement.note) == ("Asya", "bakılacak: <b>")


def test_filters(page: Browser) -> None:
    def count() -> str:
        return page.text("#count").rpartition(" · ")[2]

    page.click("#bands input", 2)
    assert (count(), page.texts(".row .pair")) == ("1 of 10 changes", ["$IO→ŞİÖ"])
    page.click("#bands input", 3)
    assert count() == "2 of 10 changes"
    page.click("#clear")
    assert count() == "10 changes"
    rules = page.texts("#rules .name")
    assert rules[0] == "ü>ii"
    page.click("#rules input", rules.index("ş>$"))
    assert count() == "1 of 10 changes"
    page.driver.switch_to.active_element.send_keys(ESCAPE)
    assert count() == "10 changes"
    page.choose("#from", "2")
    assert count() == "4 of 10 changes"
    page.choose("#to", "2")
    assert count() == "3 of 10 changes"
    page.click("#clear")
    page.click("#pagemap button", 2)
    assert count() == "1 of 10 changes"
    page.click("#clear")
    page.click("#list")
    page.press(HOME, "A")
    page.click("#states input", 1)
    assert count() == "3 of 10 changes"
    page.click("#list")
    page.press("/", "olmayan")
    page.driver.implicitly_wait(0)
    until(lambda: page.texts("#empty") == ["Nothing matches these filters."])


def test_searching_needs_no_turkish_letters(page: Browser) -> None:
    for query, words in (("guvenlik", 3), ("GÜVEN", 3), ("yeni sayfa", 2), ("<img", 1), ("sio", 1)):
        page.press("/")
        page.js("document.getElementById('query').value = ''")
        page.press(query)
        until(lambda words=words: f"{words} of 10 changes" in page.text("#count"))  # type: ignore[misc]
        page.press(ENTER)
        assert page.js("return document.activeElement.id") == "list"


def test_a_decision_under_a_filter_touches_what_is_shown(page: Browser) -> None:
    page.choose("#to", "1")
    page.press("A")
    assert page.done == "2"


def test_grouping_and_order(page: Browser) -> None:
    page.choose("#by", "rule")
    assert page.texts(".row .pair")[0] == "ü>ii"
    page.choose("#by", "page")
    assert page.texts(".row .pair") == ["Page 1", "Page 2", "Page 3"]
    page.press("j", "j", "A")
    assert page.done == "1"
    page.choose("#by", "none")
    page.choose("#order", "text")
    words = [text.partition("→")[0] for text in page.texts(".row .pair")]
    assert words[:4] == ["giivenlik", "iilke", "giivenlik", "$IO"]
    assert words[5] == "bo-↵liim"
    page.choose("#order", "doubt")
    assert page.texts(".row .pair")[0] == "Asya"
    page.press(HOME, "j", "j", "j")
    members = page.word
    page.press("A")  # without groups, A takes like words
    assert page.done == str(1 + {"giivenlik": 3, "iilke": 1}.get(members, 1))


def test_a_log_without_changes(chromium: Browser) -> None:
    chromium.open(Log.of(Restoration("yeni düzen", ()), "makale.txt"), source_text="yeni düzen")
    chromium.press(*"jkaArRe1xunvjavvvs")
    assert chromium.texts("#empty") != []
    assert chromium.complaints() == []


def test_help_and_its_keys(page: Browser) -> None:
    page.press("?")
    assert page.js("return document.getElementById('help').open")
    page.press("a")
    assert page.done == "0"
    page.press("?")
    assert not page.js("return document.getElementById('help').open")
    page.click("#help-button")
    page.press(ESCAPE)
    assert not page.js("return document.getElementById('help').open")
