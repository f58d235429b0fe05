"""What evaluation counts, and that it counts as the shared scorers do."""

from __future__ import annotations

import importlib.util
import json
import lzma
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from onar.commands.evaluate import command
from onar.errors import InputError, OnarError
from onar.evaluation.evaluate import Confusion, Score, confusions, outcomes, score, score_pages
from onar.evaluation.evaluate_chart import chart
from onar.evaluation.evaluate_lines import read_alternatives, score_lines
from onar.evaluation.evaluate_words import normalise, page_words, paired

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
SAMPLES = ROOT / "seeds" / "samples"
needs_shared = pytest.mark.skipif(not SHARED.exists(), reason="the shared material does not stand beside the project")

# our name → the name in tools/score.py
NAMES = {
    "characters": "chars", "words": "words", "character_errors": "cerr", "word_errors": "werr", "core_words": "cwords",
    "core_errors": "cwerr", "raw_character_errors": "raw_cerr", "raw_word_errors": "raw_werr", "right": "right",
    "repaired": "rep", "missed": "still", "harmed": "harm", "changed_wrong": "chg_wrong", "changes": "chg",
    "good_changes": "chg_good",
}  # fmt: skip

texts = st.text(alphabet="aıiüşSİ-'’ .,\n\f", max_size=60)


