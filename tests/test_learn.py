"""Learning the table: alignment, sharing out, pruning, places, witnesses, and the command."""

from __future__ import annotations

import json
import lzma
import random
from collections import Counter
from math import exp
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onar.channel.confusions import Channel
from onar.channel.learn import bits, fit, learn, prune, share, study, unnamed
from onar.channel.pairing import Pairs, aligned, allowed, counted, read_pairs, segments, windows
from onar.channel.rules import Rule, read_rules, write_rules
from onar.errors import InputError

TEXT = """günler bazı sınır yayınlandı ülke farklı toplantı şimdi
           görüş olarak düzen karşı için yıllık dünya küçük"""
WORDS = TEXT.split()


def misread(word: str, luck: random.Random) -> str:
    """Read *word* as an engine does that has no Turkish letters and a bad eye for two of them."""
    word = word.replace("lı", "h") if luck.random() < 0.5 else word
    word = "".join(luck.choice(["ii", "ii", "ii", "u"]) if c == "ü" else c for c in word)
    if word.endswith("ı") and luck.random() < 0.5:
        word = word[:-1] + ":"
    return word.translate(str.maketrans("ışçöğ", "iscog"))


def pages(number: int, seed: int = 1) -> list[tuple[str, str]]:
    luck = random.Random(seed)
    found = []
    for _ in range(number):
        words = [luck.choice(WORDS) for _ in range(200)]
        found.append((" ".join(words), " ".join(misread(word, luck) for word in words)))
    return found


@pytest.fixture(scope="module")
def rules() -> dict[str, Rule]:
    return {rule.id: rule for rule in learn(pages(30))}


def test_what_the_engine_did_is_learnt(rules: dict[str, Rule]) -> None:
    assert exp(-rules["ü>ii"].cost) == pytest.approx(0.75, abs=0.03)
    assert exp(-rules["ü>u"].cost) == pytest.approx(0.25, abs=0.03)
    assert exp(-rules["lı>h"].cost) == pytest.approx(0.5, abs=0.05)
    assert exp(-rules["ş>s"].cost) > 0.99


def test_places_are_learnt(rules: dict[str, Rule]) -> None:
    assert rules["…ı>:"].cost < rules["ı>:"].cost
    assert "…ı>:…" not in rules
    assert not {"ü>ii…", "…ü>ii…", "ü>u…", "…ü>u…"} & set(rules), "the same everywhere: no place pays"


def test_longer_rows_stand_only_where_shorter_ones_fail(rules: dict[str, Rule]) -> None:
    longer = {(rule.printed, rule.read) for rule in rules.values() if len(rule.printed) > 1 and rule.count > 20}
    assert longer == {("lı", "h")}


def test_every_row_has_a_witness_it_heals(rules: dict[str, Rule]) -> None:
    channel = Channel(tuple(rules.values()))
    for rule in rules.values():
        read, _, printed = rule.witness.partition("=")
        _, path = channel.cost(printed, read)
        assert (rule.printed, rule.read) in {(step.printed, step.read) for step in path}


def test_what_no_row_names_is_priced_together() -> None:
    expected = {("a", "x"): 1.0, ("e", "y"): 1.2, ("", "q"): 0.7, ("o", "u"): 9.0, ("b", "h"): 0.1, ("rn", "m"): 1.0}
    rows = {rule.id: rule for rule in unnamed(expected, Counter({"a": 600, "e": 500, "ae": 90}))}
    assert set(rows) == {"☐>☐", "∅>☐"}
    assert exp(-rows["☐>☐"].cost) == pytest.approx(2.2 / 1100 / 2, rel=0.01), "any of two characters, twice in 1100"
    assert rows["☐>☐"].count == pytest.approx(2.2)


def test_learning_twice_gives_the_same() -> None:
    assert learn(pages(3)) == learn(pages(3))


def test_what_was_learnt_explains_pages_not_seen(rules: dict[str, Rule]) -> None:
    unseen = counted(pages(3, seed=2))
    learnt, lost = bits(unseen, Channel(tuple(rules.values())))
    nothing, all_lost = bits(unseen, Channel(()))
    assert lost == 0.0 < all_lost
    assert learnt < 2.0 < nothing


