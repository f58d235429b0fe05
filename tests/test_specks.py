"""Specks beside words: lone marks that go, spaces that come back, and what must stay."""

from __future__ import annotations

import pytest

import onar
from onar.language.tables import cells

AROUND = (
    "Kurul diin toplandi ve biitceyi gorusiip kabul etti.\n{}\nToplantiya biitiin iiyeler katildi, sonra dagildilar."
)


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("Yeni yonetim biitiin iilkeyi dolasti. :", "Yeni yönetim bütün ülkeyi dolaştı."),
        ("_ Giivenlik giicleri bolgeyi kusatti.", "Güvenlik güçleri bölgeyi kuşattı."),
        ("~ Giivenlik giicleri bolgeyi kusatti. . ;", "Güvenlik güçleri bölgeyi kuşattı."),
        ("Halk sokaklara cikti ve daha.fazla bekledi.", "Halk sokaklara çıktı ve daha fazla bekledi."),
        ("Ekonomik iyilesme-ve gelisme bekleniyor.", "Ekonomik iyileşme ve gelişme bekleniyor."),
        ("Kurul bu konuda hicbir-degisiklik yapmadi.", "Kurul bu konuda hiçbir değişiklik yapmadı."),
        ("Baskan, Yargitay'in.bu kararina uyacagini soyledi.", "Başkan, Yargıtay'ın bu kararına uyacağını söyledi."),
        ("Arka direkte.iyi yiikselen oyuncu golii atti.", "Arka direkte iyi yükselen oyuncu golü attı."),
        ("Bina yapilirken:malzeme depoda bekletildi.", "Bina yapılırken malzeme depoda bekletildi."),
        ("Sokaklarinda_yiizbinlerce insan vardi.", "Sokaklarında yüzbinlerce insan vardı."),
    ],
)  # fmt: skip
def test_specks_go(restorer: onar.Restorer, read: str, printed: str) -> None:
    source = AROUND.format(read)
    result = restorer.restore(source)
    assert result.text.split("\n")[1] == printed
    assert onar.revert(result.text, result.changes) == source


@pytest.mark.parametrize(
    "line",
    [
        "- Nerede kaldın, bütün gün seni bekledim.",
        "* Birinci maddede güvenlik",
        "| Yıl | Nüfus | Artış |",
        "Ali : Veli : Ayşe : Fatma :",
        "Sarı-kırmızılı takım bordo-mavililere yenildi.",
        "Giriş-çıkış kapısında anne-babası bekledi.",
        "Bu konuda geniş bilgi için bkz. - 12 -",
        ": : :",
    ],
)
def test_what_is_printed_stays(restorer: onar.Restorer, line: str) -> None:
    def marks(text: str) -> list[str]:
        return [c for c in text if not c.isalnum() and not c.isspace()]

    assert marks(restorer.restore(AROUND.format(line)).text) == marks(AROUND.format(line))


def test_no_line_moves(restorer: onar.Restorer) -> None:
    source = AROUND.format(":\n_ \nGiivenlik giicleri :")
    assert restorer.restore(source).text.count("\n") == source.count("\n")


def test_bullets_are_specks_only_inside_a_sentence() -> None:
    for row in cells("specks.tsv"):
        assert len(row["mark"]) == 1
        assert row["sentence"] == "inside" or row["mark"] not in "-–—*•·+>»«"
