"""Capitals given for an end of a sentence that was none."""

from __future__ import annotations

import pytest

import onar

AROUND = "Kurul diin toplandi ve biitceyi gorusiip kabul etti. {} Toplantiya biitiin iiyeler katildi, sonra dagildilar."


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        (
            "Onlar pismanlik ifade etmek\n\nigin buraya geldiler.",
            "Onlar pişmanlık ifade etmek\n\niçin buraya geldiler.",
        ),
        ("Evlerin kiralar! icin para yatirildi.", "Evlerin kiraları için para yatırıldı."),
        ("Birinci boliim\n\nIcinde yasadigimiz cag.", "Birinci bölüm\n\nİçinde yaşadığımız çağ."),
    ],
)
def test_the_capital_goes_with_the_end_and_stays_with_it(restorer: onar.Restorer, read: str, printed: str) -> None:
    assert printed in restorer.restore(AROUND.format(read)).text
