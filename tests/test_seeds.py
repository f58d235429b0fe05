"""The shipped confusion table: rows are sorted, unique, from real pairs, and each heals its own witness."""

from __future__ import annotations

from importlib.resources import files
from math import inf

import pytest

from onar.channel.confusions import Channel
from onar.channel.rules import ANY, Rule, read_rules, write_rules

TEXT = (files("onar.seeds") / "confusions.tsv").read_text(encoding="utf-8")
RULES = read_rules(TEXT, "confusions.tsv")
CHANNEL = Channel(RULES)


def test_there_are_enough_rows_and_the_famous_ones() -> None:
    assert len(RULES) >= 120
    assert {"ı>1", "ş>s", "ğ>g", "ü>ii", "tı>u", "ö>6", "ı>:", "ç>¢"} <= {rule.id for rule in RULES}


def test_the_header_tells_source_and_date() -> None:
    remarks = [line for line in TEXT.splitlines() if line.startswith("# ")]
    assert any(line.startswith("# source: ") for line in remarks)
    assert any(line.startswith("# date: ") for line in remarks)


def test_rows_are_written_as_the_learner_writes_them() -> None:
    table = TEXT[TEXT.index("id\t") :]
    assert write_rules(RULES) == table, "sort the rows as write_rules does, and name them by printed>read"


def test_the_shares_of_a_letter_are_no_more_than_one() -> None:
    for printed, reads in CHANNEL.readings["any"].items():
        total = sum(2.718281828**-rule.cost for read, rule in reads.items() if read != printed and ANY not in rule.id)
        assert total <= 1.01, printed


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_each_row_heals_its_own_witness(rule: Rule) -> None:
    read, _, printed = rule.witness.partition("=")
    if not printed:
        read, _, printed = rule.witness.rpartition("=")
    cost, path = CHANNEL.cost(printed, read)
    assert cost < inf
    if ANY in rule.id:
        own = {(r.printed, r.read) for r in RULES}
        assert any((step.printed, step.read) not in own and step.printed != step.read for step in path)
        return
    assert (rule.printed, rule.read) in {(step.printed, step.read) for step in path}
    if rule.where != "any":
        assert rule.id in {step.id for step in path}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_each_row_is_sound(rule: Rule) -> None:
    assert rule.printed != rule.read or rule.printed == ANY
    assert 0 < rule.cost < 16
    assert rule.count >= 1.5, "a row needs two witnesses"
