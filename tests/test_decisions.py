"""What people decided is kept, found again after edits and in newer versions, and goes before the engine."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import logs, restorations

from onar.changelog.changes import Change, Decision, Restoration, apply, locate, revert
from onar.changelog.decisions import Decisions, Judgement, choose, decide, dumps, loads, read, write
from onar.changelog.log import Log, fingerprint, schema
from onar.changelog.log import write as write_log
from onar.errors import InputError

TEXT = "kurulan yeni diizende bölgesel giivenlik ve eski diizende kalan giivenlik"
#       0       8    13       22       31        41 44   49       58    64


def _engine(text: str = TEXT, **readings: str) -> tuple[Change, ...]:
    """What an engine proposes: the readings given for the damaged words, else the usual ones."""
    usual = {"diizende": "düzende", "giivenlik": "güvenlik"} | readings
    places = locate(text)
    found: list[Change] = []
    for word in text.split():
        at = text.index(word, found[-1].end if found else 0)
        if usual.get(word):
            found.append(places.change(at, at + len(word), usual[word], confidence=0.9))
    return tuple(found)


def _decided(*decisions: tuple[int, Decision, str | None]) -> Decisions:
    changes = _engine()
    made = tuple(Judgement.of(changes[at], decision, after) for at, decision, after in decisions)
    return Decisions("a.txt", fingerprint(TEXT), made)


MIXED = _decided((0, "edit", "dizende"), (1, "reject", None), (2, "accept", None))
MIXED_TEXT = "kurulan yeni dizende bölgesel giivenlik ve eski düzende kalan güvenlik"


def test_decisions_go_before_the_engine() -> None:
    changes, lost = decide(TEXT, _engine(), MIXED)
    assert not lost
    assert apply(TEXT, changes) == MIXED_TEXT
    assert [change.decision for change in changes] == ["edit", "reject", "accept", None]
    assert changes[0].alternatives == (("düzende", 0.9),), "what the engine proposed is still there"


def test_a_newer_version_that_proposes_something_else_or_nothing_is_overruled() -> None:
    changes, lost = decide(TEXT, _engine(diizende="dizinde", giivenlik="gövenlik"), MIXED)
    assert not lost
    assert apply(TEXT, changes) == "kurulan yeni dizende bölgesel giivenlik ve eski düzende kalan gövenlik"
    changes, lost = decide(TEXT, (), MIXED)
    assert not lost
    assert apply(TEXT, changes) == "kurulan yeni dizende bölgesel giivenlik ve eski düzende kalan giivenlik"
    assert [change.id for change in changes] == [item.id for item in MIXED.judgements]


def test_decisions_survive_edits_elsewhere() -> None:
    longer = "Başlık geldi.\n\n" + TEXT.replace("ve eski", "ve çok eski").replace(" ", "\n") + "\nson"
    changes, lost = decide(longer, _engine(longer), MIXED)
    assert apply(longer, changes).split()[2:] == [
        *MIXED_TEXT.replace("eski düzende", "çok eski düzende").split(),
        "son",
    ]
    assert not lost
    changes, lost = decide(longer, (), MIXED)
    assert not lost
    assert [change.before for change in changes] == ["diizende", "giivenlik", "diizende"]


def test_what_is_gone_is_told() -> None:
    _, lost = decide("başka bir metin", (), MIXED)
    assert lost == MIXED.judgements
    _, lost = decide(TEXT.replace("yeni diizende", "yeni düzende"), (), MIXED)
    assert [item.before for item in lost] == ["diizende"]


def test_a_changed_neighbour_is_another_place() -> None:
    _, lost = decide(TEXT.replace("yeni diizende bölgesel", "gibi diizende ulusal"), (), _decided((0, "accept", None)))
    assert len(lost) == 1


def test_the_engine_gives_way_where_a_person_decided_about_some_of_the_same_letters() -> None:
    wide = locate(TEXT).change(8, 21, "yeni düzende")
    changes, _ = decide(TEXT, [wide], _decided((0, "edit", "dizende")))
    assert apply(TEXT, changes).startswith("kurulan yeni dizende bölgesel")
    changes, _ = decide(TEXT, [wide], _decided((0, "reject", None)))
    assert apply(TEXT, changes) == TEXT, "what was rejected stays as it was read, also in a wider change"


def test_rejecting_a_flag_leaves_the_applied_change_below_it() -> None:
    places = locate(TEXT)
    wide, narrow = replace(places.change(8, 21, "yeni dizende"), status="flagged"), places.change(13, 21, "düzende")
    decisions = Decisions("a", fingerprint(TEXT), (Judgement.of(wide, "reject"),))
    changes, _ = decide(TEXT, [wide, narrow], decisions)
    assert apply(TEXT, changes).startswith("kurulan yeni düzende")


def test_two_people_about_the_same_letters_are_asked_to_agree() -> None:
    places = locate(TEXT)
    wide, narrow = places.change(8, 21, "yeni dizende"), places.change(13, 21, "düzende")
    decisions = Decisions("a", "", (Judgement.of(wide, "accept"), Judgement.of(narrow, "accept")))
    with pytest.raises(InputError, match="reject one of them"):
        decide(TEXT, [wide, narrow], decisions)


def test_equal_places_keep_their_own_decisions() -> None:
    text = "a diizende b\n" * 5
    places = locate(text)
    changes = [places.change(at * 13 + 2, at * 13 + 10, "düzende") for at in range(5)]
    decisions = Decisions("a", fingerprint(text), (Judgement.of(changes[3], "reject"),))
    decided, _ = decide(text, changes, decisions)
    assert [change.decision for change in decided] == [None, None, None, "reject", None]
    fewer = [replace(change, id=changes[at].id) for at, change in enumerate(changes[2:])]  # a version that finds fewer
    decided, _ = decide(text, fewer, decisions)
    assert [change.decision for change in decided] == [None, "reject", None], "place goes before a borrowed id"


@given(restorations(decided=False), st.data())
def test_every_decision_is_honoured(made: Restoration, data: st.DataObject) -> None:
    choices: list[Decision] = ["accept", "reject", "edit"]
    kinds = [data.draw(st.sampled_from(choices)) for _ in made.changes]
    after = [data.draw(st.text("abç", max_size=3)) if kind == "edit" else None for kind in kinds]
    judgements = tuple(map(Judgement.of, made.changes, kinds, after))
    decisions = Decisions("a.txt", fingerprint(made.source), judgements)
    changes, lost = decide(made.source, made.changes, decisions)
    assert not lost
    for change, item in zip(changes, judgements, strict=True):
        printed = item.before if item.decision == "reject" else item.after
        assert (change.after if change.in_text else change.before) == printed
    assert revert(apply(made.source, changes), changes) == made.source
    again, _ = decide(made.source, changes, Decisions.of(Log.of(replace(made, changes=changes), "a.txt")))
    assert apply(made.source, again) == apply(made.source, changes)


@given(st.lists(logs(), max_size=3))
def test_files_lose_nothing_and_fit_the_schema(made: list[tuple[str, Log]]) -> None:
    decisions = tuple(Decisions.of(log) for _, log in made)
    text = dumps(decisions)
    assert loads(text) == decisions
    jsonschema.Draft202012Validator(schema("decisions")).validate(json.loads(text))
    text.encode("utf-8")


def test_files_and_logs_are_read_alike(tmp_path: Path) -> None:
    log = Log.of(Restoration(TEXT, _engine()), "a.txt")
    log = log.with_changes(decide(TEXT, log.changes, MIXED)[0])
    write(  # what was edited says so in a log; what was accepted as it was stays
        [Decisions.of(log)], tmp_path / "d.json"
    )
    write_log(log, tmp_path / "log.jsonl")
    write_log(log, tmp_path / "log.csv")
    assert read(tmp_path / "d.json") == read(tmp_path / "log.jsonl") == read(tmp_path / "log.csv")
    assert apply(TEXT, decide(TEXT, _engine(), read(tmp_path / "log.csv")[0])[0]) == MIXED_TEXT


def test_the_right_decisions_are_chosen() -> None:
    others = [Decisions("x/a.txt", "1"), Decisions("b.txt", fingerprint(TEXT))]
    assert choose(others, TEXT, "a.txt") is others[1], "the same text goes before the same name"
    assert choose(others, "anything", "y/a.txt") is others[0]
    assert choose(others, "anything", "c.txt") is None


def test_decisions_about_another_text_are_refused() -> None:
    with pytest.raises(InputError, match=r"another text \(a\.txt.*made with this log"):
        MIXED.check(Log("b.txt", "0" * 64))
    MIXED.check(Log("b.txt", fingerprint(TEXT)))


GOOD = json.loads(dumps([MIXED]))


def _with(**fields: object) -> str:
    whole = json.loads(json.dumps(GOOD))
    whole["sources"][0]["decisions"][0] |= fields
    return json.dumps(whole)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "not JSON"),
        ("[]", "not a JSON object"),
        ("{}", "not an onar-decisions/1 file"),
        ('{"schema":"onar-decisions/2","sources":[]}', "not an onar-decisions/1 file"),
        ('{"schema":"onar-decisions/1","sources":{}}', "not an onar-decisions/1 file"),
        ('{"schema":"onar-decisions/1","sources":[5]}', "source 1: no list of decisions"),
        ('{"schema":"onar-decisions/1","sources":[{"decisions":[]}]}', "source 1: no source and sha256"),
        (_with(id=None), "source 1, decision 1: id must be a text"),
        (_with(decision="maybe"), "decision must be accept, reject or edit"),
        (_with(after=7), "after must be a text"),
        (_with(start=-1), "start must be a whole number"),
        (_with(start=True), "start must be a whole number"),
        (_with(note=[]), "note must be a text"),
        (json.dumps(GOOD).replace('{"id"', '7, {"id"', 1), "decision 1: not a JSON object"),
        ("[" * 100_000, "not JSON"),
    ],
)
def test_a_bad_file_is_answered_in_one_line(text: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        loads(text, "d.json")
    assert message in str(caught.value)
    assert str(caught.value).startswith("d.json")
    assert "\n" not in str(caught.value)


def test_decisions_without_surroundings_or_place_are_enough_when_the_id_fits() -> None:
    change = _engine()[0]
    row = {"id": change.id, "decision": "reject", "before": "diizende", "after": "düzende"}
    text = json.dumps({"schema": "onar-decisions/1", "sources": [{"source": "a", "sha256": "", "decisions": [row]}]})
    changes, lost = decide(TEXT, _engine(), loads(text)[0])
    assert not lost
    assert changes[0].decision == "reject"


def test_many_decisions_on_a_changed_text_take_linear_time() -> None:
    text = " ".join(f"önce{at} diizende sonra{at}" for at in range(20_000))
    changes = _all(text, "diizende")
    decisions = Decisions("a", fingerprint(text), tuple(Judgement.of(change, "reject") for change in changes))
    began = time.process_time()
    decided, lost = decide("yeni " + text, (), decisions)
    assert time.process_time() - began < 8  # 1 s on the machine it was written on
    assert len(decided) == 20_000
    assert not lost


def _all(text: str, word: str) -> list[Change]:
    places, found, at = locate(text), [], text.find(word)
    while at >= 0:
        found.append(places.change(at, at + len(word), "x"))
        at = text.find(word, at + 1)
    return found
