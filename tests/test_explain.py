"""Explanations: the bill adds up, the choice is the restorer's, options count, the command shows it all."""

from __future__ import annotations

import json
from math import exp
from pathlib import Path

import pytest
from cli_runs import run
from hypothesis import given, settings
from hypothesis import strategies as st

import onar
from onar import Restorer


def test_the_first_candidate_is_the_engines_choice() -> None:
    word = onar.explain("diizende").words[0]
    assert (word.read, word.printed) == ("diizende", "düzende")
    assert [candidate.chosen for candidate in word.candidates] == [True, *(False,) * (len(word.candidates) - 1)]
    assert any(step.printed == "ü" and step.read == "ii" for step in word.candidates[0].steps)


def test_every_bill_adds_up() -> None:
    for word in onar.explain("Tiirkiye'nin giivenligi 1990'li the Sanghay").words:
        for one in word.candidates:
            parts = sum(step.cost for step in one.steps) + one.rest + one.form + one.word
            assert one.total == pytest.approx(parts)


def test_probabilities_follow_from_the_totals_of_a_single_word() -> None:
    found = onar.explain("siniri").words[0].candidates
    shares = [exp(found[0].total - one.total) for one in found]
    for one, share in zip(found, shares, strict=True):
        assert one.probability == pytest.approx(share / sum(shares), abs=0.01)


def test_neighbours_decide() -> None:
    alone, beside = onar.explain("sinir").words[0], onar.explain("sinir hattini gecen").words[0]
    chance = {one.printed: one.probability for one in alone.candidates}
    assert {"sınır", "sinir"} <= set(chance)
    assert beside.printed == "sınır"
    assert beside.candidates[0].probability != pytest.approx(chance["sınır"], abs=1e-6)


def test_a_users_word_is_listed_and_a_users_rule_is_named(tmp_path: Path) -> None:
    rules = tmp_path / "kurallar.tsv"
    rules.write_text("printed\tread\tcost\nğ\tq\t0.5\n", encoding="utf-8")
    word = Restorer(words=["Zurbağan"], rules=rules).explain("Zurbaqan").words[0]
    assert word.printed == "Zurbağan"
    assert word.candidates[0].kind == "listed"
    assert any(step.rule.startswith(("ğ>q", "…ğ>q")) for step in word.candidates[0].steps)
    assert all(one.printed != "Zurbağan" for one in onar.explain("Zurbaqan").words[0].candidates)


@pytest.mark.parametrize("text", ["", " ", "…", "-\n", "\f"])
def test_text_without_words_has_nothing_to_explain(text: str) -> None:
    found = onar.explain(text)
    assert found.words == ()
    assert str(found) == ""


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=30))
def test_anything_can_be_explained_and_written_as_json(text: str) -> None:
    found = onar.explain(text).as_dict()
    assert json.loads(json.dumps(found))["source"] == text


def test_the_command_shows_words_and_costs() -> None:
    done = run("explain", "diizende", "giivenlik")
    assert done.code == 0
    assert "→ düzende" in done.text
    assert "→ güvenlik" in done.text
    assert "ü>ii" in done.text


def test_the_command_writes_json_lines() -> None:
    rows = [json.loads(row) for row in run("explain", "--json", "diizende", "Tiirk siniri").text.splitlines()]
    assert [row["source"] for row in rows] == ["diizende", "Tiirk siniri"]
    assert len(rows[1]["words"]) == 2
    assert rows[0]["words"][0]["candidates"][0]["printed"] == "düzende"


def test_the_command_takes_word_lists(tmp_path: Path) -> None:
    words = tmp_path / "adlar.txt"
    words.write_text("Zurbağan\n", encoding="utf-8")
    assert "→ Zurbağan’ın" in run("explain", "--words", words, "Zurbagan’in").text


@pytest.mark.parametrize("text", ["a" * 3000, "x " * 1500])
def test_a_whole_page_is_refused(text: str) -> None:
    done = run("explain", text)
    assert done.code == 2
    assert "give a few words" in done.message


def test_what_is_no_word_is_said() -> None:
    assert "no word" in run("explain", "…").text
