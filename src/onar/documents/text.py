"""Plain text as a document: bytes to text and back, nothing more.

- UTF-8 unless a byte order mark or the caller says otherwise; a wrong encoding is an error, never a guess.
- A byte order mark and the line ends come back as they were.

``b"diizende"`` is the document whose text is ``diizende``. Start reading at :class:`TextDocument`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from onar.changelog.changes import Restoration
from onar.documents.model import Document, Word, check_source
from onar.encoding import decode

__all__ = ["TextDocument"]


class TextDocument(Document):
    """A plain text file."""

    format = "text"

    def __init__(self, data: bytes, name: str, encoding: str | None = None) -> None:
        """Decode *data*, strictly."""
        self.name = name
        self._decoded = decode(data, name, encoding)
        self.text = self._decoded.text

    @property
    def pages(self) -> int:
        """Pages are what form feeds separate."""
        return self.text.count("\f") + (not self.text.endswith("\f"))

    def words(self) -> Iterable[Word]:
        """Plain text knows no places."""
        return ()

    def write(self, restoration: Restoration, out: BinaryIO, *, skip_visible: bool = False) -> tuple[str, ...]:
        """Write the restored text in the encoding of the source."""
        check_source(restoration, self.text, self.name)
        out.write(self._decoded.encode(restoration.text, self.name))
        return ()
