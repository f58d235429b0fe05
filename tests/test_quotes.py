"""Quotation marks: those that lack the other one go as specks, pairs and suffixes keep theirs."""

from __future__ import annotations

import pytest

import onar

AROUND = (
    "Kurul diin toplandi ve biitceyi gorusiip kabul etti. {} Toplantiya biitiin iiyeler katildi, sonra koye dagildilar."
)


def restored(restorer: onar.Restorer, sentence: str) -> str:
    source = AROUND.format(sentence)
    result = restorer.restore(source)
    assert onar.revert(result.text, result.changes) == source
    return result.text.split(". ", 1)[1].rpartition(" Toplantıya")[0]


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("Siyasi 'gozlemciler secimin ertelenmesini bekliyor.", "Siyasi gözlemciler seçimin ertelenmesini bekliyor."),
        ("Siyasi ‘gozlemciler secimin ertelenmesini bekliyor.", "Siyasi gözlemciler seçimin ertelenmesini bekliyor."),
        ("Biiyiik 'boliimiinden “histon” cikti.", "Büyük bölümünden “histon” çıktı."),
        ("Tarihi 'giin icin Tiirkiye'den heyet geldi.", "Tarihi gün için Türkiye'den heyet geldi."),
        ("Yeni arac yol kenarinda' duruyordu.", "Yeni araç yol kenarında duruyordu."),
    ],
)
def test_a_mark_without_the_other_one_goes(restorer: onar.Restorer, read: str, printed: str) -> None:
    assert restored(restorer, read) == printed


@pytest.mark.parametrize(
    "sentence",
    [
        "Ona 'giizel giinler' diledi.",
        "Iste 'ruh'un yeni kaniti bulundu.",
        "Bu 'gizli reklam'lari yasakladi.",
        "Davalilar A. 'nin evinde bulustu.",
        'Biitiin "sair ve yazarlar" geldi.',
        "Bunu 'diin aksam geldi' diye anlatti.",
        "Kimse 'Ben geldim' demedi.",
        "Cocuk eve geldi' diye yazdilar.",
        "Sarkici rock'n roll soyledi.",
    ],
)
def test_what_was_printed_stays(restorer: onar.Restorer, sentence: str) -> None:
    def marks(text: str) -> list[str]:
        return [c for c in text if c in "'’\""]

    assert marks(restored(restorer, sentence)) == marks(sentence)
