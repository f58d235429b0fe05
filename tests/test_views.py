"""The views of a log give the restored text: through git apply, and by accepting CriticMarkup."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from strategies import changes_of, damaged, restorations

from onar.changelog import critic
from onar.changelog.changes import Change, Restoration, locate
from onar.changelog.critic import critic_markup
from onar.changelog.views import apart, unified_diff, word_diff

TEXT = "bir\niki diizen\nüç\n" + "dolgu\n" * 9 + "son diizende"


def _made(text: str, *spans: tuple[int, int, str]) -> Restoration:
    places = locate(text)
    return Restoration(text, tuple(places.change(*span) for span in spans))


TWO = _made(TEXT, (8, 14, "düzen"), (76, 84, "düzende"))


def test_a_diff_is_what_git_would_show() -> None:
    assert unified_diff(TWO.source, TWO.changes, "a.txt").splitlines() == [
        *("diff --git a/a.txt b/a.txt", "--- a/a.txt", "+++ b/a.txt"),
        *("@@ -1,5 +1,5 @@", " bir", "-iki diizen", "+iki düzen", " üç", " dolgu", " dolgu"),
        *("@@ -10,4 +10,4 @@", " dolgu", " dolgu", " dolgu"),
        *("-son diizende", "\\ No newline at end of file", "+son düzende", "\\ No newline at end of file"),
    ]


def _git_apply(folder: Path, text: str, diff: str, name: str = "a.txt") -> str:
    target = folder / name
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(text.encode("utf-8"))
    ran = subprocess.run(
        ["git", "-c", "core.autocrlf=false", "apply", "-"],
        cwd=folder,
        input=diff.encode("utf-8"),
        capture_output=True,
        check=False,
    )
    assert ran.returncode == 0, (ran.stderr.decode(), diff)
    return target.read_bytes().decode("utf-8")


needs_git = pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")


@needs_git
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(restorations())
@example(_made("", (0, 0, "yeni")))
@example(_made("a", (0, 1, "")))
@example(_made("a\nb\nc", (1, 2, " ")))
@example(_made("a\r\nb\r\n", (0, 1, "ş"), (3, 4, "ç")))
@example(_made("a\n", (2, 2, "son")))
@example(_made("a\nb\n", (1, 4, "")))
@example(_made("\f\n\fdiizen\f\n", (3, 9, "düzen")))
@example(_made("a\rb\rc", (2, 3, "ş")))
@example(_made("a\0b\nc", (2, 3, "ş")))
@example(_made("x\n" * 50, (0, 1, "a\nb\nc"), (40, 41, "y"), (80, 82, "")))
def test_git_applies_the_diff(tmp_path: Path, made: Restoration) -> None:
    diff = unified_diff(made.source, made.changes, "a.txt")
    if made.text == made.source and not diff:
        return
    assert _git_apply(tmp_path, made.source, diff) == made.text


@needs_git
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(damaged, st.data())
def test_git_applies_the_diff_of_running_text(tmp_path: Path, text: str, data: st.DataObject) -> None:
    made = Restoration(text, data.draw(changes_of(text)))
    diff = unified_diff(text, made.changes, "a.txt")
    if diff:
        assert _git_apply(tmp_path, text, diff) == made.text


@needs_git
@pytest.mark.parametrize(
    "name", ["iki söz.txt", "klasör/ş.txt", 'tır"nak.txt', "ters\\bölü.txt", "yeni\nsatır.txt", "a\tb.txt"]
)
def test_git_finds_files_of_any_name(tmp_path: Path, name: str) -> None:
    diff = unified_diff(TWO.source, TWO.changes, name)
    assert _git_apply(tmp_path, TWO.source, diff, name) == TWO.text


def test_nothing_to_show_is_nothing() -> None:
    flagged = [replace(change, status="flagged") for change in TWO.changes]
    assert unified_diff(TEXT, flagged) == ""
    assert unified_diff(TEXT, [replace(change, after=change.before) for change in TWO.changes]) == ""
    assert unified_diff("", []) == word_diff("", []) == critic_markup("", []) == ""


def test_the_word_diff_shows_words_in_their_lines() -> None:
    first, second = TWO.changes
    second = replace(second, status="flagged")
    assert word_diff(TEXT, [first, second], color=False) == "2: iki [-diizen-]{+düzen+}\n13: son [?diizende|düzende?]\n"
    assert word_diff(TEXT, [first, second], color=False, flagged=False) == "2: iki [-diizen-]{+düzen+}\n"
    assert word_diff(TEXT, [first]) == "\x1b[2m2: \x1b[0miki \x1b[31m[-diizen-]\x1b[0m\x1b[32m{+düzen+}\x1b[0m\n"


def test_a_word_over_a_line_end_is_shown_whole() -> None:
    made = _made("eski gii-\nvenlik yeni\nson", (5, 16, "gü-\nvenlik"))
    assert word_diff(made.source, made.changes, color=False) == "1: eski [-gii-⏎venlik-]{+gü-⏎venlik+} yeni\n"


@given(restorations())
def test_no_text_plays_with_the_terminal(made: Restoration) -> None:
    shown = word_diff(made.source, made.changes, color=False)
    assert all(c.isprintable() or c == "\n" for c in shown)


@given(restorations(), st.booleans())
def test_critic_markup_is_accepted_and_rejected(made: Restoration, flagged: bool) -> None:
    markup = critic_markup(made.source, made.changes, flagged=flagged)
    assert critic.accept(markup) == made.text
    assert critic.reject(markup) == made.source


markup_like = st.text(st.sampled_from(list("{}~=<>+-\\ a\n")), max_size=30)


@settings(max_examples=400)
@given(st.data())
def test_markup_in_the_source_is_no_markup(data: st.DataObject) -> None:
    text = data.draw(markup_like)
    made = Restoration(text, data.draw(changes_of(text, words=markup_like)))
    markup = critic_markup(text, made.changes)
    assert critic.accept(markup) == made.text
    assert critic.reject(markup) == text


def test_critic_markup_is_as_editors_know_it() -> None:
    first, second = TWO.changes
    markup = critic_markup(TEXT, [first, replace(second, status="flagged", confidence=0.3)])
    assert "iki {~~diizen~>düzen~~}\n" in markup
    assert markup.endswith("son {==diizende==}{>>düzende? 30%<<}")


@pytest.mark.parametrize(
    "hostile", ["\\" * 200_000, "{~~" * 70_000, "{==" * 70_000, "{>>a" * 50_000, "{~~a~>" * 30_000]
)
def test_hostile_markup_takes_linear_time(hostile: str) -> None:
    assert critic.accept(hostile).count("a") == hostile.count("a")
    assert critic.reject(critic_markup(hostile, [])) == hostile


@given(restorations())
def test_shown_changes_are_apart(made: Restoration) -> None:
    shown = apart(made.changes)
    assert all(one.end <= other.start for one, other in pairwise(shown))
    assert [change for change in shown if change.in_text] == [change for change in made.changes if change.in_text]


def test_a_flag_below_an_applied_change_is_not_shown() -> None:
    applied = TWO.changes[0]
    flags: list[Change] = [
        replace(applied, id="f1", start=4, before="iki diizen", status="flagged"),
        replace(applied, id="f2", start=10, before="izen", status="flagged"),
    ]
    assert apart([*flags, applied]) == [applied]
