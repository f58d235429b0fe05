"""The channel: prices, tables for the walk, and how they bend to a document."""

from __future__ import annotations

import pickle
from math import exp, inf, isclose, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onar.channel.confusions import Channel, load_channel, place_of
from onar.channel.rules import Rule, merge, read_rules, rule_id, write_rules
from onar.channel.shares import occurrences
from onar.errors import RuleError

SMALL = Channel(
    (
        Rule("ü", "ii", cost=0.4, count=60),
        Rule("ü", "u", cost=2.5, count=8),
        Rule("ı", "i", cost=0.2, count=80),
        Rule("ı", ":", "end", cost=1.5, count=20),
        Rule("lı", "h", cost=1.6, count=20),
        Rule("l", "", cost=6.0, count=1),
        Rule("", ".", cost=7.0, count=1),
        Rule("ş", "s", cost=0.1, count=90),
        Rule("İ", "I", cost=0.7, count=50),
    )
)


def slow_cost(channel: Channel, printed: str, read: str, i: int = 0, j: int = 0, depth: int = 12) -> float:
    """The obvious way: every next step, and the best of what follows."""
    if i == len(printed) and j == len(read):
        return 0.0
    best = inf
    for n in range(min(3, len(printed) - i) + 1):
        rules = channel.readings[place_of(printed, i, i + n)].get(printed[i : i + n], {})
        for m in range(min(4, len(read) - j) + 1):
            rule = rules.get(read[j : j + m])
            if rule and depth and (n or m):
                best = min(best, rule.cost + slow_cost(channel, printed, read, i + n, j + m, depth - 1))
    return best


@given(st.text("lıüaş", max_size=4), st.text("liuah:s.", max_size=5))
def test_the_cheapest_reading_is_the_cheapest(printed: str, read: str) -> None:
    cost, rules = SMALL.cost(printed, read)
    assert isclose(cost, slow_cost(SMALL, printed, read)) or cost == inf == slow_cost(SMALL, printed, read)
    if cost < inf:
        assert "".join(rule.printed for rule in rules) == printed
        assert "".join(rule.read for rule in rules) == read
        assert isclose(cost, sum(rule.cost for rule in rules), abs_tol=1e-9)


def test_each_step_is_named() -> None:
    cost, rules = SMALL.cost("asıllı", "asilh")
    assert [rule.id for rule in rules] == ["a>a", "s>s", "ı>i", "l>l", "lı>h"]
    assert cost == pytest.approx(sum(rule.cost for rule in rules))


def test_a_row_with_a_place_speaks_only_there() -> None:
    assert SMALL.cost("bazı", "baz:")[0] < inf
    assert SMALL.cost("bazı,", "baz:,")[0] < inf, "a mark ends the word too"
    assert SMALL.cost("ızba", ":zba")[0] == inf


@pytest.mark.parametrize("printed", ["", "ğ", "düzen", "Q9%–?", "“x’s”", "Москва μm²"])
def test_what_was_read_rightly_is_possible(printed: str) -> None:
    assert load_channel().cost(printed, printed)[0] < inf


def test_glyphs_of_a_mark_are_one() -> None:
    channel = load_channel()
    assert channel.cost("Türkiye’nin", "Tiirkiye'nin")[0] == channel.cost("Türkiye'nin", "Tiirkiye'nin")[0] < 3.0
    assert [rule.id for rule in channel.cost("Asya’da", "Asyada")[1]][4] == "'>∅"


@pytest.mark.parametrize("case", ["lower", "upper"])
@pytest.mark.parametrize("place", ["any", "start", "inside", "end"])
def test_the_table_turns_the_readings_round(case: str, place: str) -> None:
    channel = load_channel()
    table = channel.table(case, place)
    known = {rule.id: rule for reads in channel.readings[place].values() for rule in reads.values()}
    assert table.longest == max(map(len, table.reads))
    for read, options in [*table.reads.items(), ("", table.lost)]:
        assert list(options) == sorted(options, key=lambda option: (option.cost, option.printed))
        for option in options:
            assert known[option.rule.id].read == read
            assert known[option.rule.id].cost == option.cost
            assert not any(map(str.isupper, option.printed)), "the walker reads a lower-case lexicon"


def test_a_word_has_a_start_an_inside_and_an_end() -> None:
    assert [place_of("bazı", i, i + 1) for i in range(4)] == ["start", "inside", "inside", "end"]
    assert (place_of("'bazı", 1, 2), place_of("bazı", 0, 2), place_of("ı", 0, 1)) == ("start", "start", "end")


