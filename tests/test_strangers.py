"""A strange foreign word that is one plain misreading away from one the document repeats was that word."""

from __future__ import annotations

import onar

ENGLISH = (
    "The lake of Vembrath is one of the deepest in the region, and the people of Vembrath have lived from its water "
    "since the early days of the settlement. The school of Vembrath was built in the last century. "
)
TURKISH = "Koyliiler sabah erkenden iiziim baglarina dogru yola cikti. Bu yil yagmurlar gec basladi.\n\n"


def test_a_misread_one_is_found(restorer: onar.Restorer) -> None:
    text = restorer.restore(TURKISH + ENGLISH * 2 + "The old road to Vembratb is closed in the winter.").text
    assert "road to Vembrath is" in text
    assert text.count("Vembrath") == 7


def test_seldom_is_not_enough(restorer: onar.Restorer) -> None:
    text = restorer.restore(TURKISH + ENGLISH + "The old road to Vembratb is closed in the winter.").text
    assert "road to Vembratb is" in text


def test_an_ending_is_no_misreading(restorer: onar.Restorer) -> None:
    text = restorer.restore(TURKISH + ENGLISH * 2 + "The two Vembraths are not the same in the winter.").text
    assert "two Vembraths are" in text
