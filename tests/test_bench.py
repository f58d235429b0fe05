"""The benches' own machinery: pairs are made from texts that were not seen, and any file of pairs is measured."""

from __future__ import annotations

import importlib.util
import json
import random
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[1]
LINE = "Gemi sabah limana girdi, yolcular iskelede sessizce bekledi. Hava soğuktu. Kaptan köprüden el salladı."


def loaded(path: str, name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "bench" / path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def pairs(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT / "bench" / "scanlab"))
    return loaded("scanlab/pairs.py", "bench_pairs")


def test_a_file_of_pairs_is_measured(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "mine.jsonl"
    rows = [
        {"print": "kurulan yeni düzende güvenliğin", "ocr": "kurulan yeni diizende giivenligin", "severity": 2},
        {"id": "b", "print": "bir gün", "ocr": "bir giin"},
    ]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    loaded("accuracy.py", "bench_accuracy").main(["--pairs", str(file), "--per-doc"])
    shown = capsys.readouterr().out
    assert shown.startswith("== mine: 6 words")
    assert "severity 2" in shown
    assert "repaired 3/3" in shown
    assert "clean" not in shown, "other sets are measured when they are named"


def test_documents_hold_about_the_words_asked_for(pairs: ModuleType) -> None:
    text = pairs.marked([LINE], 60, random.Random(1))
    kinds = {row.partition(": ")[0] for row in text.split("\n")}
    assert text.startswith("T: ")
    assert kinds <= set("THOP")
    printed = [row for row in text.split("\n") if row[0] in "OP"]
    assert 60 <= len(" ".join(printed).split()) < 100
    assert text == pairs.marked([LINE], 60, random.Random(1))


def test_texts_that_were_printed_elsewhere_are_left_out(pairs: ModuleType, tmp_path: Path) -> None:
    file = tmp_path / "texts.jsonl"
    fresh = "Dağın eteğinde küçük bir köy vardı, oraya yılda iki kez postacı gelir ve akşama dönerdi."
    rows = [{"source": "a", "text": LINE}, {"source": "b", "text": fresh}, {"source": "c", "text": "Çok kısa."}]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    broken = LINE.replace("yolcular", "yolcu-\nlar")
    assert pairs.texts([file], pairs.runs(broken)) == {"b": [fresh]}


def test_no_face_is_both_learnt_from_and_blind(pairs: ModuleType) -> None:
    table = pairs.tomllib.loads((ROOT / "bench" / "scanlab" / "fonts.toml").read_text(encoding="utf-8"))
    learnt, blind = ({face for kind in table[group].values() for face in kind} for group in ("learn", "blind"))
    assert len(learnt) >= 40
    assert not learnt & blind