def test_capitals_become_small_the_turkish_way() -> None:
    upper = {option.printed for option in SMALL.table("upper").reads["I"]}
    assert {"i", "ı"} <= upper
    assert "ü" in {option.printed for option in SMALL.table("lower").reads["ii"]}


def test_capitals_borrow_from_small_letters() -> None:
    cost, rules = Channel((Rule("ş", "g", cost=2.0, count=9),)).cost("BOŞ", "BOG")
    assert cost == pytest.approx(6.0, abs=0.1)
    assert rules[-1].id == "Ş>G"


@pytest.mark.parametrize(
    ("printed", "read", "most"),
    [
        ("ŞANGHAY", "SANGHAY", 1.0),
        ("İŞBİRLİĞİ", "ISBIRLiGI", 8.0),
        ("ÖRGÜTÜ", "ORGUTU", 1.0),
        ("düzende", "diizende", 1.0),
        ("dağılması", "dagilmas:", 4.5),
        ("özel", "6zel", 3.0),
        ("Tarafları", "Taraflart", 5.0),
        ("ayrılan", "aynlan", 4.0),
    ],
)
def test_known_damage_is_cheap(printed: str, read: str, most: float) -> None:
    cost, _ = load_channel().cost(printed, read)
    assert cost < most


class TestStrength:
    def test_right_text_makes_repairs_dear(self) -> None:
        right = load_channel().strength(0.0)
        assert right.cost("sınır", "sinir")[0] > 9.0
        assert right.cost("sınır", "sınır")[0] == 0.0

    def test_damaged_text_is_the_table_itself(self) -> None:
        channel = load_channel()
        assert channel.strength(1.0).cost("sınır", "sinir") == channel.cost("sınır", "sinir")
        assert channel.cost("sınır", "sınır")[0] > 5.0, "the wrong alphabet has no such letter"

    @given(st.floats(0, 1), st.floats(0, 1))
    def test_more_damage_makes_repairs_cheaper(self, one: float, other: float) -> None:
        low, high = sorted((one, other))
        assert SMALL.strength(high).cost("lı", "h")[0] <= SMALL.strength(low).cost("lı", "h")[0] + 1e-9
        assert SMALL.strength(high).cost("ı", "ı")[0] >= SMALL.strength(low).cost("ı", "ı")[0] - 1e-9


class TestAdapted:
    def test_a_document_with_its_own_habit(self) -> None:
        channel = load_channel()
        counts = {"ö>S": 40.0, "ö>é": 5.0, "a>a": 500.0, "e>e": 500.0}
        adapted = channel.adapted(counts, 20)
        assert adapted.cost("ö", "S")[0] < 1.0 < channel.cost("ö", "S")[0]
        assert adapted.cost("ö", "é")[0] > channel.cost("ö", "é")[0]

    def test_nothing_seen_changes_nothing_much(self) -> None:
        channel = load_channel()
        for old, new in zip(channel.rules, channel.adapted({}).rules, strict=True):
            assert new.cost == pytest.approx(old.cost, abs=1e-6)

    def test_shares_stay_shares_but_for_what_may_not_rise(self) -> None:
        counts = {"ü>ii": 90.0, "ı>i": 200.0, "lı>h": 30.0, "l>l": 300.0, "ı>∅": 12.0}
        total: dict[str, float] = {}
        for rule in load_channel().adapted(counts).rules:
            if rule.where == "any" and len(rule.printed) == 1:
                total[rule.printed] = total.get(rule.printed, 0.0) + exp(-rule.cost)
        assert max(total.values()) < 1.1

    def test_longer_segments_are_as_common_as_their_rarest_letter_allows(self) -> None:
        channel = load_channel()
        few, many = ({"l>l": 5000.0, "ı>i": count, "a>a": 5000.0} for count in (5.0, 5000.0))
        assert channel.adapted(few).cost("lı", "h")[0] < channel.adapted(many).cost("lı", "h")[0]

    def test_marks_are_not_unlearnt(self) -> None:
        channel = load_channel()
        adapted = channel.adapted({"'>'": 200.0, "a>a": 900.0, "ı>i": 300.0})
        assert adapted.cost("'", "")[0] == pytest.approx(channel.cost("'", "")[0])
        assert adapted.cost("ı", ":")[0] == pytest.approx(channel.cost("ı", ":")[0])
        seen = channel.adapted({"a>a": 900.0, "ı>i": 300.0, "ı>1": 20.0})
        assert seen.cost("ı", ":")[0] > channel.cost("ı", ":")[0], "where digits and marks were counted they teach"

    def test_no_row_is_unlearnt(self) -> None:
        channel = load_channel()
        adapted = channel.adapted({"ö>é": 500.0, "ı>i": 5000.0, "a>a": 9000.0, "l>l": 5000.0})
        for old, new in zip(channel.rules, adapted.rules, strict=True):
            assert new.cost <= old.cost + 0.5 + 1e-9

    def test_same_counts_same_channel(self) -> None:
        counts = {"ü>ii": 9.0, "ı>1": 3.0}
        turned = dict(reversed(counts.items()))
        assert load_channel().adapted(counts) == load_channel().adapted(turned)

    def test_clean_scans_expect_less_of_what_is_rare(self) -> None:
        channel = load_channel()
        clean = channel.adapted({"ı>i": 900.0, "ü>ii": 300.0, "a>a": 3000.0, "n>n": 2000.0, "l>l": 2000.0})
        assert clean.cost("i", "l")[0] > channel.cost("i", "l")[0]


