"""Changes packed: a sequence like any other, in a fraction of the memory."""

from __future__ import annotations

import pickle
import sys
import tracemalloc
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import restorations

from onar.changelog import packed
from onar.changelog.changes import Change, Restoration
from onar.changelog.packed import BLOCK, Packed
from onar.errors import OnarError


def many(count: int) -> list[Change]:
    return [
        Change(f"{n:012x}", n, n + 1, 1, n + 1, 1, "i", "ı", "kurulan", "bölgesel", ("ı>i",), 0.5, (("ü", 0.25),))
        for n in range(count)
    ]


@given(restorations(), st.integers(1, 4))
def test_what_goes_in_comes_out(made: Restoration, block: int) -> None:
    some = list(made.changes)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(packed, "BLOCK", block)
        kept = Packed(some)
        assert list(kept) == some == [kept[n] for n in range(len(kept))] == [*kept[:]]
        assert kept == tuple(some) == kept and len(kept) == len(some)
        assert list(pickle.loads(pickle.dumps(kept))) == some


def test_places_from_the_end_and_beyond() -> None:
    some = many(2 * BLOCK + 3)
    kept = Packed(iter(some))
    assert kept[-1] == some[-1] and kept[-len(some)] == some[0] and kept[5:-5:100] == tuple(some[5:-5:100])
    assert kept != tuple(some[1:]) and kept != some[:1] and repr(Packed(some[:1])) == repr(tuple(some[:1]))
    with pytest.raises(IndexError):
        kept[len(some)]
    assert list(islice(reversed(kept), 2)) == some[:-3:-1] and kept.index(some[700]) == 700


def test_a_book_of_changes_takes_no_memory() -> None:
    some = many(20 * BLOCK)
    tracemalloc.start()
    kept = Packed(iter(some))
    taken = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert kept == tuple(some)
    alone = sum(sys.getsizeof(change) + sys.getsizeof(change.alternatives) for change in some)
    assert taken < alone / 10


@pytest.mark.parametrize("in_memory", [1, 1 << 20])
def test_blocks_in_a_file_are_read_as_those_in_memory(in_memory: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "IN_MEMORY", in_memory)
    some = many(5 * BLOCK + 1)
    kept = Packed(some)
    assert list(kept) == some
    assert [kept[n] for n in (2 * BLOCK, 0, -1)] == [some[2 * BLOCK], some[0], some[-1]]
    assert list(pickle.loads(pickle.dumps(kept))) == some


def test_no_room_for_them_is_one_clear_line(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Packed()

    def full(data: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(kept._blocks.file, "write", full)
    with pytest.raises(OnarError, match="No space left on device: make room there, or name another folder in TMPDIR"):
        kept._blocks.write(b"block")
