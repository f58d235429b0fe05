"""Files are found, named and written whole; what goes wrong leaves the originals as they were."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import Any

import pytest

from onar.errors import InputError, OnarError
from onar.files import Found, Staged, expand, read_bytes, read_text, read_words, same_file, target_for, write_file


def _names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_a_file_is_written_whole_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    write_file(tmp_path / "yeni" / "a.txt", b"bir")
    write_file(tmp_path / "yeni" / "a.txt", b"iki")
    assert (tmp_path / "yeni" / "a.txt").read_bytes() == b"iki"
    assert _names(tmp_path) == ["yeni/a.txt"]


def test_the_mode_of_a_file_stays(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    target.write_bytes(b"")
    target.chmod(0o640)
    write_file(target, b"x")
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    mask = os.umask(0o027)
    try:
        write_file(tmp_path / "b.txt", b"x")
    finally:
        os.umask(mask)
    assert stat.S_IMODE((tmp_path / "b.txt").stat().st_mode) == 0o640


def test_a_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"bir")
    (tmp_path / "link").symlink_to("a.txt")
    write_file(tmp_path / "link", b"iki")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "a.txt").read_bytes() == b"iki"


def test_a_device_is_written_to_and_stays(tmp_path: Path) -> None:
    write_file("/dev/null", b"x")
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


def _broken_disk(monkeypatch: pytest.MonkeyPatch, at: str, code: int) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise OSError(code, os.strerror(code))

    if at == "write":
        monkeypatch.setattr("onar.files.os.fdopen", fail)
    elif at == "make":
        monkeypatch.setattr("onar.files.tempfile.mkstemp", fail)
    else:
        monkeypatch.setattr(Path, "replace", fail)


@pytest.mark.parametrize("at", ["write", "make", "rename"])
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EACCES, errno.EROFS])
def test_a_full_or_locked_disk_leaves_the_original(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: str, code: int
) -> None:
    (tmp_path / "a.txt").write_bytes(b"asil")
    _broken_disk(monkeypatch, at, code)
    with pytest.raises(OnarError) as caught:
        write_file(tmp_path / "a.txt", b"yeni")
    monkeypatch.undo()
    assert str(caught.value).startswith(f"{tmp_path / 'a.txt'}: not written: {os.strerror(code)}: ")
    assert (tmp_path / "a.txt").read_bytes() == b"asil"
    assert _names(tmp_path) == ["a.txt"]


def test_a_real_full_disk_is_told() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full on this system")
    with pytest.raises(OnarError, match="/dev/full: not written: No space left on device"):
        write_file("/dev/full", b"x" * 10)


def test_all_or_nothing(tmp_path: Path) -> None:
    with pytest.raises(OnarError, match="Is a directory"), Staged() as staged:
        staged.add(tmp_path / "a.txt", b"bir")
        assert not (tmp_path / "a.txt").exists()
        staged.add(tmp_path, b"iki")
    assert _names(tmp_path) == []
    with pytest.raises(KeyboardInterrupt), Staged() as staged:
        staged.add(tmp_path / "a.txt", b"bir")
        raise KeyboardInterrupt
    assert _names(tmp_path) == []
    with Staged() as staged:
        staged.add(tmp_path / "a.txt", b"bir")
        staged.add(tmp_path / "b.txt", b"iki")
    assert _names(tmp_path) == ["a.txt", "b.txt"]


@pytest.mark.parametrize("path", ["/dev/null/a.txt", "a\0b", "x" * 300, "/proc/yok/a"])
def test_impossible_places_are_told(path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(OnarError, match=r"not written: .*: give another place") as caught:
        write_file(path, b"x")
    assert str(caught.value).isprintable()
    assert _names(tmp_path) == []


def test_backups_are_never_overwritten(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    target.write_bytes(b"0")
    for text in (b"1", b"2", b"3"):
        with Staged() as staged:
            staged.add(target, text, backup=True)
    found = {name: (tmp_path / name).read_bytes() for name in _names(tmp_path)}
    assert found == {"a.txt": b"3", "a.txt.bak": b"0", "a.txt.bak1": b"1", "a.txt.bak2": b"2"}


def test_a_backup_without_hard_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(Path, "hardlink_to", fail)
    (tmp_path / "a.txt").write_bytes(b"0")
    with Staged() as staged:
        staged.add(tmp_path / "a.txt", b"1", backup=True)
    assert (tmp_path / "a.txt.bak").read_bytes() == b"0"


def test_folders_mean_their_texts_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a/2.TXT", "a/1.md", "a/.gizli.txt", ".git/c.txt", "resim.png", "a/b/derin.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    assert [found.below.as_posix() for found in expand([str(tmp_path)])] == [
        "b.txt",
        "a/1.md",
        "a/2.TXT",
        "a/b/derin.txt",
    ]
    assert [found.below.as_posix() for found in expand([str(tmp_path)], {".png"})] == ["resim.png"]
    assert expand(["-", "x/a.png"]) == [Found("-", Path("stdin.txt")), Found("x/a.png", Path("a.png"))]


def test_a_folder_without_text_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no text in this folder: put files there"):
        expand([str(tmp_path)])


def test_links_in_circles_end(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "daire").symlink_to(tmp_path, target_is_directory=True)
    assert len(expand([str(tmp_path)])) == 1


def test_outputs_get_their_names(tmp_path: Path) -> None:
    found = Found("x/y/a.txt", Path("y/a.txt"))
    assert target_for(found, "out.txt", many=False) == Path("out.txt")
    assert target_for(found, "out", many=True) == Path("out/y/a.txt")
    assert target_for(found, "out/", many=False) == Path("out/y/a.txt")
    assert target_for(found, str(tmp_path), many=False) == tmp_path / "y/a.txt"


@pytest.mark.parametrize(
    ("path", "reason"),
    [("yok.txt", "No such file"), (".", "Is a directory"), ("a\0", "not a file name"), ("y" * 300, "too long")],
)
def test_unreadable_inputs_are_told(path: str, reason: str) -> None:
    with pytest.raises(InputError, match=reason) as caught:
        read_bytes(path)
    assert str(caught.value).isprintable()


def test_word_lists_have_comments(tmp_path: Path) -> None:
    (tmp_path / "w.txt").write_bytes("\ufeff# adlar\nŞanghay # kent\n\n  İşbirliği\r\n".encode())
    assert read_words(tmp_path / "w.txt") == ["Şanghay", "İşbirliği"]
    assert read_text(tmp_path / "w.txt").startswith("# adlar")


def test_one_file_by_two_names(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"")
    (tmp_path / "b").hardlink_to(tmp_path / "a")
    assert same_file(tmp_path / "a", tmp_path / "b")
    assert not same_file(tmp_path / "a", tmp_path / "yok")
    assert not same_file(tmp_path / "a", "a\0")
