"""Candidates: every damage of the rule table is undone for some word, and what was read is always among them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import characters

from onar.alphabet import fold
from onar.channel.confusions import Channel
from onar.channel.rules import Rule, read_rules
from onar.reading.candidates import Finder
from onar.reading.shapes import is_capitals, parted

COMMON = (
    "güvenliği", "dağılması", "çalışmalar", "öğretmen", "sınır", "toplantı", "yazarın", "farklı", "müdürlüğü", "değişikliği",
    "yaşayanların", "karşılaştırma", "bakanlığı", "kurulması", "katılanlar", "sağlık", "büyük", "kızları", "haftanın", "birlik",
)  # fmt: skip
PLACES = {
    "start": (True, False, False),
    "inside": (False, True, False),
    "end": (False, False, True),
    "any": (True,) * 3,
}


def damages(rule: Rule) -> list[tuple[str, str]]:
    """Return words damaged by one application of *rule*."""
    found = []
    for word in COMMON:
        at = word.find(rule.printed)
        if at < 0:
            continue
        stop = at + len(rule.printed)
        start, inside, end = PLACES[rule.where]
        if (at == 0 and start) or (stop == len(word) and end) or (at > 0 and stop < len(word) and inside):
            found.append((word, usual(word[:at]) + rule.read + usual(word[stop:])))
    return found


def usual(letters: str) -> str:
    """Return *letters* as they are most often read."""
    return fold(letters.replace("ü", "ii"))


def surfaces(finder: Finder, text: str) -> list[str]:
    return [candidate.surface for candidate in finder.find(text)]


def test_a_word_damaged_by_any_rule_is_among_its_candidates(finder: Finder, channel: Channel) -> None:
    """Two words a row of up to 7 nats; the other letters of the word are read as they most often are."""
    rows = [
        r for r in channel.rules if r.printed.isalpha() and r.read.isalnum() and r.cost <= 7 and r.printed != r.read
    ]
    tried = [case for rule in rows for case in damages(rule)[:2] if case[1][0].islower()]
    missed = [(word, read) for word, read in tried if word not in surfaces(finder, read)]
    assert len(tried) >= 200
    # an odd row may make another word of it ("dagilman" for "dağılması"), but not many
    assert len(missed) <= len(tried) // 20, missed


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("giivenligi", "güvenliği"),
        ("6zel", "özel"),
        ("¢ok", "çok"),
        ("Baskanhgi", "Başkanlığı"),
        ("TURKIYE", "TÜRKİYE"),
        ("GiRiS", "GİRİŞ"),
        ("{lki", "İlki"),
        ("Kazakistanin", "Kazakistan’ın"),
        ("1990'l1", "1990'lı"),
        ("sinir", "sınır"),
        ("sinir", "sinir"),
    ],
)
def test_what_may_have_been_printed(finder: Finder, read: str, printed: str) -> None:
    assert printed in surfaces(finder, read)


@given(st.text(characters, min_size=1, max_size=15))
def test_what_was_read_is_always_possible(finder: Finder, text: str) -> None:
    found = finder.find(text)
    assert found
    assert finder.as_it_stands(text).surface == text
    costs = [finder.alone(candidate) for candidate in found]
    assert costs == sorted(costs)


def test_a_run_without_end_is_no_word(finder: Finder) -> None:
    assert surfaces(finder, "i" * 100_000) == ["i" * 100_000]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Orgiitii'niin", ("Orgiitii", "'niin")),
        ("Orgiitii''niin", ("Orgiitii", "''niin")),
        ("SIOniin", ("SIO", "niin")),
        ("1990da", ("1990", "da")),
        ("Ankara", ("Ankara", "")),
        ("A4", ("A4", "")),
    ],
)
def test_where_a_stem_ends(text: str, parts: tuple[str, str]) -> None:
    assert parted(text) == parts


def test_capitals() -> None:
    assert [is_capitals(text) for text in ("NATO", "Nato", "A", "İŞ", "12")] == [True, False, False, True, False]


def test_a_rule_that_is_switched_off_explains_nothing(channel: Channel) -> None:
    from onar.channel.confusions import load_channel

    without = load_channel(read_rules("printed\tread\tcost\nü\tii\toff\n"))
    usual, dear = channel.cost("ü", "ii")[0], without.cost("ü", "ii")[0]
    assert dear > usual + 3


def test_a_word_behind_a_prefix_is_found(finder: Finder) -> None:
    assert finder.find("mikroislemcinin")[0].surface == "mikroişlemcinin"
    assert finder.find("Elektromanyetizmacilik")[0].first < 0


def test_a_capital_that_left_no_trace_is_found(finder: Finder) -> None:
    assert "İkincisi" in [candidate.surface for candidate in finder.find("kincisi")]
