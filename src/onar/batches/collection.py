"""What a collection teaches: words and confusions learnt over the volumes of one journal, in a file people can correct.

- A document teaches once (it is remembered by its fingerprint), and only by what was restored with confidence.
- Lessons are counts, and counts add up in any order: however many processes learn, the file has the same bytes.
- A word is used when it was learnt three times in two documents, unless a person said otherwise.
- The file is a table with tabs, the most frequent first. Its first column is for people: ``keep`` uses a word whatever
  its counts, ``never`` doesn't, and lines may be added or deleted.

``learnt	word	Şanghay	31	12`` says that Şanghay was restored 31 times in 12 documents.
Start reading at :class:`Collection`; a lesson is made by :func:`lesson`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from onar.changelog.changes import Restoration
from onar.encoding import printable
from onar.errors import InputError
from onar.files import read_text, write_file

__all__ = ["Collection", "Entry", "Lesson", "lesson"]

SCHEMA = "onar-collection/1"
SURE, TIMES, DOCUMENTS = 0.97, 3, 2  # what a change must show before its word is used elsewhere
_LETTERS = 3  # shorter words say too little
_STATES = ("learnt", "keep", "never")
_KINDS = ("word", "confusion", "document")
_JOINTS = str.maketrans("", "", "'’-")
_HEAD = f"""# {SCHEMA}: what these documents taught, the most frequent first
# state: learnt (used when seen {TIMES} times in {DOCUMENTS} documents), keep (always used), never (not used).
# Correct it by changing the state, or by adding or deleting lines. `document` lines say who has taught already.
state\tkind\titem\ttimes\tdocuments
"""


@dataclass(frozen=True, slots=True)
class Lesson:
    """What one document teaches: how often each (kind, item) was restored with confidence."""

    document: str
    counts: Mapping[tuple[str, str], int]


@dataclass(slots=True)
class Entry:
    """A line of the file."""

    state: str = "learnt"
    times: int = 0
    documents: int = 0

    @property
    def used(self) -> bool:
        """Whether the engine may rely on it."""
        return self.state == "keep" or (self.state == "learnt" and self.times >= TIMES and self.documents >= DOCUMENTS)


def lesson(restoration: Restoration, fingerprint: str) -> Lesson:
    """Return what *restoration* teaches: the words and rules of its sure changes; *fingerprint* names the document.

    >>> from onar.changelog.changes import Change
    >>> change = Change("1", 5, 13, 1, 6, 1, "Sanghay,", "Şanghay,", rules=("ş>s",), confidence=0.99)
    >>> sorted(lesson(Restoration("yeni Sanghay, …", (change,)), "3fa2").counts)
    [('confusion', 'ş>s'), ('word', 'Şanghay')]
    """
    counts: Counter[tuple[str, str]] = Counter()
    for change in restoration.changes:
        if change.status != "applied" or change.confidence < SURE:
            continue
        counts.update(("confusion", rule) for rule in change.rules)
        if "\n" not in change.after:  # the halves of a broken word are no words
            counts.update(("word", word) for word in map(_bare, change.after.split()) if word)
    return Lesson(fingerprint[:16], dict(counts))


def _bare(word: str) -> str:
    """Return *word* without the signs around it, or nothing if it isn't a word: broken, too short, or no letters."""
    while word and not word[0].isalpha():
        word = word[1:]
    while word and not word[-1].isalpha():
        word = word[:-1]
    letters = word.translate(_JOINTS)
    return word if len(letters) >= _LETTERS and letters.isalpha() else ""


