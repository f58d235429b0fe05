from __future__ import annotations

import re

import pytest
from test_diagnose import LAB, SHARED

from onar import restore, revert
from onar.ailments.ward import ENGLISH, TURKISH, Ward, joins, lost_letters
from onar.channel.confusions import Channel
from onar.channel.rules import read_rules
from onar.evaluation.evaluate import score
from onar.evaluation.evaluate_lines import read_alternatives, score_lines
from onar.language.lexicon import Lexicon
from onar.language.spelling import is_listed, is_right, is_turkish
from onar.language.tables import cells
from onar.segment import cut

LEXICON = Lexicon.load()
PROSE = "\n\n".join(LAB.own_prose())
MOST = {
    "codepages": 2.0,
    "fontmaps": 1.0,
    "accents": 1.0,
    "glyphloss": 12.0,
    "fillers": 8.0,
    "english": 5.0,
    "turkish": 3.0,
    "lost all": 30.0,  # every letter with a mark is gone: most of what tells words apart
}
"""Word error rates (%) at most, restored, on our own prose broken by each mechanism."""


@pytest.mark.parametrize("name", LAB.MECHANISMS)
def test_each_mechanism_is_undone_with_next_to_no_harm(name: str) -> None:
    family, break_ = LAB.MECHANISMS[name]
    prose = PROSE if name != "lost all" else PROSE[:4000]  # the slowest by far
    broken = break_(prose)
    restored = restore(broken)
    assert revert(restored.text, restored.changes) == broken
    assert restored.text.count("\n") == broken.count("\n")
    texts = [prose, restored.text, broken]
    if name == "rules beside columns":
        texts = [re.sub(r"\s+", " ", text) for text in texts]
    found = score(*texts)
    assert found.words > (2000 if prose == PROSE else 400)
    assert 100 * found.wer <= MOST.get(name, MOST[family]), found
    assert found.wer <= found.raw_wer
    assert found.harm <= (0.005 if family not in ("english", "fillers", "glyphloss") else 0.02), found


def test_right_prose_is_not_touched() -> None:
    assert restore(PROSE).changes == ()


WILD_AT_MOST = {"w03": 10.0, "w07": 12.0, "w10": 20.0, "w14": 3.0, "w16": 3.0, "w18": 15.6}


@pytest.mark.parametrize("case", WILD_AT_MOST)
def test_the_wild_cases_come_out_as_well_as_promised(case: str) -> None:
    place = next(iter((SHARED / "wild").glob(f"{case}_*")), None)
    if place is None:
        pytest.skip("no ../shared/wild beside the project")
    printed, read = ((place / name).read_text(encoding="utf-8") for name in ("print.txt", "ocr.txt"))
    table = read_alternatives((place / "alternatives.tsv").read_text(encoding="utf-8"), place.name)
    found = score_lines(printed, restore(read).text, read, table, None)
    assert 100 * found.wer <= WILD_AT_MOST[case]
    assert found.harmed <= 0.01 * found.words


@pytest.mark.parametrize("name", ["turkish_ocr.tsv", "glyphloss.tsv"])
def test_every_channel_row_explains_its_witness(name: str) -> None:
    rules = read_rules(LAB.ROOT / "seeds" / name)
    channel = Channel(rules)
    for rule in rules:
        read, _, printed = rule.witness.replace("␣", " ").partition("=")
        cost, _ = channel.cost(printed, read)
        assert cost < 60, rule


def test_lost_letters_are_noticed_in_long_text_only() -> None:
    assert lost_letters("Kaz lar") == ""
    assert lost_letters(PROSE) == ""
    assert set(lost_letters(re.sub("[ığĞ]", " ", PROSE))) == set("ığĞ")


def test_pieces_join_over_a_lost_letter() -> None:
    atoms = list(cut("Köro lu ve araştı ma, bir ev"))
    assert list(joins(atoms, "ığĞ", LEXICON)) == [("Köro lu", "Köroğlu")]


def test_each_passage_has_its_own_ailment() -> None:
    lost = re.sub("[ığşİŞĞ]", " ", PROSE)
    ward = Ward(lost, LEXICON)
    assert (ward.ailment(lost, True) or ENGLISH).family == "glyphloss"
    assert Ward("Tiirkiye'nin giivenligi", LEXICON).ailment("Tiirkiye'nin giivenligi", True) == ENGLISH
    assert Ward(PROSE, LEXICON).ailment(PROSE, False) is None
    poor = LAB.poor(PROSE)
    assert Ward(poor, LEXICON).ailment(poor, False) == TURKISH


def test_words_left_without_their_marks_by_people_are_no_misreading() -> None:
    text = PROSE + " gögsünü verdiginiz icin daglarda gectigi olmadıgını dogru onceki sevdigini cıkanların bugune " * 3
    assert Ward(text, LEXICON).ailment(text, False) is None


@pytest.mark.parametrize("row", cells("spelling_1930s.tsv"), ids=lambda row: str(row["old"]))
def test_old_spelling_is_right(row: dict[str, str]) -> None:
    old, _, new = row["witness"].partition("=")
    assert row["old"] in old and old.replace(row["old"], row["new"]) == new
    if is_listed(new, LEXICON):
        assert is_right(old, LEXICON)


def test_a_newspaper_of_1936_keeps_its_spelling() -> None:
    text = "Kendilerile görüşmeler yapıyoruz. Mevzua istikamet verdi. Plânları duyulmıyacaktır, işletmiye açılacak."
    assert restore(text).text == text


@pytest.mark.parametrize(
    ("text", "turkish"),
    [
        ("Tiirkiye'nin giivenligi ve bolgesel isbirligi konusunda yapilan calismalar sonucunda kurulan orgiit", True),
        ("Die Flüsse fließen durch die größten Städte, öffentliche Gebäude stehen in Düsseldorf", False),
        ("Aceasta este frumoasă și oamenii foarte ospitalieri învățătorul copiii știu citească lumea așteaptă", False),
        ("kısa", True),
    ],
)
def test_turkish_is_known_under_its_damage(text: str, turkish: bool) -> None:
    assert is_turkish(text, LEXICON) is turkish
