"""The options of a restorer: words, dictionary, signature, progress, long texts in windows."""

from __future__ import annotations

import pickle
from itertools import pairwise
from pathlib import Path

import pytest
from cli_runs import run
from hypothesis import given
from hypothesis import strategies as st

import onar
from onar import InputError, Restorer, restore
from onar.reading import windows as windows_module
from onar.reading.windows import windows

DAMAGED = "Bu sehirde yapilan giivenlik calismalari icin Tiirkiye'nin ilkeleri diizenli olarak gozden gecirilir. "


@pytest.fixture
def dictionary(tmp_path: Path) -> Path:
    """A Hunspell dictionary with a name, two words, and a suffix that only Hunspell can add."""
    path = tmp_path / "benim.dic"
    path.write_text("4\nŞurbakan\nkuvantlama\nqualitaz/A\ngiizellik\n", encoding="utf-8")
    path.with_suffix(".aff").write_text("SET UTF-8\nSFX A Y 1\nSFX A 0 oz .\n", encoding="utf-8")
    return path


def test_a_word_of_ones_own_is_found_in_all_its_forms() -> None:
    # a name no list of ours has
    assert Restorer(words=["Şurbakan"]).restore("Bu yil Surbakan'in giivenligi").text == "Bu yıl Şurbakan'ın güvenliği"
    assert "Şurbakan'ın" not in restore("Bu yil Surbakan'in giivenligi").text


def test_words_from_a_file(tmp_path: Path) -> None:
    words, source = tmp_path / "adlar.txt", tmp_path / "a.txt"
    words.write_text("# adlar\nŞanghay\n", encoding="utf-8")
    source.write_text("Bu yil Sanghay’in giivenligi", encoding="utf-8")
    assert run("restore", source, "--words", words).text == "Bu yıl Şanghay’ın güvenliği"


def test_empty_words_and_repeated_ones_make_no_difference() -> None:
    assert Restorer(words=["", " ", "Şurbakan", "Şurbakan"]).signature == Restorer(words=["Şurbakan"]).signature


def test_words_of_a_dictionary_are_candidates(dictionary: Path) -> None:
    made = Restorer(dictionary=dictionary)
    assert made.restore(DAMAGED + "Surbakan'da kuvantlamanin").text.endswith("Şurbakan'da kuvantlamanın")


def test_a_word_the_dictionary_accepts_is_not_doubted(dictionary: Path) -> None:
    text = DAMAGED + "sonra giizellik ve qualitazoz"
    touched = {change.before for change in restore(text).changes}
    assert "giizellik" in touched
    changes = Restorer(dictionary=dictionary).restore(text).changes
    assert not {change.before for change in changes if change.in_text} & {"giizellik", "qualitazoz"}


def test_a_restorer_with_a_dictionary_can_be_sent_elsewhere(dictionary: Path) -> None:
    made = Restorer(dictionary=dictionary)
    expected = made.restore(DAMAGED).text
    again = pickle.loads(pickle.dumps(made))
    assert again.restore(DAMAGED).text == expected
    assert again.signature == made.signature


@pytest.mark.parametrize("missing", [".dic", ".aff"])
def test_a_dictionary_with_a_file_missing_is_one_clear_error(dictionary: Path, missing: str) -> None:
    dictionary.with_suffix(missing).unlink()
    with pytest.raises(InputError, match=r"No such file.*: give a .dic file"):
        Restorer(dictionary=dictionary).restore("a")


@pytest.mark.parametrize("encoding", ["NONSENSE-9", "UTF-8"])
def test_a_dictionary_in_no_known_encoding_is_one_clear_error(dictionary: Path, encoding: str) -> None:
    dictionary.with_suffix(".aff").write_text(f"SET {encoding}\n", encoding="ascii")
    dictionary.write_bytes(b"1\n\xff\xfe\n")
    with pytest.raises(InputError, match="correct SET"):
        Restorer(dictionary=dictionary).restore("a")


def test_a_text_is_no_dictionary(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"give the .dic file"):
        Restorer(dictionary=tmp_path / "a.txt").restore("a")


def test_many_words_of_a_dictionary_are_added_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "cok.dic"
    letters = "abdegkmnprstuvyz"
    words = [f"qx{a}{b}{c}ğ" for a in letters for b in letters for c in letters[:4]]
    path.write_text(f"{len(words)}\n" + "\n".join(words), encoding="utf-8")
    path.with_suffix(".aff").write_text("SET UTF-8\n", encoding="utf-8")
    assert Restorer(dictionary=path).explain("qxabag").printed == "qxabağ"


def test_the_signature_tells_options_and_knowledge_apart(tmp_path: Path, dictionary: Path) -> None:
    rules = tmp_path / "r.tsv"
    rules.write_text("printed\tread\tcost\nğ\tq\t0.5\n", encoding="utf-8")
    made = [
        Restorer(),
        Restorer(words=["Şurbakan"]),
        Restorer(rules=rules),
        Restorer(min_confidence=0.7),
        Restorer(keep_foreign=False),
        Restorer(dictionary=dictionary),
    ]
    signatures = [repr(one.signature) for one in made]
    assert len(set(signatures)) == len(made)
    assert [repr(one.signature) for one in made] == signatures
    assert made[0].signature["knowledge"]


def test_a_dictionary_that_changed_has_another_signature(dictionary: Path) -> None:
    before = Restorer(dictionary=dictionary).signature
    dictionary.write_text("1\nbaşka\n", encoding="utf-8")
    assert Restorer(dictionary=dictionary).signature != before


def test_progress_rises_to_one() -> None:
    heard: list[float] = []
    Restorer().restore((DAMAGED * 3 + "\n\n") * 5, progress=heard.append)
    assert heard == sorted(heard)
    assert heard[-1] == 1.0
    assert len(heard) > 5


def test_progress_changes_nothing() -> None:
    heard: list[float] = []
    assert Restorer().restore(DAMAGED, progress=heard.append) == restore(DAMAGED)


@given(st.text(st.sampled_from("ab-\n\r\f \u00ad"), max_size=200), st.integers(2, 50))
def test_windows_cover_a_text(text: str, size: int) -> None:
    found = list(windows(text, size))
    assert found[0][0] == 0
    assert found[-1][1] == len(text)
    assert all(before[1] == after[0] for before, after in pairwise(found))
    assert all(end - start <= size and (end > start or not text) for start, end in found)


def test_what_one_window_teaches_the_next_one_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    first = DAMAGED * 8 + "Sanghay Isbirligi Orgiitii (SIO) kuruldu. " + DAMAGED * 4
    text = first + "\n\n" + DAMAGED * 8 + "Sonra $IO'niin iiyeleri toplandi. " + DAMAGED * 8
    assert "ŞİÖ'nün" in restore(text).text
    monkeypatch.setattr(windows_module, "WINDOW", len(first) + 10)
    found = restore(text)
    assert len(list(windows(text))) > 1
    assert "ŞİÖ'nün" in found.text
    assert onar.revert(found.text, found.changes) == text


def test_places_are_those_of_the_whole_text(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "\n\n".join([DAMAGED * 2] * 6)
    monkeypatch.setattr(windows_module, "WINDOW", 400)
    made = Restorer()
    found = made.restore(text)
    assert all(text[change.start : change.end] == change.before for change in found.changes)
    assert onar.apply(text, found.changes) == found.text


def test_the_number_of_processes_changes_nothing() -> None:
    texts = [DAMAGED, DAMAGED * 3, ""]
    made = Restorer(words=["Şurbakan"])
    assert list(made.restore_many(texts, jobs=2)) == [made.restore(text) for text in texts]