def test_channels_travel() -> None:
    channel = load_channel().strength(0.7)
    copy = pickle.loads(pickle.dumps(channel))
    assert copy == channel
    assert copy.cost("günler", "giinler") == channel.cost("günler", "giinler")


def test_occurrences_come_back_from_count_and_cost() -> None:
    assert occurrences([Rule("ü", "ii", cost=-log(0.6), count=60), Rule("ü", "u", cost=3, count=1)]) == {
        "ü": pytest.approx(100)
    }


class TestRules:
    def test_round_trip(self) -> None:
        rules = (Rule(" ", "", cost=8.0), Rule("ı", ":", "end", 1.5, 7, "baz:=bazı"), Rule("ü", "ii", cost=0.4))
        assert set(read_rules(write_rules(rules, ["a remark", ""]), "t")) == set(rules)

    def test_spaces_and_nothing_are_written_out(self) -> None:
        (rule,) = read_rules("printed\tread\tcost\n␣\t∅\t8\n", "t")
        assert (rule.printed, rule.read, rule.id) == (" ", "", "␣>∅")

    def test_a_user_prices_adds_and_switches_off(self) -> None:
        base = read_rules("printed\tread\tcost\tcount\nü\tii\t0.4\t60\nö\t6\t2\t9\n", "base")
        user = read_rules("read\tprinted\tcost\nii\tü\t1.0\n6\tö\toff\nrn\tm\t\n", "mine")
        merged = {rule.id: rule for rule in merge(base, user)}
        assert list(merged) == ["ü>ii", "m>rn"]
        assert merged["ü>ii"].cost == 1.0
        assert merged["ü>ii"].count == 60

    def test_a_users_row_speaks_for_every_place(self) -> None:
        base = (Rule("ı", ":", cost=4.0), Rule("ı", ":", "end", 2.0), Rule("ı", "1", "end", 3.0))
        assert [rule.id for rule in merge(base, [Rule("ı", ":", cost=inf)])] == ["…ı>1"]
        assert [rule.id for rule in merge(base, [Rule("ı", ":", "end", inf)])] == ["ı>:", "…ı>1"]

    @pytest.mark.parametrize(
        ("text", "line", "remedy"),
        [
            ("printed\tred\nü\tii\n", 1, "headings"),
            ("printed\tread\nü\tü\n", 2, "the same"),
            ("# x\nprinted\tread\nüüüü\tii\n", 3, "split the row"),
            ("printed\tread\tcost\nü\tii\tcheap\n", 2, "number or off"),
            ("printed\tread\tcost\nü\tii\t-1\n", 2, "above 0"),
            ("printed\tread\tcost\nü\tii\tnan\n", 2, "above 0"),
            ("printed\tread\twhere\nü\tii\tmiddle\n", 2, "start, inside, end"),
            ("printed\tread\nü\tii\nü\tii\n", 3, "stands twice"),
            ("printed\tread\n\x00\t∅\n\x00\t∅\n", 3, r"\\x00>∅ stands twice"),
            ("printed\tread\nü\tii\t1\t2\n", 2, "tabs"),
        ],
    )
    def test_errors_say_where_and_what_to_do(self, text: str, line: int, remedy: str) -> None:
        with pytest.raises(RuleError, match=f"mine.tsv, line {line}: .*{remedy}"):
            read_rules(text, "mine.tsv")

    def test_a_missing_table_is_named(self) -> None:
        with pytest.raises(RuleError, match=r"nowhere\.tsv: can't read"):
            read_rules("nowhere.tsv")

    def test_ids_tell_places(self) -> None:
        ids = [rule_id("ı", "", where) for where in ("any", "start", "inside", "end")]
        assert ids == ["ı>∅", "ı>∅…", "…ı>∅…", "…ı>∅"]
