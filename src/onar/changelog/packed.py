"""Changes kept in little memory: a book of a thousand pages has a hundred thousand of them.

- They are packed in blocks as they come, and unpacked a block at a time as they are read.
- Up to one block nothing is packed at all, so that a page costs nothing; beyond a megabyte the blocks wait in a nameless
  temporary file, so that memory does not grow with the book.

``Packed(changes)[3]`` is a :class:`Change` as ``tuple(changes)[3]`` would be. Start reading at :class:`Packed`.
"""

from __future__ import annotations

import marshal
import zlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from operator import attrgetter
from typing import overload

from onar.changelog.changes import Change
from onar.files import Spool

__all__ = ["Packed"]

BLOCK = 500  # changes
IN_MEMORY = 1 << 20  # bytes of blocks that stay in memory: some 20,000 changes
_VALUES = attrgetter(*(field.name for field in fields(Change)))
_FAST = 1  # the level of compression that takes the least time


class Packed(Sequence[Change]):
    """A sequence of changes that never changes: equal to a tuple of the same, most of it outside memory."""

    __slots__ = ("_blocks", "_ends", "_recent", "_rest")

    def __init__(self, changes: Iterable[Change] = ()) -> None:
        """Take *changes* in, one after the other."""
        self._blocks = Spool(in_memory=IN_MEMORY)
        self._ends = array("Q", [0])  # of the blocks, in bytes
        self._rest: list[Change] = []
        self._recent: tuple[int, list[Change]] = -1, []
        for change in changes:
            self._rest.append(change)
            if len(self._rest) == BLOCK:
                block = zlib.compress(marshal.dumps([*map(_VALUES, self._rest)]), _FAST)
                self._blocks.write(block)
                self._ends.append(self._ends[-1] + len(block))
                self._rest = []

    def __len__(self) -> int:
        """How many there are."""
        return (len(self._ends) - 1) * BLOCK + len(self._rest)

    def __iter__(self) -> Iterator[Change]:
        """Yield all, a block in memory at a time."""
        for block in range(len(self._ends) - 1):
            yield from self._unpacked(block)
        yield from self._rest

    @overload
    def __getitem__(self, index: int) -> Change: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Change]: ...

    def __getitem__(self, index: int | slice) -> Change | Sequence[Change]:
        """Return one, or some as a tuple; the block last unpacked is kept."""
        if isinstance(index, slice):
            return tuple(self[i] for i in range(*index.indices(len(self))))
        block, at = divmod(range(len(self))[index], BLOCK)
        if block == len(self._ends) - 1:
            return self._rest[at]
        recent = self._recent
        if recent[0] != block:
            recent = self._recent = block, self._unpacked(block)
        return recent[1][at]

    def __eq__(self, other: object) -> bool:
        """Tell whether *other* holds the same changes."""
        if not isinstance(other, Packed | tuple):
            return NotImplemented
        return len(self) == len(other) and all(a == b for a, b in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]  # as a restoration has none: its signature is a dictionary

    def __repr__(self) -> str:
        """Show them as the tuple they stand for."""
        return repr(tuple(self))

    def _unpacked(self, block: int) -> list[Change]:
        packed = self._blocks.read(self._ends[block], self._ends[block + 1])
        return [Change(*values) for values in marshal.loads(zlib.decompress(packed))]
