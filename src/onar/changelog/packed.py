"""Changes kept in little memory: a book of a thousand pages has a hundred thousand of them.

- They are packed in blocks as they come, and unpacked a block at a time as they are read.
- Up to one block nothing is packed at all, so that a page costs nothing.

``Packed(changes)[3]`` is a :class:`Change` as ``tuple(changes)[3]`` would be. Start reading at :class:`Packed`.
"""

from __future__ import annotations

import marshal
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from operator import attrgetter
from typing import overload

from onar.changelog.changes import Change

__all__ = ["Packed"]

BLOCK = 500  # changes
_VALUES = attrgetter(*(field.name for field in fields(Change)))
_FAST = 1  # the level of compression that takes the least time


class Packed(Sequence[Change]):
    """A sequence of changes that never changes: equal to a tuple of the same, about a fifteenth of its size."""

    __slots__ = ("_blocks", "_recent", "_rest")

    def __init__(self, changes: Iterable[Change] = ()) -> None:
        """Take *changes* in, one after the other."""
        self._blocks: list[bytes] = []
        self._rest: list[Change] = []
        self._recent: tuple[int, list[Change]] = -1, []
        for change in changes:
            self._rest.append(change)
            if len(self._rest) == BLOCK:
                self._blocks.append(zlib.compress(marshal.dumps([*map(_VALUES, self._rest)]), _FAST))
                self._rest = []

    def __len__(self) -> int:
        """How many there are."""
        return len(self._blocks) * BLOCK + len(self._rest)

    def __iter__(self) -> Iterator[Change]:
        """Yield all, a block in memory at a time."""
        for block in self._blocks:
            yield from _unpacked(block)
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
        if block == len(self._blocks):
            return self._rest[at]
        recent = self._recent
        if recent[0] != block:
            recent = self._recent = block, _unpacked(self._blocks[block])
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


def _unpacked(block: bytes) -> list[Change]:
    return [Change(*values) for values in marshal.loads(zlib.decompress(block))]
