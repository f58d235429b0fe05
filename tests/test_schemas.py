"""ALTO stays valid: whatever is restored, joined, split or taken out, a validating parser takes the file as before."""

from __future__ import annotations

from itertools import accumulate
from pathlib import Path

import pytest
import xmlschema
from hypothesis import given
from hypothesis import strategies as st

from onar.changelog.changes import Change, Restoration, locate
from onar.documents import open_document
from onar.restore import Restorer

HERE = Path(__file__).parent
ALTO = xmlschema.XMLSchema(HERE / "schemas" / "alto-3.xsd")
SCANS = [*HERE.parent.glob("seeds/samples/*/page_*.xml"), *HERE.parents[1].glob("shared/scans/own0*/alto/p_*.xml")]
HEAD = (
    '<alto xmlns="http://www.loc.gov/standards/alto/ns-v3#"><Description><MeasurementUnit>pixel</MeasurementUnit>'
    '</Description><Layout><Page ID="p" PHYSICAL_IMG_NR="0"><PrintSpace HPOS="0" VPOS="0" WIDTH="900" HEIGHT="900">'
    '<TextBlock ID="b" HPOS="0" VPOS="0" WIDTH="900" HEIGHT="900">'
)
TAIL = "</TextBlock></PrintSpace></Page></Layout></alto>"


@pytest.mark.parametrize("path", sorted(SCANS), ids=lambda p: "/".join(p.parts[-3:]))
def test_a_restored_scan_is_valid(path: Path) -> None:
    ALTO.validate(path)
    with open_document(path) as document:
        made = Restorer().restore(document.text, confidences=document.confidences)
        data = document.rewrite(made)
    ALTO.validate(data.decode())


def page(lines: list[list[str]]) -> bytes:
    """Return an ALTO page of these words; a line whose last one ends in a hyphen has it in an element of its own."""
    out, number = [HEAD], 0
    for row, words in enumerate(lines):
        place = f'HPOS="0" VPOS="{40 * row}" WIDTH="900" HEIGHT="30"'
        out.append(f'<TextLine ID="l{row}" {place}>')
        for column, word in enumerate(words):
            number += 1
            hyphen = word.endswith("-") and column == len(words) - 1
            out.append("<SP/>" * (column > 0))
            out.append(f'<String ID="s{number}" {place} WC="0.9" CONTENT="{word[:-1] if hyphen else word}"/>')
            out.append('<HYP CONTENT="-"/>' * hyphen)
        out.append("</TextLine>")
    return "".join([*out, TAIL]).encode()


WORDS = st.sampled_from(["ev", "giizel", "~", "yol", "diizen-"])
NEW = st.sampled_from(["", "ev", "iki söz", "üç söz daha"])


@given(st.lists(st.lists(WORDS, min_size=1, max_size=5), min_size=1, max_size=4), st.data())
def test_any_change_leaves_a_valid_file(lines: list[list[str]], data: st.DataObject) -> None:
    """Words change, go, come, and are joined with the next one of their line."""
    document = open_document(page(lines))
    ALTO.validate(page(lines).decode())
    places, changes = locate(document.text), list[Change]()
    for row in document.text.splitlines(keepends=True):
        begin = document.text.index(row, changes[-1].end if changes else 0)
        words = row.split()
        starts = [*accumulate((len(word) + 1 for word in words), initial=begin)]
        skip = -1
        for at in range(len(words)):
            if at <= skip or not data.draw(st.booleans()):
                continue
            last = at + 1 if at + 1 < len(words) and data.draw(st.booleans()) else at
            changes.append(places.change(starts[at], starts[last] + len(words[last]), data.draw(NEW)))
            skip = last
    made = Restoration(document.text, tuple(changes))
    new = document.rewrite(made)
    ALTO.validate(new.decode())
    assert open_document(new).text.split() == made.text.split()
