"""What a first reading teaches the second: terms, words, the typeface, the apostrophe."""

from __future__ import annotations

import onar

HEAD = "Goller Yoresi Imece Orgiitii (GYIO) gecen yil kuruldu ve iki kdyde calismaya basladi.\n"


def test_a_defined_acronym_is_read_so_throughout(restorer: onar.Restorer) -> None:
    text = restorer.restore(HEAD + "Koyliiler GYIO ile calisti; GYIO koye su getirdi.\n").text
    assert text.count("GYİÖ") == 3


def test_without_its_definition_it_is_left(restorer: onar.Restorer) -> None:
    assert "GYİÖ" not in restorer.restore("Koyliiler GYIO ile calisti; GYIO koye su getirdi.\n").text


def test_documents_teach_themselves_alone(restorer: onar.Restorer) -> None:
    alone = restorer.restore("Bu yil GYIO kuruldu.")
    restorer.restore(HEAD * 5)
    assert restorer.restore("Bu yil GYIO kuruldu.") == alone


def test_the_apostrophe_of_the_document_is_kept(restorer: onar.Restorer) -> None:
    for mark in "'’":
        text = f"Ankara{mark}da ve Bursa{mark}da yagmur vardi. Gecen yil Istanbulda kar yagdi."
        assert f"İstanbul{mark}da" in restorer.restore(text).text


def test_right_words_that_recur_are_not_drawn_to_each_other(restorer: onar.Restorer) -> None:
    text = "Nazmi koye geldi. Nazim sehre gitti. " * 5
    restored = restorer.restore(text).text
    assert restored.count("Nazmi") == restored.count("Nazım") == 5