def tool(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, SHARED / "tools" / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def documents() -> Iterator[tuple[str, str, str]]:
    """Print, something restored, OCR text: of all shared scans and cases, and of the samples."""
    for name in ("train", "other"):
        rows = lzma.decompress((SHARED / "scans" / f"{name}.jsonl.xz").read_bytes()).decode().splitlines()
        for row in map(json.loads, rows):
            yield row["print"], row.get("reread_tur") or row["ocr"].replace("ii", "ü"), row["ocr"]
    for folder in [*SHARED.glob("scans/own*"), *SHARED.glob("wild/*"), *SAMPLES.glob("*/")]:
        printed, ocr = ((folder / f"{name}.txt").read_bytes().decode() for name in ("print", "ocr"))
        yield printed, ocr.replace("ii", "ü").replace("gi", "ği").replace("\n\n", "\n"), ocr


@needs_shared
def test_the_same_counts_as_the_shared_scorer_on_all_material() -> None:
    theirs = tool("score")
    compared = 0
    for printed, restored, ocr in documents():
        ours, expected = score(printed, restored, ocr), theirs.score(printed, restored, ocr)
        assert {name: getattr(ours, name) for name in NAMES} == {name: expected[other] for name, other in NAMES.items()}
        compared += 1
    assert compared >= 360


@needs_shared
@given(texts, texts, texts)
def test_the_same_counts_as_the_shared_scorer_on_anything(printed: str, restored: str, ocr: str) -> None:
    ours, expected = score(printed, restored, ocr), tool("score").score(printed, restored, ocr)
    assert {name: getattr(ours, name) for name in NAMES} == {name: expected[other] for name, other in NAMES.items()}


@needs_shared
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # the scorer leaves its files open
def test_the_same_line_as_the_shared_article_scorer(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    seeds = SHARED / "seeds"
    article, printed = next(seeds.glob("000_*.txt")), next(seeds.glob("print_lines_*.txt"))
    table = next(seeds.glob("alternatives_*.tsv"))
    restored = tmp_path / "restored.txt"
    restored.write_bytes(article.read_bytes().decode().replace("ii", "ü").replace("digi", "diği").encode())
    arguments = ["score", str(printed), str(restored), str(article), "--alternatives", str(table), "--lines", "1-206"]
    monkeypatch.setattr("sys.argv", arguments)
    tool("score_article").main()
    rows = [path.read_bytes().decode() for path in (printed, restored, article)]
    ours = score_lines(
        rows[0],
        rows[1],
        rows[2],
        alternatives=read_alternatives(table.read_bytes().decode()),
        lines=(1, 206),
    )
    assert capsys.readouterr().out.startswith(
        f"words {ours.words}  WER {100 * ours.wer:.2f} %  raw WER {100 * ours.raw_wer:.2f} %  "
        f"repaired {ours.repaired}/{ours.damaged}  harmed {ours.harmed}/{ours.words - ours.damaged}"
    )


@given(texts, texts, texts)
def test_pages_add_up_to_the_document(printed: str, restored: str, ocr: str) -> None:
    pages = score_pages(printed, restored, ocr)
    assert len(pages) == printed.count("\f") + 1
    total = score(printed, restored, ocr)
    assert sum(pages, Score()) == total
    assert total.right + total.harmed + total.repaired + total.missed == total.words
    assert 0 <= total.good_changes <= total.changes


@given(texts, texts)
def test_a_text_left_alone_is_neither_repaired_nor_harmed(printed: str, ocr: str) -> None:
    found = score(printed, ocr, ocr)
    assert (found.repaired, found.harmed, found.changes, found.changed_wrong) == (0, 0, 0, 0)
    assert found.word_errors == found.raw_word_errors
    assert all(c.healed == c.added == 0 for c in confusions(printed, ocr, ocr))


@given(texts, texts)
def test_a_perfect_restoration_leaves_nothing(printed: str, ocr: str) -> None:
    found = score(printed, printed, ocr)
    assert (found.word_errors, found.character_errors, found.missed, found.harmed) == (0, 0, 0, 0)
    assert all(c.left == c.added == 0 for c in confusions(printed, printed, ocr))


@given(texts)
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    once = " ".join(word for page in page_words(text) for word in page)
    assert once == normalise(text)
    assert normalise(once) == once


def test_an_error_belongs_to_the_page_it_stands_on() -> None:
    first, second = score_pages("bir iki\füç dört", "bir iki\fuç dört", "bir 1ki\füç dort")
    assert (first.repaired, first.word_errors, second.repaired, second.harmed, second.words) == (1, 0, 1, 1, 2)


def test_a_word_broken_over_a_line_counts_once() -> None:
    assert score("güven-\nlik", "güven-\nlik", "giiven-\nlik").words == 1


def test_a_split_word_is_one_misread_word() -> None:
    assert [x.ocr for x in outcomes("bu toplantı da", "bu toplantı da", "bu top lanu da")] == ["bu", "top lanu", "da"]


def test_a_read_word_between_two_goes_to_the_one_it_shares_letters_with() -> None:
    assert [p.text for p in paired(["dağ", "toplantı"], ["toplanu"]).pairs] == ["", "toplanu"]


def test_confusions_healed_left_and_added() -> None:
    found = {c.name: c for c in confusions("ülke üye sınır", "ülke iiye sınğr", "iilke iiye sınır")}
    assert found["ü>ii"] == Confusion("ü>ii", healed=1, left=1)
    assert found["ı>ğ"] == Confusion("ı>ğ", added=1)


def test_alternatives_count_as_right() -> None:
    table = read_alternatives("line\ttoken\talternatives\n1\tŞİÖ’nün\tŞİÖ nün|ŞİÖnün")
    assert score_lines("ŞİÖ’nün sınırı", "ŞİÖ nün sınırı", "SIO nun sinir", table).errors == 0
    assert score_lines("ŞİÖ’nün sınırı", "ŞİÖ nün sınırı", "SIO nun sinir").errors == 2


def test_a_table_without_a_heading_loses_no_row() -> None:
    assert read_alternatives("29\tİnkılap\tİnkılâp")[29] == [(["İnkılap"], ["İnkılâp"])]


@pytest.mark.parametrize("row", ["1\tyalnız iki", "x\ta\tb", "²\ta\tb"])
def test_a_bad_row_is_named(row: str) -> None:
    with pytest.raises(InputError, match=r"mine.tsv:2: .*tabs"):
        read_alternatives(f"1\ta\tb\n{row}", "mine.tsv")


@given(st.lists(st.builds(Confusion, st.text(max_size=20), *[st.integers(0, 999)] * 3), max_size=40))
def test_the_chart_is_xml_whatever_was_read(table: list[Confusion]) -> None:
    tree = ET.fromstring(chart(table))
    shown = [re.fullmatch(r"(\d+) → (\d+)", t.text or "") for t in tree.iter("{http://www.w3.org/2000/svg}text")]
    numbers = [(int(found[1]), int(found[2])) for found in shown if found]
    assert len(numbers) == min(len(table), 21)
    assert sum(before for before, _ in numbers) == sum(c.before for c in table)
    assert sum(wrong for _, wrong in numbers) == sum(c.left + c.added for c in table)


def run(tmp_path: Path, *options: str, ocr: bytes = b"yeni diizende") -> tuple[int, str]:
    (tmp_path / "print.txt").write_text("yeni düzende", encoding="utf-8")
    (tmp_path / "ocr.txt").write_bytes(ocr)
    (tmp_path / "restored.txt").write_text("yeni düzende", encoding="utf-8")
    paths = {name: str(tmp_path / f"{name}.txt") for name in ("print", "ocr", "restored")}
    found = CliRunner().invoke(command, ["--print", paths["print"], "--ocr", paths["ocr"], paths["restored"], *options])
    if isinstance(found.exception, OnarError):
        return found.exception.exit_code, str(found.exception)
    return found.exit_code, found.output


def test_the_command_prints_the_figures(tmp_path: Path) -> None:
    code, out = run(tmp_path)
    assert code == 0
    assert "WER        0.00 %   was 50.00 %   (0 of 2 words)" in out
    assert "repaired   1 of 1 damaged words" in out


def test_the_command_in_json_by_page_and_by_confusion(tmp_path: Path) -> None:
    found = json.loads(run(tmp_path, "--json", "--by", "page")[1])
    assert found["repaired"] == sum(page["repaired"] for page in found["pages"]) == 1
    rows = json.loads(run(tmp_path, "--json", "--by", "confusion")[1])["confusions"]
    assert rows == [{"confusion": "ü>ii", "before": 1, "healed": 1, "left": 0, "added": 0}]


def test_the_command_by_page_and_confusion_as_text(tmp_path: Path) -> None:
    assert "    1      2   0.00 %  50.00 %         1       0       0" in run(tmp_path, "--by", "page")[1]
    assert "      1       1      0      0  ü>ii" in run(tmp_path, "--by", "confusion")[1]


def test_the_command_draws_a_chart(tmp_path: Path) -> None:
    assert run(tmp_path, "--chart", str(tmp_path / "chart.svg"))[0] == 0
    assert ET.parse(tmp_path / "chart.svg").getroot().tag.endswith("svg")
    assert not list(tmp_path.glob(".*"))


def test_what_cannot_be_read_is_one_clear_error(tmp_path: Path) -> None:
    code, message = run(tmp_path, ocr=b"yeni d\xfczende \x00\x01\x02" * 40)
    assert (code, message.count("\n")) == (3, 0)
    assert "ocr.txt" in message
    assert run(tmp_path, "--print", str(tmp_path / "none.txt"))[0] == 3
    assert run(tmp_path, "--chart", str(tmp_path / "print.txt" / "chart.svg"))[0] == 3


def test_texts_too_long_to_align_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onar.commands.evaluate._LONGEST", 5)
    code, message = run(tmp_path)
    assert code == 3
    assert message.endswith("evaluate it in parts, their counts add up")


def test_control_characters_do_not_reach_the_terminal(tmp_path: Path) -> None:
    assert "\x1b" not in run(tmp_path, "--by", "confusion", ocr=b"yeni d\x1b[31mzende")[1]
