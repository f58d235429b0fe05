"""Confidences: the table, the staircase, what the log is told of doubt, and how well they hold on scans kept back."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

import onar
from onar import KnowledgeError, Restorer
from onar.reading.confidence import SIGNS, Calibration, Read, signs_of
from onar.reading.proposals import SUSPICIOUS

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared" / "scans"
SAMPLES = sorted((ROOT / "seeds" / "samples").glob("*/ocr.txt"))
TABLE = (ROOT / "seeds" / "calibration.tsv").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def calibrate() -> ModuleType:
    """The script that fits and measures."""
    spec = importlib.util.spec_from_file_location("calibrate", ROOT / "bench" / "calibrate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["calibrate"] = module
    spec.loader.exec_module(module)
    return module


def test_the_table_has_a_weight_for_every_sign_and_rises() -> None:
    found = Calibration.load()
    assert len(found.weights) == len(SIGNS)
    assert list(found.scores) == sorted(set(found.scores))
    assert list(found.probabilities) == sorted(found.probabilities)
    assert found.probabilities[0] < 0.5 < 0.99 < found.probabilities[-1] < 1.0


@given(st.floats(-50, 50), st.floats(-50, 50))
def test_a_higher_score_is_never_less_probable(one: float, other: float) -> None:
    found = Calibration.load()
    low, high = sorted((one, other))
    assert 0.0 <= found.probability(low) <= found.probability(high) <= 1.0


@pytest.mark.parametrize(
    "broken",
    [
        TABLE.replace("sign\tposterior\t", "sign\tposteriori\t"),
        TABLE.replace("step\t", "stair\t"),
        TABLE + "step\t-99\t0.5\n",
        TABLE + "step\t99\t0.001\n",
        TABLE.replace("sign\talways\t", "sign\talways\tx"),
        "",
    ],
)
def test_a_broken_table_is_one_clear_error(broken: str) -> None:
    with pytest.raises(KnowledgeError, match=r"calibrate\.py"):
        Calibration.parse(broken)


def test_every_reading_has_its_signs() -> None:
    for window in Restorer().read("Tiirkiye'nin giivenligi icin 1990'li yillarda Zbrug¢ ve the security $IO. " * 3):
        signs = list(signs_of(window.sentences))
        assert len(signs) == sum(len(read.readings) for read in window.sentences) > 20
        assert {len(row) for row in signs} == {len(SIGNS)}
    assert list(signs_of([])) == list(signs_of([Read(Restorer()._knowledge.finder, [])])) == []


def doubts() -> list[tuple[str, onar.Change]]:
    found = []
    for path in SAMPLES:
        text = path.read_bytes().decode("utf-8")
        found += [(text, change) for change in onar.restore(text).changes if change.status == "flagged"]
    return found


@pytest.mark.skipif(not SAMPLES, reason="no samples in seeds/samples")
def test_suspicious_words_are_told_and_left() -> None:
    told = doubts()
    assert told, "no doubt at all in the samples"
    for text, change in told:
        assert text[change.start : change.end] == change.before
        assert not change.in_text
        beaten = change.before in [word for word, _ in change.alternatives]  # not plainly likelier than the word itself
        assert 0.0 <= change.confidence < (1.0 if beaten else max(0.5, SUSPICIOUS))
        assert all(0.0 <= share <= 1.0 for _, share in change.alternatives)
        assert sum(share for _, share in change.alternatives) + change.confidence <= 1.01


@pytest.mark.skipif(not SAMPLES, reason="no samples in seeds/samples")
def test_no_threshold_applies_a_doubt_about_a_word_that_was_left() -> None:
    text = SAMPLES[0].read_bytes().decode("utf-8")
    usual, all_applied = Restorer().restore(text), Restorer(min_confidence=0.0).restore(text)
    left = {(c.start, c.end) for c in all_applied.changes if c.status == "flagged"}
    applied = {(c.start, c.end) for c in all_applied.changes if c.status == "applied"}
    assert applied >= {(c.start, c.end) for c in usual.changes if c.status == "applied"}
    assert not left & applied
    nothing = Restorer(min_confidence=1.0).restore(text)
    assert sum(change.status == "applied" for change in nothing.changes) == 0
    assert nothing.text == text


def test_a_word_left_as_it_is_counts_as_no_change(tmp_path: Path) -> None:
    from cli_runs import run

    from onar.changelog.changes import Change, apply, revert

    left = Change("1", 0, 3, 1, 1, 1, "xyz", "xyz", status="flagged", confidence=0.4)
    assert apply("xyz", [left]) == revert("xyz", [left]) == "xyz"
    source = tmp_path / "a.txt"
    source.write_text("Zxqwv Zbrkt Qqwxz. " * 4, encoding="utf-8")
    done = run("restore", source, "--check")
    assert (done.code, done.out) == (0, b"")
    assert run("restore", source, "--diff").text == ""


def test_restoring_twice_applies_nothing_more() -> None:
    text = onar.restore("Tiirkiye'nin giivenligi Zbrug¢ icin yapilan calismalar diizenlidir. " * 3).text
    assert not [change for change in onar.restore(text).changes if change.in_text]


def test_the_staircase_rises_whatever_it_is_given(calibrate: ModuleType) -> None:
    scored = [(i / 100, (i * 7919) % 100 < i / 10) for i in range(1000)]
    steps = calibrate.staircase(scored)
    assert steps == sorted(steps)
    assert [p for _, p in steps] == sorted(p for _, p in steps)
    assert steps[0][1] < 0.15 < 0.85 < steps[-1][1]


def test_the_regression_finds_what_matters(calibrate: ModuleType) -> None:
    size = len(SIGNS)
    samples = []
    for i in range(600):
        sign = (i * 37 % 100) / 25 - 2
        right = (i * 7919 % 997) / 997 < 1 / (1 + 2.718281828 ** (-2 * sign))
        signs = (1.0, sign, *(0.0,) * (size - 2))
        samples.append(calibrate.Sample(signs, right, False, True, "a", "b"))
    weights = calibrate.regressed(samples)
    assert weights[1] == pytest.approx(2.0, abs=0.5)
    assert all(weight == 0.0 for weight in weights[2:])


def test_verdicts_are_about_whole_words(calibrate: ModuleType) -> None:
    printed = "bazı günler politi-\nkasına ve, dağılması"
    words = ["bazı", "gunler", "politikasına", "ve", "dağılmas", "ghwqx"]
    assert calibrate.verdicts(words, printed) == [True, False, True, True, False, None]


@pytest.mark.skipif(not (SHARED / "other.jsonl.xz").exists(), reason="no ../shared/scans here")
def test_confidences_hold_on_scans_that_took_no_part(calibrate: ModuleType) -> None:
    found = Calibration.load()
    samples = [s for name in ("kept back", "other") for s in calibrate.collected(SHARED.parent, name, 8, 1)]
    judged = sorted((found.probability(found.score(s.signs)), s.right, s.changed) for s in samples)
    changes = [(p, right) for p, right, changed in judged if changed]
    sure = [right for p, right in changes if p >= 0.95]
    assert len(sure) > 0.7 * len(changes)
    assert sum(sure) / len(sure) >= 0.985  # 0.99 on all of them (docs/confidence.md); this is every eighth
    rows = calibrate.bins(changes)
    assert sum(n * abs(mean - share) for _, _, n, mean, share in rows) / len(changes) <= 0.02
    wrong = sum(not right for _, right, _ in judged)
    least = sum(not right for _, right, _ in judged[: len(judged) // 20])
    assert least >= 0.5 * wrong  # 0.6 on all of them
