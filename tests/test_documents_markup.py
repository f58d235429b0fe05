"""XML with byte positions: everything is found where it stands, and only what is meant changes."""

from __future__ import annotations

import time
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onar.documents.markup import Edit, Node, parse, patch
from onar.errors import InputError

LETTERS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Cn"]), max_size=12)


def first(data: bytes, name: str) -> Node:
    return next(node for node in parse(data, "x").root.walk() if node.name == name)


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-9", "windows-1254", "utf-16", "iso-8859-1"])
def test_places_in_every_encoding(encoding: str) -> None:
    head = f'<?xml version="1.0" encoding="{encoding}"?>\n'
    text = head + "<!-- not -->\n<p:a xmlns:p='u' b=\"ş&lt;'\">ka<i>rı&amp;</i>x<e/> <e></e></p:a>\n"
    data = text.encode(encoding, "xmlcharrefreplace")
    markup = parse(data, "x")
    for node in markup.root.walk():
        assert data[node.start : node.opened].decode(markup.encoding).startswith("<")
        assert data[: node.end].decode(markup.encoding).endswith(">")
    assert markup.root.text == "karı&x "
    new = patch(
        data, [*markup.set_text(markup.root.children[0], "<ğü>"), markup.set_attributes(markup.root, b="\"ğ'&")]
    )
    root = ElementTree.fromstring(new)
    assert root[0].text == "<ğü>" and root.get("b") == "\"ğ'&"
    assert new.startswith(data[:60])


@given(LETTERS, LETTERS, LETTERS)
def test_any_text_goes_in_and_comes_out(old: str, new: str, value: str) -> None:
    holder = ElementTree.Element("a", b=old)
    ElementTree.SubElement(holder, "w").text = f"x{old}x"
    data = ElementTree.tostring(holder, encoding="utf-8")
    markup = parse(data, "x")
    edits = [*markup.set_text(markup.root.children[0], f"y{new}y"), markup.set_attributes(markup.root, b=value)]
    again = ElementTree.fromstring(patch(data, edits))
    assert (again[0].text, again.get("b")) == (f"y{new}y", value)


def test_text_in_parts_is_replaced_whole() -> None:
    data = b"<w>\n  gi<em>iz</em>el &amp; co\n</w>"
    markup = parse(data, "x")
    assert ElementTree.fromstring(patch(data, markup.set_text(markup.root, "new"))).itertext().__next__() == "\n  new"
    assert b"".join(patch(data, markup.set_text(markup.root, "new")).split()) == b"<w>new<em></em></w>"


def test_cdata_stays_cdata() -> None:
    data = b"<w><![CDATA[a&b]]></w>"
    new = patch(data, parse(data, "x").set_text(parse(data, "x").root, "c&d"))
    assert new == b"<w><![CDATA[c&d]]></w>"


def test_letters_without_a_place_in_xml_become_replacement_characters() -> None:
    data = b"<w a='1'>x</w>"
    markup = parse(data, "x")
    new = patch(data, [*markup.set_text(markup.root, "a\x00b\ud800"), markup.set_attributes(markup.root, a="\x0b")])
    assert ElementTree.fromstring(new).text == "a\ufffdb\ufffd"


def test_entities_of_the_web_page_are_read() -> None:
    data = b"<!DOCTYPE html PUBLIC 'a' 'b'><p>a&nbsp;b&uuml;</p>"
    assert parse(data, "x").root.text == "a\u00a0bü"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>", "entities of its own"),
        (b"<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>", "entities of its own"),
        (b"<!DOCTYPE a [<!ENTITY % x SYSTEM 'http://h/x'> %x;]><a/>", "entities of its own"),
        (b"<a>" * 500 + b"</a>" * 500, "deeper than"),
        (b"<a><b></a>", "not well-formed"),
        (b"", "not well-formed"),
        ("<?xml version='1.0' encoding='utf-8'?><a>ş</a>".encode("iso-8859-9"), "name its encoding"),
        (b"<?xml version='1.0' encoding='martian'?><a/>", "encoding"),
        (b"<?xml version='1.0' encoding='rot13'?><a/>", "encoding"),
        (b"<?xml version='1.0' encoding='shift_jis'?><a/>", "encoding"),
    ],
)
def test_what_is_refused(data: bytes, says: str) -> None:
    with pytest.raises(InputError, match=says) as error:
        parse(data, "bad.xml")
    assert "bad.xml" in str(error.value) and "\n" not in str(error.value)


def test_a_billion_laughs_take_no_time() -> None:
    rows = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    started = time.monotonic()
    with pytest.raises(InputError):
        parse(f'<!DOCTYPE a [<!ENTITY l0 "ha">{rows}]><a>&l11;</a>'.encode(), "x")
    assert time.monotonic() - started < 1


def test_edits_inside_what_goes_are_dropped_and_additions_keep_their_place() -> None:
    assert patch(b"abcdef", [Edit(1, 5, b""), Edit(2, 3, b"X")]) == b"af"
    assert patch(b"abcdef", [Edit(2, 4, b"X"), Edit(2, 2, b"+")]) == b"ab+Xef"


def test_the_encoding_can_be_named() -> None:
    data = "<a>şey</a>".encode("cp1254")
    assert parse(data, "x", "cp1254").root.text == "şey"
