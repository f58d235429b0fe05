"""The tables counted by kind of source, by neighbours and by ear: made of a small corpus, the same every time."""

from __future__ import annotations

import json
import lzma
from pathlib import Path

import pytest
from click.testing import CliRunner
from onar.wordlists import cases, houses, hyphens, spoken
from onar.wordlists.compile import case_byte
from onar.wordlists.lists import read, write

from onar.language.codes import encode

NEWS = (
    "Takım imkan buldu. Takım imkanı gördü. Hoca PKK'nın ve Kemal'in evinde iş buldu. Dün Türkiye İş Bankası'nda idi."
)
MINUTES = "Sayın Başkan, imkân ve imkânı var. Sayın Bakan imkân tanıdı."


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    (tmp_path / "tr-news.txt.xz").write_bytes(lzma.compress((NEWS + "\n").encode() * 30))
    rows = [json.dumps({"source": "tbmm-konusma", "text": MINUTES})] * 30
    (tmp_path / "tr-wide.jsonl.xz").write_bytes(lzma.compress("\n".join(rows).encode()))
    (tmp_path / "tr-parliament.jsonl.xz").write_bytes(lzma.compress(b""))
    return tmp_path


def table(path: Path) -> dict[str, list[str]]:
    return {name: cells for name, *cells in read(path)}


def run(command: object, *options: str) -> None:
    result = CliRunner().invoke(command, list(options))  # type: ignore[arg-type]
    assert result.exit_code == 0, result.output


def test_who_writes_the_circumflex_is_counted_by_kind(corpus: Path) -> None:
    run(houses.main, "--corpus", str(corpus), "--out", str(corpus))
    found = table(corpus / "roofs.tsv")
    kinds = found["form"][1:]
    news, speech = (int(found["imkân"][1 + kinds.index(kind)]) for kind in ("news", "speech"))
    assert news < 0 < speech
    assert found["imkân…"]
    words = table(corpus / "houses.tsv")
    assert int(words["takım"][kinds.index("news")]) > int(words["takım"][kinds.index("speech")])
    first = (corpus / "roofs.tsv").read_bytes()
    run(houses.main, "--corpus", str(corpus), "--out", str(corpus))
    assert (corpus / "roofs.tsv").read_bytes() == first


def test_capitals_are_counted_by_neighbours(corpus: Path) -> None:
    write(corpus / "forms.tsv.xz", ["# Forms.", "# columns: form"], ["iş\t10\t5\t30\t30\t0"])
    run(cases.main, "--corpus", str(corpus), "--lists", str(corpus), "--out", str(corpus))
    found = table(corpus / "cases.tsv")
    heading, row = found["usual"], found[str(case_byte(30, 30, 0))]
    assert int(row[heading.index("CC")]) > 0 > int(row[heading.index("SS")])


def test_words_with_ways_of_their_own_are_told(corpus: Path) -> None:
    """Of two words whose capitals are as frequent, one has them after names and the other does not."""
    news = "Dün Kumluca ilçesine gitti. Bugün Kemer ilçesine gitti. Dün Sağlık İşleri vardı. Bugün Yazı İşleri vardı."
    (corpus / "tr-news.txt.xz").write_bytes(lzma.compress((news + "\n").encode() * 30))
    forms = ["ilçesine\t10\t5\t30\t30\t0", "işleri\t10\t5\t30\t30\t0"]
    write(corpus / "forms.tsv.xz", ["# Forms.", "# columns: form"], forms)
    run(cases.main, "--corpus", str(corpus), "--lists", str(corpus), "--out", str(corpus))
    found = table(corpus / "own_cases.tsv")
    assert int(found["ilCesine"][0]) < 0 < int(found["iSleri"][0])


def test_words_that_a_hyphen_joins_are_counted(corpus: Path) -> None:
    news = "Dün sarı-lacivertli takım geldi. Ankara-İstanbul yolu ve giriş-çıkış kapısı kapandı."
    (corpus / "tr-news.txt.xz").write_bytes(lzma.compress((news + "\n").encode() * 3))
    run(hyphens.main, "--corpus", str(corpus), "--out", str(corpus))
    found = table(corpus / "hyphens.tsv")
    assert (found["sarI"], found["lacivertli"], found["giriS"]) == (["3", "0"], ["0", "3"], ["3", "0"])
    assert "ankara" not in found


@pytest.mark.parametrize(
    ("word", "seen"), [("Ankara", "C"), ("ev", "S"), ("il", "?"), ("Irak", "?"), ("#", "?"), ("ılık", "?")]
)
def test_what_english_ocr_tells_of_a_first_letter(word: str, seen: str) -> None:
    assert cases.state(word) == seen


def test_names_are_heard(corpus: Path) -> None:
    run(spoken.main, "--corpus", str(corpus), "--out", str(corpus))
    found = table(corpus / "spoken.tsv")
    assert found["kemal"][2] == "100"
    assert int(found["=k"][1]) > 90
    assert "ankara" not in found


def test_rarer_cases_part_the_kinds_of_words() -> None:
    assert [case_byte(1000, rare, 0) >> 6 for rare in (0, 10, 40, 100)] == [0, 1, 2, 3]
    assert encode("imkân") == "imkAn"