@dataclass(slots=True)
class Collection:
    """The words and confusions learnt so far; ``taught`` holds the fingerprints of the documents they came from."""

    entries: dict[tuple[str, str], Entry] = field(default_factory=dict)
    taught: set[str] = field(default_factory=set)

    def add(self, new: Lesson) -> None:
        """Take in *new*; a document that has taught before teaches nothing more."""
        if new.document in self.taught:
            return
        self.taught.add(new.document)
        for key, times in new.counts.items():
            entry = self.entries.setdefault(key, Entry())
            entry.times += times
            entry.documents += 1

    def merge(self, other: Collection) -> None:
        """Take in what *other* learnt from other documents; a person's word in either goes before counts.

        Raises :class:`InputError` when both learnt from one document: its counts can't be told apart any more.
        """
        if common := self.taught & other.taught:
            raise InputError(f"{len(common)} documents taught both collections: learn one of them again without these")
        self.taught |= other.taught
        for key, theirs in other.entries.items():
            ours = self.entries.setdefault(key, Entry())
            ours.times += theirs.times
            ours.documents += theirs.documents
            if ours.state == "learnt":
                ours.state = theirs.state

    def words(self) -> tuple[str, ...]:
        """Return the words the engine may rely on, sorted."""
        return tuple(sorted(item for (kind, item), entry in self.entries.items() if kind == "word" and entry.used))

    def prune(self) -> None:
        """Forget what was seen but once, so that the file stays small."""
        self.entries = {
            key: entry for key, entry in self.entries.items() if entry.times != 1 or entry.state != "learnt"
        }

    def dumps(self) -> str:
        """Return the collection as the text of its file."""
        ranked = sorted(self.entries.items(), key=lambda item: (item[0][0] != "word", -item[1].times, item[0]))
        rows = [(one.state, kind, item, str(one.times), str(one.documents)) for (kind, item), one in ranked]
        rows += [("taught", "document", name, "1", "1") for name in sorted(self.taught)]
        return _HEAD + "".join("\t".join(row) + "\n" for row in rows)

    def write(self, path: str | Path) -> None:
        """Write the collection to *path*, whole or not at all."""
        write_file(path, self.dumps().encode("utf-8", "surrogatepass"))

    @classmethod
    def loads(cls, text: str, name: str = "collection") -> Collection:
        """Return the collection in *text*; errors give *name* and the line."""
        lines = text.removeprefix("\ufeff").split("\n")
        if not lines[0].startswith(f"# {SCHEMA}"):
            raise InputError(f"{printable(name)}: not an {SCHEMA} file: give another, or delete it to learn it anew")
        made = cls()
        heading = "state\tkind"
        for number, line in enumerate(lines, 1):
            if line.strip() and not line.startswith(("#", heading)):
                made._row(line.rstrip("\r").split("\t"), f"{printable(name)}, line {number}")
        return made

    @classmethod
    def read(cls, path: str | Path) -> Collection:
        """Return the collection in the file at *path*, or an empty one if there is no such file."""
        if not Path(path).exists():
            return cls()
        return cls.loads(read_text(path), str(path))

    def _row(self, cells: list[str], where: str) -> None:
        if len(cells) == 3:  # what a person adds needs no counts
            cells = [*cells, "0", "0"]
        if len(cells) != 5 or not all(cell.isdecimal() and len(cell) < 16 for cell in cells[3:]):
            raise InputError(f"{where}: must be state, kind, item and two numbers, with tabs between: mend that line")
        state, kind, item, times, documents = cells
        if (state, kind) == ("taught", "document"):
            self.taught.add(item)
        elif state in _STATES and kind in _KINDS[:2] and item:
            self.entries[kind, item] = Entry(state, int(times), int(documents))
        else:
            raise InputError(f"{where}: the state is one of {', '.join(_STATES)}, the kind word or confusion: mend it")


def learn(collection: Collection, lessons: Iterable[Lesson]) -> Collection:
    """Return *collection* with *lessons* taken in, in any order.

    >>> once = Lesson("a", {("word", "Şanghay"): 2})
    >>> again = Lesson("b", {("word", "Şanghay"): 1})
    >>> learn(Collection(), [again, once, once]).words()
    ('Şanghay',)
    """
    for one in lessons:
        collection.add(one)
    return collection
