"""What a collection teaches: counts that add up in any order, a file that people correct."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onar.batches import batch
from onar.batches.collection import Collection, Entry, Lesson, learn, lesson
from onar.changelog.changes import Change, Restoration
from onar.errors import InputError

words = st.sampled_from(["Şanghay", "Kazakistan", "güvenlik", "örgüt"])
keys = st.tuples(st.just("word"), words) | st.tuples(st.just("confusion"), st.sampled_from(["ü>ii", "ş>s"]))
lessons = st.lists(
    st.builds(Lesson, st.integers(0, 10**9).map(str), st.dictionaries(keys, st.integers(1, 5))),
    max_size=8,
    unique_by=lambda one: one.document,
)


def change(before: str, after: str, confidence: float = 0.99, status: str = "applied") -> Change:
    return Change("1", 0, len(before), 1, 1, 1, before, after, rules=("ş>s",), confidence=confidence, status=status)  # type: ignore[arg-type]


@given(lessons)
def test_order_and_repetition_change_nothing(some: list[Lesson]) -> None:
    once = learn(Collection(), some)
    assert learn(Collection(), [*reversed(some), *some]).dumps() == once.dumps()
    assert Collection.loads(once.dumps()) == once


@given(lessons, st.integers(0, 8))
def test_volumes_learnt_apart_and_merged_are_volumes_learnt_together(some: list[Lesson], cut: int) -> None:
    one, other = learn(Collection(), some[:cut]), learn(Collection(), some[cut:])
    one.merge(other)
    assert one == learn(Collection(), some)


def test_merging_what_shares_a_document_is_refused() -> None:
    one = learn(Collection(), [Lesson("a", {})])
    with pytest.raises(InputError, match="taught both"):
        one.merge(learn(Collection(), [Lesson("a", {})]))


def test_only_sure_whole_applied_words_teach() -> None:
    some = (
        change("«Sanghay»,", "«Şanghay»,"),
        change("baska", "başka", confidence=0.9),
        change("kisi", "kişi", status="flagged"),
        change("is", "iş"),
        change("is-\nbirligi", "iş-\nbirliği"),
        change("5isi", "5işi"),
    )
    found = lesson(Restoration("", some), "f" * 64)
    assert found.document == "f" * 16
    assert found.counts == {("word", "Şanghay"): 1, ("word", "işi"): 1, ("confusion", "ş>s"): 4}


@pytest.mark.parametrize(
    ("entry", "used"),
    [
        (Entry("learnt", 3, 2), True),
        (Entry("learnt", 2, 2), False),
        (Entry("learnt", 9, 1), False),
        (Entry("keep", 0, 0), True),
        (Entry("never", 99, 9), False),
    ],
)
def test_when_a_word_is_used(entry: Entry, used: bool) -> None:
    assert (Collection({("word", "Şanghay"): entry}).words() == ("Şanghay",)) is used


def test_people_correct_the_file_and_learning_respects_it(tmp_path: Path) -> None:
    path = tmp_path / "dergi.tsv"
    learn(Collection(), [Lesson(name, {("word", "ülkeletin"): 5}) for name in "ab"]).write(path)
    corrected = path.read_text("utf-8").replace("learnt\tword\tülkeletin", "never\tword\tülkeletin")
    path.write_text(corrected + "keep\tword\tŞİÖ\n\n", "utf-8")
    again = learn(Collection.read(path), [Lesson("c", {("word", "ülkeletin"): 5})])
    assert again.words() == ("ŞİÖ",)
    assert "never\tword\tülkeletin\t15\t3" in again.dumps()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("word\tx\n", "not an onar-collection/1"),
        ("# onar-collection/1\nlearnt word x 1 1\n", "line 2: must be"),
        ("# onar-collection/1\n\nlearnt\tword\tx\tmany\t1\n", "line 3: must be"),
        ("# onar-collection/1\nmaybe\tword\tx\t1\t1\n", "line 2: the state"),
        ("# onar-collection/1\nkeep\tverb\tx\n", "line 2: the state"),
        ("# onar-collection/1\nkeep\tword\t\n", "line 2: the state"),
    ],
)
def test_a_line_that_is_wrong_is_named(text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        Collection.loads(text)


def test_what_was_seen_once_is_forgotten_in_the_end() -> None:
    made = Collection({("word", "bir"): Entry("learnt", 1, 1), ("word", "iki"): Entry("keep", 1, 1)})
    made.prune()
    assert list(made.entries) == [("word", "iki")]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_batch_learns_first_and_restores_with_it(tmp_path: Path, jobs: int) -> None:
    for number in range(4):
        (tmp_path / "in").mkdir(exist_ok=True)
        (tmp_path / "in" / f"{number}.txt").write_text(f"Sayi {number}: giivenligi, Tiirkiye Tiirkiye\n")
    path = tmp_path / "dergi.tsv"
    summary = batch.run([tmp_path / "in"], tmp_path / "out", jobs=jobs, collection=path)
    first = path.read_bytes()
    assert summary.run.restored == 4
    assert len(Collection.read(path).taught) == 4
    assert Collection.read(path).words()
    again = batch.run([tmp_path / "in"], tmp_path / "out", jobs=jobs, collection=path)
    assert path.read_bytes() == first
    assert again.run.unchanged == 4