class TestAligned:
    def test_line_ends_and_glyphs_do_not_count(self) -> None:
        assert list(aligned("“Türki-\nye’nin” dün", '"Tiirki-\nye\'nin"\n\ndiin')) == [
            ('"Türkiye\'nin"', '"Tiirkiye\'nin"'),
            ("dün", "diin"),
        ]

    def test_a_hyphen_read_as_none_is_no_pair(self) -> None:
        assert ("ülkenin", "iilke nin") not in list(aligned("bu ülke-\nnin dünü", "bu iilke\nnin diinii"))

    def test_spaces_lost_and_found_stay_in_the_pair(self) -> None:
        assert list(aligned("şu anda geldi", "suanda gel di")) == [("şu anda", "suanda"), ("geldi", "gel di")]

    def test_junk_is_left_out(self) -> None:
        found = list(aligned("iyi günler dileriz", "iyi giinler\n~ gnay Lsotrigr Urg ) ) gty\ndileriz"))
        assert found[0] == ("iyi", "iyi")
        assert found[-1] == ("dileriz", "dileriz")
        assert not any("Lsotrigr" in read for _, read in found)

    def test_specks_are_left_out(self) -> None:
        assert ("dün", "diin") in list(aligned("bu dün oldu", "bu : diin oldu"))

    @given(st.text("aıü -\n.", max_size=30), st.text("aiu -\n.", max_size=30))
    def test_any_two_texts(self, printed: str, read: str) -> None:
        for word, reading in aligned(printed, read):
            assert word
            assert reading
            assert "\n" not in word + reading


@given(st.text("lıiüu", max_size=12), st.text("liuh:", max_size=12))
def test_windows_hold_all_that_differs(printed: str, read: str) -> None:
    found = windows(printed, read)
    assert bool(found) == (printed != read)
    assert all(part in printed and reading in read for part, reading in found)


def test_segments_are_counted_where_they_stand() -> None:
    stood = segments(Counter({("ılı", "ili"): 2}))
    assert (stood["ı"], stood["ıl"], stood["ılı"], stood[""], stood[" "]) == (4, 2, 2, 8, 2)


def test_shares_of_a_pair_add_up() -> None:
    expected: dict[tuple[str, str], float] = {}
    weights = {"l": {"l": 0.9}, "ı": {"i": 0.8, "": 0.1}, "lı": {"h": 0.3}, "": {"h": 0.01}}
    total = share("lı", "li", 5.0, weights, expected)
    assert total == pytest.approx(0.72)
    assert expected == {("l", "l"): pytest.approx(5.0), ("ı", "i"): pytest.approx(5.0)}


@pytest.mark.parametrize(
    ("printed", "read", "may"),
    [
        ("ü", "ii", True),
        ("tı", "u", True),
        ("ığ", "ig", True),
        ("ağı", "agi", False),
        ("58", "", False),
        ("a b", "c", False),
    ],
)
def test_what_may_be_a_row(printed: str, read: str, may: bool) -> None:
    assert allowed(printed, read) is may


def test_rows_that_others_explain_go() -> None:
    rows = {(r.printed, r.read): r for r in (Rule("ı", "i", cost=0.2, count=90), Rule("ğ", "g", cost=0.1, count=90))}
    rows["ığ", "ig"] = Rule("ığ", "ig", cost=0.25, count=50)
    rows["ığ", "q"] = Rule("ığ", "q", cost=3.0, count=5)
    assert set(prune(rows)) == {("ı", "i"), ("ğ", "g"), ("ığ", "q")}


def test_nothing_to_learn_from() -> None:
    assert fit(Pairs()) == ()


class TestStudy:
    def write(self, path: Path, number: int = 10) -> Path:
        lines = "".join(json.dumps({"print": p, "ocr": o}) + "\n" for p, o in pages(number))
        if path.suffix == ".xz":
            path.write_bytes(lzma.compress(lines.encode()))
        else:
            path.write_text(lines, encoding="utf-8")
        return path

    @pytest.mark.parametrize("name", ["pairs.jsonl", "pairs.jsonl.xz"])
    def test_files_are_studied(self, tmp_path: Path, name: str) -> None:
        heard: list[str] = []
        lesson = study([self.write(tmp_path / name)], tell=heard.append)
        assert {"ü>ii", "lı>h", "ş>s"} <= {rule.id for rule in lesson.rules}
        assert read_rules(write_rules(lesson.rules, lesson.remarks), "table")
        assert any(remark.startswith(f"source: {name}: 8 pages") for remark in lesson.remarks)
        assert [name for name, _, _ in lesson.figures] == ["learnt", "kept back"]
        assert heard[-1].startswith("round 8: ")

    def test_pages_without_damage_teach_nothing(self, tmp_path: Path) -> None:
        (tmp_path / "pairs.jsonl").write_text('{"print": "iyi", "ocr": "iyi"}\n', encoding="utf-8")
        with pytest.raises(InputError, match="none misread"):
            study([tmp_path / "pairs.jsonl"], 0)

    def test_a_broken_line_is_named(self, tmp_path: Path) -> None:
        (tmp_path / "pairs.jsonl").write_text('{"print": "a", "ocr": "a"}\n{"print": "a"}\n', encoding="utf-8")
        with pytest.raises(InputError, match=r"pairs\.jsonl, line 2: .*print and ocr"):
            read_pairs(tmp_path / "pairs.jsonl")

    def test_a_missing_file_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(InputError, match=r"none\.jsonl"):
            read_pairs(tmp_path / "none.jsonl")
