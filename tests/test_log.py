"""A log is written and read without loss, as JSON Lines and as CSV, and bad ones are refused in one line."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import time
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import changes_of, logs, surrogates

from onar.changelog.changes import Change, Restoration, locate
from onar.changelog.log import Log, dumps, encode, fingerprint, loads, read, schema, write
from onar.changelog.sheet import COLUMNS, from_csv, guard, to_csv, unguard
from onar.errors import InputError

SOURCE = "kurulan yeni diizende bölgesel"
SIGNATURE: dict[str, object] = {"onar": "0.1.0", "knowledge": "k1", "options": {"min_confidence": 0.5}}


def _log(**fields: Any) -> Log:
    change = locate(SOURCE).change(
        13, 21, "düzende", rules=["ü>ii"], confidence=0.99, alternatives=[("dizende", 0.01)], **fields
    )
    return Log.of(Restoration(SOURCE, (change,), SIGNATURE), "a.txt")


def test_the_log_is_as_the_design_has_it() -> None:
    head, change = map(json.loads, dumps(_log()).splitlines())
    assert head["type"] == "header"
    assert head["schema"] == "onar-changes/1"
    assert head["source"] == "a.txt"
    assert head["sha256"] == fingerprint(SOURCE)
    assert head["offsets"] == "unicode code points, 0-based, half-open, in the decoded source"
    assert {key: head[key] for key in SIGNATURE} == SIGNATURE
    assert change.pop("id")
    assert change == {
        **{"type": "change", "start": 13, "end": 21, "line": 1, "column": 14, "page": 1},
        **{"before": "diizende", "after": "düzende", "prefix": "kurulan yeni ", "suffix": " bölgesel"},
        **{"rules": ["ü>ii"], "confidence": 0.99, "alternatives": [["dizende", 0.01]]},
        **{"status": "applied", "decision": None, "note": None},
    }


@given(logs())
def test_json_lines_lose_nothing(made: tuple[str, Log]) -> None:
    assert loads(dumps(made[1])) == made[1]


@given(logs())
def test_csv_loses_nothing(made: tuple[str, Log]) -> None:
    assert from_csv(to_csv(made[1])) == made[1]


@given(logs())
def test_every_line_fits_the_published_schema(made: tuple[str, Log]) -> None:
    published = jsonschema.Draft202012Validator(schema("changes"))
    for line in dumps(made[1]).rstrip("\n").split("\n"):
        published.validate(json.loads(line))


@given(logs())
def test_one_change_is_one_line_for_every_reader(made: tuple[str, Log]) -> None:
    written = dumps(made[1])
    assert len(written.splitlines()) == len(made[1].changes) + 1
    written.encode("utf-8")


@given(surrogates, st.data())
def test_lone_surrogates_come_back(text: str, data: st.DataObject) -> None:
    changes = data.draw(changes_of(text, words=surrogates))
    log = Log.of(Restoration(text, changes, SIGNATURE), "a.txt")
    assert loads(dumps(log).encode().decode()) == log
    assert from_csv(to_csv(log).encode().decode()) == log


def test_a_split_surrogate_pair_is_refused() -> None:
    log = Log("a.txt", "", (locate("\ud83d\ude00").change(0, 2, "x"),))
    with pytest.raises(InputError, match="join them first"):
        dumps(log)


@pytest.mark.parametrize("name", ["log.jsonl", "log.csv"])
def test_files_come_back(tmp_path: Path, name: str) -> None:
    log = _log(note='iki\nsatır; "tırnak"', status="flagged")
    write(log, tmp_path / name)
    assert read(tmp_path / name) == log
    assert (tmp_path / name).read_bytes() == b"".join(encode(log, name))
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_another_encoding_stands_in_the_header() -> None:
    log = Log.of(Restoration(SOURCE, (), SIGNATURE), "a.txt", "cp1254")
    assert json.loads(dumps(log))["encoding"] == "cp1254"
    assert loads(dumps(log)).encoding == "cp1254"


def test_a_log_belongs_to_one_text() -> None:
    assert _log().apply(SOURCE) == "kurulan yeni düzende bölgesel"
    with pytest.raises(InputError, match=r"another text.*a\.txt.*restore it again"):
        _log().apply(SOURCE + "\n")


GOOD = dumps(_log())


def _broken(**fields: object) -> str:
    head, line = GOOD.splitlines()
    row = json.loads(line) | fields
    return head + "\n" + json.dumps({key: value for key, value in row.items() if value is not ...})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "log.jsonl is empty"),
        ("\n\n", "log.jsonl is empty"),
        ("{", "line 1: not JSON"),
        ("[]", "line 1: not a JSON object"),
        ("[" * 100_000, "line 1: not JSON"),
        ('{"a":' * 100_000, "line 1: not JSON"),
        ('{"type":"header"}', "header of an onar-changes/1 log is missing"),
        ('{"type":"header","schema":"onar-changes/1"}', "no source"),
        ('{"type":"header","schema":"onar-changes/1","source":"a","sha256":7}', "no sha256"),
        (GOOD + GOOD.splitlines()[0], "line 3: not a change"),
        (GOOD + GOOD.splitlines()[1], "same id"),
        (_broken(start="13"), "line 2: start must be a whole number"),
        (_broken(start=True), "start must be"),
        (_broken(start=-1), "start must be"),
        (_broken(end=22), "don't fit"),
        (_broken(end=1 << 80), "end must be"),
        (_broken(before=None), "before must be a text"),
        (_broken(id=...), "id must be a text"),
        (_broken(confidence=1.1), "confidence must be"),
        (_broken(confidence="0.5"), "confidence must be"),
        (_broken(alternatives=[["a"]]), "alternatives must be"),
        (_broken(rules="ü>ii"), "rules must be"),
        (_broken(status="done"), "status must be applied or flagged"),
        (_broken(decision="maybe"), "decision must be"),
        (_broken(decision=[]), "decision must be"),
        (_broken(note=5), "note must be"),
        (GOOD.replace("0.99", "NaN"), "line 2: not JSON (NaN is not a number)"),
        (GOOD.replace("0.99", "9" * 5000), "line 2: not JSON"),
    ],
)
def test_a_bad_log_is_answered_with_its_line(text: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        loads(text, "log.jsonl")
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_log_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    (tmp_path / "log.jsonl").write_bytes(b"\xff{}")
    with pytest.raises(InputError, match=r"log\.jsonl: not UTF-8 \(byte 0xff at offset 0\)"):
        read(tmp_path / "log.jsonl")
    with pytest.raises(InputError, match="No such file"):
        read(tmp_path / "none.jsonl")


def test_boxes_are_told_where_there_are_any() -> None:
    plain = _log()
    boxed = plain.with_changes(replace(change, boxes=((1.5, 2.0, 30.0, 14.25),)) for change in plain.changes)
    assert "boxes" not in dumps(plain) and '"boxes":[[1.5,2.0,30.0,14.25]]' in dumps(boxed)
    assert loads(dumps(boxed)) == boxed and from_csv(to_csv(boxed)) == boxed
    with pytest.raises(InputError, match="boxes must be a list of lists of four numbers"):
        loads(dumps(boxed).replace("14.25", '"x"'))
    with pytest.raises(InputError, match="boxes must be"):
        from_csv(to_csv(boxed).replace("14.25", "14.25]"))


# the spreadsheet


def test_csv_is_as_the_design_has_it() -> None:
    data = b"".join(encode(_log(), "log.csv"))
    assert data.startswith(b"\xef\xbb\xbftype;id;page;")
    table = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert tuple(table[0]) == COLUMNS
    assert json.loads(table[0]["note"]) == _log().header()
    assert (table[1]["confidence"], table[1]["alternatives"], table[1]["exact"]) == ("99", "dizende 1%", "")


def test_an_odd_probability_stands_exactly_once_more() -> None:
    change = locate("diizen").change(0, 6, "düzen", confidence=0.9934)
    text = to_csv(Log("a", "", (change,)))
    assert ";99;" in text
    assert "[0.9934]" in text
    edited = text.replace(";99;", ";50;")
    assert from_csv(edited).changes[0].confidence == 0.5


@pytest.mark.parametrize(
    "text", ["=1+1", "+90", "-5", "@ad", "'tek", "\tsekme", "510", " 5", "1990'lı", "5 Mart", "Mart 5", "TRUE", "doğru"]
)
def test_what_a_spreadsheet_would_convert_is_guarded(text: str) -> None:
    assert guard(text) == "'" + text
    assert unguard(guard(text)) == text


@pytest.mark.parametrize("text", ["düzende", "Türkiye’nin", "iki söz", "", "çağ 21 yüzyıl"[:3], "trueness"])
def test_plain_words_stay_plain(text: str) -> None:
    assert guard(text) == text


@given(st.text())
def test_guarding_is_undone(text: str) -> None:
    assert unguard(guard(text)) == text
    assert not guard(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


def test_a_sorted_and_decided_spreadsheet_is_read(tmp_path: Path) -> None:
    source = "bir diizende iki diizende"
    places = locate(source)
    log = Log.of(Restoration(source, (places.change(4, 12, "düzende"), places.change(17, 25, "düzende"))), "a.txt")
    head, *rows = to_csv(log).splitlines(keepends=True)
    rows = [rows[2].replace(";applied;;", ";applied;reject;"), rows[1], rows[0], ";" * (len(COLUMNS) - 1) + "\r\n"]
    back = from_csv(head + "".join(rows))
    assert [change.decision for change in back.changes] == [None, "reject"]
    assert back.apply(source) == "bir düzende iki diizende"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "no column"),
        (to_csv(_log()).replace(";", ","), "no column"),
        (to_csv(_log()).replace("header", "kopf"), "0 rows of type header"),
        (to_csv(_log()).replace(";99;", ";sure;"), "line 3: a number is missing"),
        (to_csv(_log()).replace(";99;", ";199;"), "line 3: confidence must be"),
        (to_csv(_log()).replace(";applied;;", ";applied;yes;"), "line 3: decision must be"),
        (to_csv(_log()) + '"open', "not CSV"),
    ],
)
def test_a_bad_spreadsheet_is_answered_in_one_line(text: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        from_csv(text, "log.csv")
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_long_cells_are_read_and_the_limit_stays() -> None:
    limit = csv.field_size_limit()
    word = "ş" * 200_000
    log = Log("a", "", (locate(word).change(0, len(word), "s"),))
    assert from_csv(to_csv(log)) == log
    assert csv.field_size_limit() == limit


def test_many_changes_are_quick() -> None:
    source = "diizende " * 60_000
    places = locate(source)
    changes = tuple(
        places.change(at, at + 8, "düzende", rules=["ü>ii"], confidence=0.99, alternatives=[("dizende", 0.01)])
        for at in range(0, len(source), 9)
    )
    began = time.process_time()
    log = Log.of(Restoration(source, changes, SIGNATURE), "a.txt")
    text = dumps(log)
    assert log.apply(source).startswith("düzende düzende ")
    spent = time.process_time() - began
    assert spent < 3.0, spent  # under 1 s on the machine it was written on
    assert loads(text) == log


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice (soffice) is not installed")
def test_libreoffice_keeps_every_cell_as_text(tmp_path: Path) -> None:
    words = [
        "=1+1",
        '=HYPERLINK("http://x")',
        "+5",
        "-5",
        "@SUM(1)",
        "510",
        "1e5",
        "5/6",
        "Mart 5",
        "TRUE",
        "İğüşöçı",
        'a;b"c',
    ]
    source = "\n".join(words)
    places, at, made = locate(source), 0, []
    for word in words:
        made.append(places.change(at, at + len(word), word[::-1], note=word, alternatives=[(word, 0.25)]))
        at += len(word) + 1
    write(Log.of(Restoration(source, tuple(made), SIGNATURE), "a.txt"), tmp_path / "log.csv")
    subprocess.run(
        [
            *("soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "fods"),
            *(
                "--infilter=Text - txt - csv (StarCalc):59,34,76,1",
                "--outdir",
                str(tmp_path),
                str(tmp_path / "log.csv"),
            ),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    rows = _cells(tmp_path / "log.fods")
    head, _, *changes = rows
    assert len(changes) == len(words)
    for word, row in zip(words, changes, strict=True):
        cells = dict(zip((text for text, _, _ in head), row, strict=False))
        for column in ("id", "before", "after", "note", "alternatives"):
            assert cells[column][1:] == ("string", None)
        assert unguard(cells["before"][0]) == word
        assert unguard(cells["after"][0]) == word[::-1]


def _cells(path: Path) -> list[list[tuple[str, str | None, str | None]]]:
    office, table = ("{urn:oasis:names:tc:opendocument:xmlns:" + part + ":1.0}" for part in ("office", "table"))
    rows = []
    for row in ElementTree.parse(path).iter(f"{table}table-row"):
        cells: list[tuple[str, str | None, str | None]] = []
        for cell in row.iter(f"{table}table-cell"):
            text = "\n".join("".join(line.itertext()) for line in cell)
            entry = (text, cell.get(f"{office}value-type"), cell.get(f"{table}formula"))
            cells += [entry] * min(int(cell.get(f"{table}number-columns-repeated", "1")), len(COLUMNS))
        if any(text for text, _, _ in cells):
            rows.append(cells)
    return rows


def test_the_schema_refuses_what_the_reader_refuses() -> None:
    published = jsonschema.Draft202012Validator(schema("changes"))
    row = json.loads(GOOD.splitlines()[1])
    assert published.is_valid(row)
    for bad in ({"status": "done"}, {"confidence": 2}, {"start": -1}, {"alternatives": [["a"]]}, {"extra": 1}):
        assert not published.is_valid(row | bad)


def test_changes_are_read_in_text_order() -> None:
    places = locate("diizen diizen")
    first, second = places.change(0, 6, "düzen"), places.change(7, 13, "düzen")
    back = loads(dumps(Log("a", "", (second, first))))
    assert [change.start for change in back.changes] == [0, 7]
    assert isinstance(back.changes[0], Change)
