from __future__ import annotations

import importlib.util
import json
import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from onar.ailments.diagnose import diagnose
from onar.commands.stats import command
from onar.language.tables import cells

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"


def _lab() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bench_families", ROOT / "bench" / "families.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


LAB = _lab()

WILD = {
    "w01_kou_transkript": {"english"},
    "w03_kou_yonerge": {"turkish"},
    "w05_kod_yorumlari": {"english"},
    "w07_acik_soz_1936": {"fillers"},
    "w10_tebe_haberler": {"glyphloss", "fontmaps"},
    "w14_ged_harfli": {"fontmaps", "glyphloss"},
    "w16_cp1252_kod": {"codepages"},
    "w18_ilahiyat_dergileri": {"turkish"},
    "w21_own_yuzey": {"english"},
    "w22_own_fpga1": {"english", "fillers"},
    "w23_own_maya": {"english"},
    "w24_own_meb_modul": {"english"},
    "w25_own_fpga2": {"english", "fillers"},
}
MAYBE = {"w07_acik_soz_1936": {"turkish"}}  # right as well, but shown by a handful of words only


@pytest.mark.parametrize("name", WILD)
def test_the_wild_cases_are_told_apart_and_their_print_is_right(name: str) -> None:
    place = SHARED / "wild" / name
    if not place.exists():
        pytest.skip("no ../shared/wild beside the project")
    found = set(diagnose((place / "ocr.txt").read_text(encoding="utf-8")).families)
    assert found - MAYBE.get(name, set()) == WILD[name]
    assert diagnose((place / "print.txt").read_text(encoding="utf-8")).families == ()


def _passages() -> Iterator[str]:
    """A hundred passages of some eighty words of our own prose, in a fixed random order."""
    paragraphs = list(LAB.own_prose())
    rng = random.Random(3)
    for _ in range(100):
        taken: list[str] = []
        while sum(len(text.split()) for text in taken) < 80:
            taken.append(rng.choice(paragraphs))
        yield " ".join(taken)


def test_a_hundred_right_passages_are_right() -> None:
    wrong = {text[:60]: found.families for text in _passages() if (found := diagnose(text)).families}
    assert wrong == {}


def test_a_hundred_damaged_passages_are_told_apart() -> None:
    chosen = [(name, *LAB.MECHANISMS[name]) for name in LAB.MECHANISMS if name not in UNSURE]
    wrong = []
    for i, text in enumerate(_passages()):
        name, family, break_ = chosen[i % len(chosen)]
        broken = break_(text)
        if broken != text and family not in diagnose(broken).families:
            wrong.append((name, broken[:60]))
    assert wrong == []


UNSURE = {
    "lost ’",  # one paragraph seldom has two names with clear endings
    "font D with stroke",  # nor always two words with İ
    "poor Turkish reading",  # three near misses are asked for, and not every passage has them
    "rules beside columns",  # four lines with the rule
    "lost ğ",
    "fillers in gaps",
}
"""Mechanisms that leave too few traces in eighty words to be told for certain."""


def test_several_families_at_once() -> None:
    text = (
        "Oyuncuya saðlýk veren çarpanlar kullanýlýr, sýnýfý deðiþtirir. Osmanlý nýn son yýllarýnda ve Ýstanbul un ilk\n"
        "semtlerinde, Türkiye nin dört yanýnda yaþanan deðiþim konuþuldu."
    )
    assert set(diagnose(text).families) == {"codepages", "glyphloss"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\f ",
        "The security of the region depends on many factors, and its members decided to cooperate against terrorism.",
        "Die Flüsse fließen über die größten Städte. Öffentliche Gebäude müssen für Schüler zugänglich sein.",
        "Það var einu sinni maður sem bjó í litlu húsi við sjóinn. Hann átti þrjá syni og eina dóttur, Þórunni.",
        "def _gizli(self):\n    return self._deger | 0x1F  # ÷ 2",
    ],
)
def test_nothing_is_wrong_with_other_texts(text: str) -> None:
    assert diagnose(text).families == ()


def test_the_estimate_is_told_and_restoring_helps() -> None:
    found = diagnose("Oyuncuya saðlýk veren çarpanlar kullanýlýr, sýnýfý deðiþtirir")
    assert 0 <= found.after < found.before <= 1
    (finding,) = found.findings
    assert finding.examples[0] == ("saðlýk", "sağlık")
    assert finding.words == 4
    assert str(finding).startswith("codepages 57.1% (saðlýk → sağlık")


def test_every_family_has_its_row_and_its_tables() -> None:
    rows = cells("families.tsv")
    assert {row["family"] for row in rows} == {
        "accents", "codepages", "english", "fillers", "fontmaps", "glyphloss", "turkish"
    }  # fmt: skip
    for row in rows:
        assert float(row["wrong"]) >= float(row["left"]) >= 0
        for name in re.split(", *", row["tables"]):
            assert (ROOT / "seeds" / name).exists()


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_diagnosed(text: str) -> None:
    found = diagnose(text)
    assert 0 <= found.after <= 1 and 0 <= found.before <= 1
    assert json.dumps(found.as_dict())


def test_the_command_reads_and_tells(tmp_path: Path) -> None:
    path = tmp_path / "bozuk.txt"
    path.write_text("Oyuncuya saðlýk veren çarpanlar kullanýlýr", encoding="utf-8")
    before = path.read_bytes()
    told = CliRunner().invoke(command, [str(path)], standalone_mode=False)
    assert "codepages" in told.output and "saðlýk → sağlık" in told.output
    assert "word error rate" in told.output
    as_json = CliRunner().invoke(command, ["--json", str(path)], standalone_mode=False)
    assert json.loads(as_json.output)["families"][0]["family"] == "codepages"
    assert path.read_bytes() == before


def test_one_unreadable_file_of_many_is_code_5(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("düzgün bir metin", encoding="utf-8")
    result = CliRunner().invoke(command, [str(path), str(tmp_path / "none.txt")], standalone_mode=False)
    assert result.return_value == 5
    assert "nothing found wrong" in result.output
