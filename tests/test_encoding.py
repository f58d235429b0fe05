"""Bytes become text and bytes again; wrong encodings and binary files are answered in one line."""

from __future__ import annotations

import codecs
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import texts

from onar.encoding import codec, decode, is_binary, printable, utf8
from onar.errors import InputError


@given(texts, st.booleans())
def test_text_comes_back_to_the_byte(text: str, marked: bool) -> None:
    text = text.removeprefix("\ufeff").translate(dict.fromkeys([*range(9), *range(14, 32), 127]))
    data = (codecs.BOM_UTF8 if marked else b"") + text.encode("utf-8")
    found = decode(data, "a.txt")
    assert found.text == text
    assert found.encode(text, "a.txt") == data


@pytest.mark.parametrize("text", ["a\r\nb\rc\n\f\n", "sağ\u200fdan sola\u202e", "iki\0nul\0", "tek", ""])
def test_nothing_is_normalised(text: str) -> None:
    assert decode(text.encode(), "a.txt").text == text


@pytest.mark.parametrize(
    ("encoding", "given"),
    [
        *[("cp1254", "cp1254"), ("iso8859-9", "ISO-8859-9"), ("utf-8", "UTF-8"), ("utf-16-le", None)],
        *[("utf-16-be", None), ("utf-16-be", "utf-16"), ("utf-32-le", None), ("utf-8", "utf-8-sig")],
    ],
)
def test_other_encodings_come_back_too(encoding: str, given: str | None) -> None:
    marks = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE, "utf-32-le": codecs.BOM_UTF32_LE}
    data = marks.get(encoding, b"") + "ığüşöç İ\r\n".encode(encoding)
    found = decode(data, "a.txt", given)
    assert found.text == "ığüşöç İ\r\n"
    assert found.encode("şey", "a.txt") == marks.get(encoding, b"") + "şey".encode(encoding)


def test_a_wrong_encoding_names_file_offset_and_remedy() -> None:
    with pytest.raises(InputError) as caught:
        decode("Türkiye".encode("cp1254"), "eski.txt")
    assert str(caught.value) == (
        "eski.txt: not UTF-8 (byte 0xfc at offset 1): for a file of an older Turkish program add --encoding cp1254"
    )
    with pytest.raises(InputError, match="offset 4"):
        decode(codecs.BOM_UTF8 + b"a\xfc", "a.txt")
    with pytest.raises(InputError, match=r"not ascii \(byte 0xfc at offset 1\)"):
        decode(b"T\xfcrkiye", "a.txt", "ascii")


def test_a_letter_that_an_encoding_has_not_is_named() -> None:
    with pytest.raises(InputError, match=r"a\.txt: iso8859-1 has no letter ş: restore it to standard output"):
        decode(b"sey", "a.txt", "latin-1").encode("şey", "a.txt")


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n",
        b"PK\x03\x04 metin",
        b"%PDF-1.4 metin",
        b"\x7fELF\x02\x01\x01" + bytes(100),
        bytes(range(256)) * 10,
        bytes(1000),
        os.urandom(5000),
    ],
    ids=["png", "zip", "pdf", "elf", "all bytes", "zeros", "noise"],
)
@pytest.mark.parametrize("encoding", [None, "cp1254", "latin-1", "utf-8"])
def test_binary_files_are_refused(data: bytes, encoding: str | None) -> None:
    with pytest.raises(InputError, match=r"x\.bin: (a binary file|not )"):
        decode(data, "x.bin", encoding)


def test_some_nuls_do_not_make_a_binary_file() -> None:
    assert not is_binary(("bir iki üç dört beş altı\0yedi sekiz " * 100).encode())
    assert decode(("bir iki üç dört beş altı\0yedi sekiz " * 100).encode(), "a.txt").text.count("\0") == 100
    assert not is_binary(b"")


@pytest.mark.parametrize("name", ["yok", "base64", "rot13", "zlib", "idna\0", "", "x" * 10_000])
def test_unknown_encodings_are_named(name: str) -> None:
    with pytest.raises(InputError, match="unknown encoding"):
        codec(name)


@pytest.mark.parametrize("name", ["unicode_escape", "utf-7", "punycode", "raw_unicode_escape", "idna", "undefined"])
def test_odd_encodings_end_in_text_or_one_line(name: str) -> None:
    for data in (b"\\ud800", b"+2AA-", b"xn--\xff", b"a" * 100, b"\\"):
        try:
            text = decode(data, "a.txt", name).text
        except InputError as error:
            assert "\n" not in str(error)
        else:
            text.encode("utf-8")


@given(st.binary(max_size=300), st.sampled_from([None, "cp1254", "utf-16", "utf-7", "shift_jis", "hz"]))
def test_any_bytes_end_in_text_or_one_line(data: bytes, encoding: str | None) -> None:
    try:
        found = decode(data, "a\nb.txt", encoding)
    except InputError as error:
        assert str(error).isprintable()
    else:
        found.text.encode("utf-8")


@given(st.text(st.characters()))
def test_printable_text_is_one_harmless_line(text: str) -> None:
    assert printable(text).isprintable()
    if text.isprintable():
        assert printable(text) == text


def test_remedies_are_told() -> None:
    with pytest.raises(InputError, match=r"offset 9\): do this"):
        utf8(b"\xff", "a", remedy="do this", at=9)
