"""Foreign words that a document repeats tell what a misread one among them was.

- Foreign passages stay as they are, for no list says which word an English one may be a misreading of.
- A strange word that is one plain misreading away from a word the document writes again and again is that word.

``Kazakbstan`` beside thirty times ``Kazakhstan`` is one more of them. Start reading at :func:`misread`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import log

from onar.channel.confusions import Channel
from onar.language import foreign
from onar.language.lexicon import Lexicon, encode
from onar.reading.candidate import FOREIGN
from onar.reading.decode import Reading

__all__ = ["misread"]

REPEATED, OFTENER = 4, 4  # times a word stands in the document, and how many times oftener than what it was misread as
LETTERS, EDITS, NEAREST = (
    5,
    3,
    5,
)  # letters of a word at least; signs by which the two may differ; words compared letter by letter
FAR = 8.0  # nats of the misreading: one row of the table, for an ending is a word of its own


def misread(readings: Sequence[Reading], channel: Channel, lexicon: Lexicon) -> dict[str, tuple[str, float]]:
    """Return the strange foreign words of *readings* that were another word of theirs, each with that and its cost in nats."""
    counts = Counter(r.arc.read for r in readings if r.arc.candidate.first == FOREIGN and len(r.arc.read) >= LETTERS)
    often = [word for word, count in counts.items() if count >= REPEATED and word.isalpha()]
    strange = [word for word in counts if not (foreign.listed(word, lexicon) or encode(word) in lexicon)]
    if not often or not strange:
        return {}
    from rapidfuzz import process  # most texts have no foreign passages
    from rapidfuzz.distance import Levenshtein

    found = {}
    for word in strange:
        near = process.extract(word, often, scorer=Levenshtein.distance, score_cutoff=EDITS, limit=NEAREST)
        priced = [(channel.cost(one, word)[0], one) for one, _, _ in near if counts[one] >= OFTENER * counts[word]]
        cost, one = min(priced, default=(FAR, ""))
        if one and cost < FAR:
            found[word] = one, cost - log(counts[one] / counts.total())
    return found
