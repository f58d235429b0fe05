"""The review page as a file: sealed against the network and against its own contents, and the same every time."""

from __future__ import annotations

import json
import re
from base64 import b64decode, b64encode
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from strategies import logs, restorations, surrogates

from onar.changelog.changes import Restoration, locate
from onar.changelog.decisions import Decisions, Judgement
from onar.changelog.log import Log, write
from onar.cli import main
from onar.errors import InputError
from onar.review.html import SCRIPTS, render, write_report
from onar.review.session import Session

SOURCE = "kurulan yeni diizende bölgesel\fikinci 𝔄 sayfada diizende"
PNG = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAG7buVgAAAABJRU5ErkJggg==")
HOSTILE = [
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\"'`<b>&amp;&#39;",
    "<!--",
    "-->]]>",
    "<svg/onload=alert(1)>",
    "\u202egnirts\u202c\u2028\u2029",
    "{{data}}{{script}}",
    "\ud800",
]


def _log(source: str = SOURCE, name: str = "a.txt") -> Log:
    places = locate(source)
    found = [match.start() for match in re.finditer("diizende", source)]
    return Log.of(Restoration(source, tuple(places.change(s, s + 8, "düzende", rules=["ü>ii"]) for s in found)), name)


class _Page(HTMLParser):
    """Tags, attributes and the text inside scripts, as a browser would see them."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.inside: dict[str, list[str]] = {}
        self._open = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._open = tag
        if tag in ("script", "style"):
            self.inside.setdefault(tag, []).append("")

    def handle_endtag(self, tag: str) -> None:
        self._open = ""

    def handle_data(self, data: str) -> None:
        if self._open in ("script", "style"):
            self.inside[self._open][-1] += data

    @property
    def data(self) -> dict[str, Any]:
        loaded: dict[str, Any] = json.loads(self.inside["script"][0])
        return loaded


def _policy(page: _Page) -> dict[str, str]:
    found = next(a["content"] for _, a in page.tags if a.get("http-equiv") == "Content-Security-Policy")
    assert found is not None
    return dict(part.partition(" ")[::2] for part in found.split("; "))


def test_the_policy_allows_its_own_script_and_style_and_nothing_else() -> None:
    page = _Page(render(_log()))
    policy = _policy(page)
    assert policy.pop("img-src") == "data:"
    for name, text in (("script-src", page.inside["script"][1]), ("style-src", page.inside["style"][0])):
        assert policy.pop(name) == f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
    assert policy.pop("require-trusted-types-for") == "'script'"
    assert set(policy.values()) == {"'none'"}
    assert set(policy) == {"default-src", "base-uri", "form-action", "trusted-types"}


def test_the_page_names_nothing_outside_itself() -> None:
    page = _Page(render(_log(), source_text=SOURCE, pictures={_log().changes[0].id: PNG}))
    for tag, attributes in page.tags:
        assert tag not in ("iframe", "object", "embed", "base")
        assert not [name for name in attributes if name.startswith("on") or name == "style"], tag
        for name in ("src", "href", "action", "srcset"):
            assert (attributes.get(name) or "#").startswith(("#", "data:")), (tag, attributes)
    assert not re.search(
        r"https?://|//cdn|@import|url\(|eval\(|innerHTML|document\.write",
        "".join(page.inside["script"][1:] + page.inside["style"]),
    )


@pytest.mark.parametrize("word", HOSTILE)
def test_hostile_text_stays_text(word: str) -> None:
    source = f"yeni {word} burada"
    change = locate(source).change(
        5, 5 + len(word), f"{word}!", rules=[word], alternatives=[(word * 2, 0.1)], note=word
    )
    tame = locate("yeni x burada").change(5, 6, "y", rules=["r"])
    expected = _Page(render(Log.of(Restoration("yeni x burada", (tame,)), "z"))).tags
    page = _Page(render(Log.of(Restoration(source, (change,)), word)))
    assert [tag for tag, _ in page.tags] == [tag for tag, _ in expected]
    assert page.data["changes"]["before"] == [word]
    assert page.data["changes"]["after"] == [f"{word}!"]
    assert page.data["sources"][0]["name"] == word


@settings(max_examples=60)
@given(logs())
def test_any_log_comes_through_whole(made: tuple[str, Log]) -> None:
    text, log = made
    page = _Page(render(log, source_text=text))
    assert len(page.inside["script"]) == 2
    data, changes = page.data, log.changes
    assert data["sources"] == [{"name": log.source, "sha256": log.sha256, "text": text}]
    for name in ("id", "start", "before", "after", "prefix", "suffix", "line", "page"):
        assert data["changes"][name] == [getattr(change, name) for change in changes]
    wide = text.encode("utf-16-le", "surrogatepass")
    for at, change in zip(data["changes"]["at"], changes, strict=True):
        before = change.before.encode("utf-16-le", "surrogatepass")
        assert wide[2 * at : 2 * at + len(before)] == before


@given(surrogates)
def test_lone_surrogates_come_through(text: str) -> None:
    made = Restoration(text, (locate(text).change(0, len(text), "x"),))
    assert _Page(render(made)).data["changes"]["before"] == [text]


def test_the_same_log_gives_the_same_bytes_and_decisions_keep_the_digest() -> None:
    log = _log()
    assert render(log) == render(log)
    decided = log.with_changes(replace(change, decision="reject") for change in log.changes)
    assert _Page(render(decided)).data["digest"] == _Page(render(log)).data["digest"]
    other = log.with_changes(replace(change, after="dizende") for change in log.changes)
    assert _Page(render(other)).data["digest"] != _Page(render(log)).data["digest"]


def test_a_restoration_brings_its_text_and_several_stand_in_one_page() -> None:
    made = Restoration(SOURCE, _log().changes)
    assert _Page(render(made)).data["sources"][0]["text"] == SOURCE
    data = _Page(render([_log(), _log("diizende", "b.txt")], source_text={"b.txt": "diizende"})).data
    assert [source["text"] for source in data["sources"]] == [None, "diizende"]
    assert data["changes"]["source"] == [0, 0, 1]
    assert render([]).startswith("<!DOCTYPE html>")


def test_pictures_stand_in_the_page_and_must_be_pictures() -> None:
    log = _log()
    data = _Page(render(log, pictures={log.changes[1].id: PNG})).data
    assert data["pictures"] == {"1": f"data:image/png;base64,{b64encode(PNG).decode()}"}
    with pytest.raises(InputError, match="neither PNG nor JPEG"):
        render(log, pictures={log.changes[1].id: b"<svg onload=alert(1)>"})


def test_another_text_is_refused() -> None:
    with pytest.raises(InputError, match="another text"):
        render(_log(), source_text="bambaşka")


@pytest.mark.parametrize("with_text", [True, False])
def test_decisions_made_earlier_stand_in_the_page(with_text: bool) -> None:
    log = _log()
    made = Decisions(
        "a.txt", log.sha256, (Judgement.of(log.changes[0], "edit", "düzendi"), Judgement.of(log.changes[1], "reject"))
    )
    changes = _Page(render(log, source_text=SOURCE if with_text else None, decisions=[made])).data["changes"]
    assert changes["decision"] == [3, 2]
    assert changes["after"] == ["düzendi", "düzende"]


@settings(max_examples=30)
@given(restorations())
def test_the_summary_tells_no_lies(made: Restoration) -> None:
    page = render(made)
    summary = page[page.index('<article id="summary"') : page.index("</article>")]
    assert f"<dd>{len(made.changes):,}</dd>" in summary


def test_every_script_of_the_folder_is_in_the_page() -> None:
    folder = Path(__file__).parents[1] / "src" / "onar" / "review"
    assert sorted(path.name for path in folder.glob("*.js")) == sorted(SCRIPTS)
    words = (folder / "words.js").read_text("utf-8")
    english, turkish = words.split("  tr: {")
    keys = re.compile(r"(?:^|[{,])\s*(\w+): \"", re.MULTILINE)
    assert keys.findall(english.partition("en: {")[2]) == keys.findall(turkish.partition("\n};")[0])


def test_the_command_writes_the_page_and_finds_the_source(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_bytes(SOURCE.encode())
    write(_log(), tmp_path / "a.jsonl")
    page = tmp_path / "a.html"
    assert main(["review", str(tmp_path / "a.jsonl"), "--html", str(page)]) == 0
    out = capsys.readouterr()
    assert out.out == ""
    assert "2 changes to review" in out.err
    assert _Page(page.read_text("utf-8")).data["sources"][0]["text"] == SOURCE
    assert main(["review", str(tmp_path / "a.jsonl"), "--html", "-"]) == 0
    assert capsys.readouterr().out == page.read_text("utf-8")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.html", "a.jsonl", "a.txt"]


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["missing.jsonl", "--html", "x.html"], 3, "missing.jsonl"),
        (["a.jsonl", "--html", "x.html", "--terminal"], 2, "exclude each other"),
        (["a.jsonl", "--html", "x.html", "--source", "b.txt"], 3, "another text"),
        (["a.jsonl", "--html", "x.html", "--decisions", "other.json"], 3, "another text"),
        (["b.txt", "--html", "x.html"], 3, "b.txt"),
        (["a.jsonl"], 2, "no terminal"),
    ],
)
def test_mistakes_get_one_line_and_a_code(
    arguments: list[str],
    code: int,
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    write(_log(), "a.jsonl")
    Path("b.txt").write_text("bambaşka")
    other = _log("bambaşka diizende", "b.txt")
    Session(other, "other.json").decide(other.changes, "accept")
    assert main(["review", *arguments]) == code
    err = capsys.readouterr().err
    assert message in err
    assert err.count("\n") == 1
    assert not Path("x.html").exists()


def test_a_page_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    write_report(tmp_path / "a.html", _log(), source_text=SOURCE)
    before = (tmp_path / "a.html").read_bytes()
    with pytest.raises(InputError):
        write_report(tmp_path / "a.html", _log(), source_text="bambaşka")
    assert (tmp_path / "a.html").read_bytes() == before
