"""``onar learn``: pairs in, a table out that heals what it was taught; clear errors, nothing half-written."""

from __future__ import annotations

import json
import lzma
from pathlib import Path

import pytest
from cli_runs import run

from onar import Restorer
from onar.channel.rules import read_rules

PRINT = "bazı günler yazı düzeni güzel olur ve sınır güvenliği düşünülür "
OCR = "baz: giinler yaz: diizeni giizel olur ve sinir giivenligi diisiiniiliir "


def pairs(path: Path, pages: int = 6) -> Path:
    rows = "".join(json.dumps({"print": PRINT, "ocr": OCR}, ensure_ascii=False) + "\n" for _ in range(pages))
    path.write_bytes(lzma.compress(rows.encode()) if path.suffix == ".xz" else rows.encode())
    return path


@pytest.mark.parametrize("name", ["sayfalar.jsonl", "sayfalar.jsonl.xz"])
def test_a_table_is_learnt_checked_and_usable(tmp_path: Path, name: str) -> None:
    table = tmp_path / "tablo.tsv"
    done = run("learn", pairs(tmp_path / name), "-o", table)
    assert done.code == 0
    assert "kept back: " in done.err
    assert "bits a word" in done.err
    assert {"ü>ii", "ı>:"} <= {rule.id for rule in read_rules(table)}
    assert Restorer(rules=table).restore("kurulan yeni diizende").text == "kurulan yeni düzende"


def test_quiet_says_nothing(tmp_path: Path) -> None:
    done = run("learn", pairs(tmp_path / "a.jsonl"), "-o", tmp_path / "t.tsv", "-q")
    assert (done.code, done.out, done.err) == (0, b"", "")


def test_the_same_pairs_make_the_same_table(tmp_path: Path) -> None:
    source = pairs(tmp_path / "a.jsonl")
    tables = [tmp_path / "1.tsv", tmp_path / "2.tsv"]
    for table in tables:
        assert run("learn", source, "-o", table, "-q").code == 0
    assert tables[0].read_bytes() == tables[1].read_bytes()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "0 words"),
        (b"[1, 2]\n", "print and ocr"),
        (b'{"print": "a"}\n', "print and ocr"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b'{"print": "yeni ev", "ocr": "yeni ev"}\n' * 3, "none misread"),
    ],
)
def test_pairs_that_teach_nothing_are_an_error(tmp_path: Path, content: bytes, said: str) -> None:
    source, table = tmp_path / "a.jsonl", tmp_path / "t.tsv"
    source.write_bytes(content)
    done = run("learn", source, "-o", table)
    assert done.code == 3
    assert said in done.message
    assert not table.exists()


def test_a_page_too_long_to_align_is_refused(tmp_path: Path) -> None:
    source = tmp_path / "a.jsonl"
    source.write_text(json.dumps({"print": "a " * 200_000, "ocr": "b"}) + "\n", encoding="utf-8")
    done = run("learn", source, "-o", tmp_path / "t.tsv")
    assert done.code == 3
    assert "cut it into pages" in done.message


def test_usage_is_checked_before_anything_is_read(tmp_path: Path) -> None:
    source = pairs(tmp_path / "a.jsonl")
    before = source.read_bytes()
    assert run("learn", source).code == 2
    assert run("learn", tmp_path / "none.jsonl", "-o", tmp_path / "t.tsv").code == 2
    assert run("learn", source, "-o", source).code == 2
    assert run("learn", source, "-o", tmp_path / "t.tsv", "--keep-back", 1).code == 2
    assert source.read_bytes() == before
