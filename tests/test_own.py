"""What a document's own words make of candidates; dotted abbreviations, codes, words printed together, misprints."""

from __future__ import annotations

import pytest

import onar
from onar.channel.confusions import load_channel
from onar.language.lexicon import Lexicon
from onar.reading.candidate import Candidate, Expectations
from onar.reading.own import with_own
from onar.reading.typeface import Typeface

FILLER = " Toplantida biitiin iiyeler soz aldi ve giindem goriisiildii."


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("Sirket A.S. olarak kuruldu", "Şirket A.Ş. olarak kuruldu"),
        ("Kral M.O. 300 yilinda oldii", "Kral M.Ö. 300 yılında öldü"),
        ("Bu yil H1N1 viriisii yayildi", "Bu yıl H1N1 virüsü yayıldı"),
        ("Takim A2 Milli Takimina yenildi", "Takım A2 Milli Takımına yenildi"),
        ("Konutu TOK1 yapti", "Konutu TOKİ yaptı"),
        ("Macta cektiGalatasaray kazandi", "Maçta çektiGalatasaray kazandı"),
        ("Galatasaray': yendi", "Galatasaray'ı yendi"),
        ("Kanun 2010°dan beri gecerli", "Kanun 2010'dan beri geçerli"),
        ("Ali sinifta 5'nci oldu", "Ali sınıfta 5'nci oldu"),
    ],
)
def test_odd_words(restorer: onar.Restorer, read: str, printed: str) -> None:
    text = restorer.restore(f"{read}.{FILLER}").text
    assert text.replace("’", "'").startswith(f"{printed}.")


@pytest.mark.parametrize(
    "text", ["B.S. adli kisi geldi", "Skor 1 0 oldu", "Kitap OpenSSH ve InnoDB anlatir", "SP1 paketi cikti"]
)
def test_their_twins_stay(restorer: onar.Restorer, text: str) -> None:
    restored = restorer.restore(f"{text}.{FILLER}").text
    for token in ("B.S.", "1 0", "OpenSSH", "InnoDB", "SP1"):
        assert (token in text) == (token in restored)


def test_a_strange_spelling_that_is_repeated_is_its_own_word(restorer: onar.Restorer) -> None:
    line = "Derslerin AKTS degeri yonetmelikte yazilidir ve AKTS kredisi ogrenciye bildirilir.\n"
    assert restorer.restore(line * 4).text.count("AKTS") == 8


def test_a_strange_name_that_is_repeated_gets_its_marks_as_if_it_stood_once(restorer: onar.Restorer) -> None:
    line = "Cikolata ustasi Yigit Zeyneloglu muhabirine aciklama yapti ve giivenligi anlatti.\n"
    once = restorer.restore(line).text
    assert "Zeyneloğlu" in once
    assert restorer.restore(line * 4).text == once * 4


def test_a_misprint_is_told_and_left(restorer: onar.Restorer) -> None:
    source = (
        "Yazarlar bu konuda ortak bir menafaat olmadigini belirttiler. Toplantida soz alan uyeler gundem maddelerini "
        "birer birer ele aldilar ve sonunda kararlar oy birligi ile kabul edildi. Kitapta bu olaylar anlatilmaktadir. "
    )
    result = restorer.restore(source)
    assert "menafaat" in result.text
    assert any(c.before == "menafaat" and c.status == "flagged" and c.after == "menfaat" for c in result.changes)


def test_nought_may_be_a_pronoun() -> None:
    restorer = onar.Restorer(rules="printed\tread\tcost\no\t0\t3.0\n")
    text = restorer.restore("Ancak 0 zaman anladi ki mac 1 0 bitmisti.").text
    assert text == "Ancak o zaman anladı ki maç 1 0 bitmişti."


def test_what_a_spelling_mostly_was_is_likelier() -> None:
    lexicon, face = Lexicon.load(), Typeface(load_channel(()))
    found = {w: Candidate(w, i, i, 1.0) for i, w in enumerate(("sınır", "sinir"))}
    expected = Expectations(senses={"sinir": {"sInIr": 0.0, "sinir": 1.5}})
    told = with_own(found, "sinir", expected, face, lexicon)
    assert (told["sınır"].cost, told["sinir"].cost) == (1.0, 2.5)
