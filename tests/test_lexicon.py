"""The lexicon: codes, membership, the automaton, numbers and prices, user words."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onar.errors import KnowledgeError
from onar.language import knowledge
from onar.language.lexicon import MADE, Lexicon, class_letter, decode, encode, folded

TURKISH = st.text(alphabet="abcçdefgğhıijklmnoöprsştuüvyzâîûé'", max_size=14)


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.load()


def walked(units: memoryview, code: str) -> bool:
    """The documented walk, letter by letter."""
    node = 0
    for byte in code.encode():
        unit = units[node]
        node ^= ((unit >> 10) << ((unit & 512) >> 6)) ^ byte
        if units[node] & 0x800000FF != byte:
            return False
    return bool(units[node] >> 8 & 1)


@given(TURKISH)
def test_codes_are_ascii_and_come_back(word: str) -> None:
    code = encode(word)
    assert code.isascii() and len(code) == len(word) and decode(code) == word


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("Türkiye’nin", "tUrkiye'nin"),
        ("IŞIK", "ISIk"),
        ("İSTANBUL", "istanbul"),
        ("Dâhil", "dAhil"),
        ("MİLLÎ", "millY"),
    ],
)
def test_encode(word: str, code: str) -> None:
    assert encode(word) == code


LISTED = """
türkiye'nin güvenliği ülkelerinin bağlamında sınır sinir dağılması yanı yani ilke ülke dâhil hâlini kâğıt imkân hükûmet
ankara'da istanbul erdoğan nato ab abd tbmm çünkü şöyle değil değildir olduğu gerektiği görüşülmüştür kitabı kitap
"""
MADE_FORMS = """
ilerletilmiştir jeopolitiktir ülkelerarası değerlendirilemediği hazırlanılmıyor kurumlararası mikroişlemci
"""
NOT_WORDS = "turkiye cok icin guvenligi degil oldugu ulkelerinin ogretim giivenligi iilke buyuk dunya xqzw gzüel"


@pytest.mark.parametrize("word", LISTED.split() + MADE_FORMS.split())
def test_turkish_is_known(lexicon: Lexicon, word: str) -> None:
    code = encode(word)
    assert code in lexicon and walked(lexicon.units, code) and lexicon.id(code) >= 0
    assert 0 < lexicon.cost(lexicon.id(code)) <= 255 / 12


@pytest.mark.parametrize("word", NOT_WORDS.split())
def test_stripped_and_broken_words_are_not(lexicon: Lexicon, word: str) -> None:
    assert not lexicon.known(encode(word))


@given(TURKISH)
def test_walk_and_membership_agree(word: str) -> None:
    lexicon, code = Lexicon.load(), encode(word)
    assert walked(lexicon.units, code) == (code in lexicon)
    assert (lexicon.id(code) >= 0) == (code in lexicon)


@pytest.mark.parametrize("plain", ["sinir", "oldu", "bag", "ulke", "yani", "kar", "guvenligi"])
def test_similar_is_all_that_folds_alike(lexicon: Lexicon, plain: str) -> None:
    found = lexicon.similar(plain)
    assert found and all(folded(code) == plain and code in lexicon for code in found)
    if plain == "bag":
        assert {"baG"} <= set(found)
    if plain == "kar":
        assert {"kar", "kAr"} <= set(found)


def test_common_words_are_cheap_and_numbered_low(lexicon: Lexicon) -> None:
    common, rare = lexicon.id("ve"), lexicon.id(encode("görüşülmüştür"))
    assert common < 10 < rare < MADE and lexicon.cost(common) < lexicon.cost(rare)
    assert lexicon.id(encode("ilerletilmiştir")) >= MADE


def test_numbers_are_all_different(lexicon: Lexicon) -> None:
    codes = [encode(word) for word in set(LISTED.split())]
    assert len({lexicon.id(code) for code in codes}) == len(codes)


@pytest.mark.parametrize(("word", "shares"), [("ankara", (0, 3, 0)), ("ve", (3, 0, 0)), ("tbmm", (0, 0, 3))])
def test_capitals(lexicon: Lexicon, word: str, shares: tuple[int, int, int]) -> None:
    case = lexicon.case(lexicon.id(word))
    assert (case & 3, case >> 2 & 3, case >> 4 & 3) == shares


def test_analyses_put_the_form_together(lexicon: Lexicon) -> None:
    found = lexicon.analyse(encode("değerlendirilemediği"))
    assert found and all(stem + ending == encode("değerlendirilemediği") for stem, ending, _ in found)
    assert [cost for *_, cost in found] == sorted(cost for *_, cost in found)
    assert not lexicon.analyse("kitapler") and not lexicon.analyse("evlarda")


@pytest.mark.parametrize(
    ("code", "known"),
    [
        ("Sanghay'In", True),
        ("Sanghay'in", False),
        ("obama'nin", False),
        ("obama'nIn", True),
        ("akp'nin", True),
        ("xqzwa'ya", False),
    ],
)
def test_suffixes_after_the_apostrophe_keep_harmony(lexicon: Lexicon, code: str, known: bool) -> None:
    assert lexicon.known(code) is known


def test_user_words_inflect_and_leave_the_lexicon_alone(lexicon: Lexicon) -> None:
    assert "zurbak" not in lexicon
    wider = lexicon.with_words(["Zurbak", "örtke"])
    for code in ("zurbak", "zurbak'In", "zurbak'tan", "Ortkelerimizde"):
        assert code in wider and any(walked(units, code) for units in wider.automata) and wider.id(code) >= MADE, code
    assert "zurbak" not in lexicon and "zurbak'in" not in wider
    assert wider.case(wider.id("zurbak")) == 12 and wider.with_words(["Zurbak"]) is wider
    assert "zurbak" in wider.similar("zurbak")


@pytest.mark.parametrize("word", ["the", "Security", "increases", "policy", "taken"])
def test_english_is_recognised(lexicon: Lexicon, word: str) -> None:
    assert lexicon.english(word)


@pytest.mark.parametrize("word", ["güvenlik", "ülke", "Türkiye", "giivenlik"])
def test_turkish_is_not_english(lexicon: Lexicon, word: str) -> None:
    assert not lexicon.english(word)


def test_class_letters_are_distinct() -> None:
    letters = [class_letter(k + h + s) for k in "nvp" for h in "aeoO" for s in "VNTHSX"]
    assert len(set(letters)) == 72 and all(letter.isascii() and letter.isprintable() for letter in letters)


def test_a_missing_file_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text('{"files": {"words.cost": {"size": 3}}}')
    (tmp_path / "words.cost").write_bytes(b"12")
    knowledge.manifest.cache_clear()
    monkeypatch.setattr(knowledge, "_directory", lambda: tmp_path)
    try:
        with pytest.raises(KnowledgeError, match=r"words\.dawg.*python -m onar\.wordlists\.compile"):
            knowledge.compiled.__wrapped__("words.dawg")
        with pytest.raises(KnowledgeError, match=r"words\.cost.*manifest"):
            knowledge.compiled.__wrapped__("words.cost")
    finally:
        monkeypatch.undo()
        knowledge.manifest.cache_clear()
