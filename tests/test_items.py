"""Items of an enumeration: Roman numerals, signs that are letters, what an item begins with; and words with a figure."""

from __future__ import annotations

import pytest

import onar

AROUND = "Asagidaki hiikiimler uygulanir: {} Koyliiler bu yil da yagmur bekledi, sonra dagildilar."


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("(i) girdiler, (ii) ciktilar ve (iii) olciiler.", "(i) girdiler, (ii) çıktılar ve (iii) ölçüler."),
        (
            "a) ilgili kisi, b) iki hafta icinde, ¢) istege bagli.",
            "a) İlgili kişi, b) İki hafta içinde, ç) İsteğe bağlı.",
        ),
        ("bu maddenin (a) bendine gore ilgili kisi.", "bu maddenin (a) bendine göre ilgili kişi."),
        ("Kurul (eski adiyla meclis) istifa etti.", "Kurul (eski adıyla meclis) istifa etti."),
    ],
)
def test_items(restorer: onar.Restorer, read: str, printed: str) -> None:
    assert printed in restorer.restore(AROUND.format(read)).text


@pytest.mark.parametrize("word", ["tv8'den", "Tip3", "m2'dir", "20mm"])
def test_a_word_with_a_figure_stays(restorer: onar.Restorer, word: str) -> None:
    assert f" {word} " in restorer.restore(AROUND.format(f"Bu aksam {word} soz edildi.")).text
