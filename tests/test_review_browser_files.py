"""What the review page keeps, saves and loads, and the text that comes of it."""

from __future__ import annotations

import random
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from browser import ALL, ENTER, HOME, LOG, SOURCE, Browser, changes_of, fresh, start, until

from onar.changelog.changes import Change, Restoration, apply, locate
from onar.changelog.decisions import Decisions, Judgement, decide, loads, read
from onar.changelog.decisions import write as write_decisions
from onar.changelog.log import Log, write
from onar.cli import main

chromium = pytest.fixture(scope="module")(start)
page = pytest.fixture(fresh)


def test_decisions_outlive_the_page(page: Browser) -> None:
    page.press("A", "j", "a")
    page.press("t")
    page.click("#language")
    time.sleep(0.4)
    page.open(source_text=SOURCE, keep=True)
    assert page.js("return document.documentElement.lang") == "tr"
    assert page.js("return document.documentElement.dataset.theme") == "dark"
    assert "10 değişikliğin 4 tanesi" in page.text("#progress-words")
    other = Log.of(Restoration("iilke", (locate("iilke").change(0, 5, "ülke"),)), "b.txt")
    page.open(other, keep=True)
    assert "1 değişikliğin 0 tanesi" in page.text("#progress-words")


def test_a_browser_that_keeps_nothing_says_so_and_saves_all_the_same(chromium: Browser) -> None:
    forget = (
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } })"
    )
    made = chromium.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": forget})
    try:
        chromium.open(source_text=SOURCE, keep=True)
        assert "save your decisions" in chromium.text("#toast")
        chromium.press("A", "t")
        assert [after for _, _, after in chromium.choices()] == ["güvenlik"] * 3
    finally:
        chromium.driver.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", made)
    assert chromium.complaints() == []


def test_what_the_page_knows_from_before_is_shown(chromium: Browser) -> None:
    first, second = LOG.changes[:2]
    made = Decisions(LOG.source, LOG.sha256, (Judgement.of(first, "edit", "güven"), Judgement.of(second, "reject")))
    chromium.open(source_text=SOURCE, decisions=[made])
    assert chromium.done == "2"
    assert chromium.choices() == [("giivenlik", "edit", "güven"), ("iilke", "reject", "ülke")]


def test_a_decisions_file_is_loaded_back(page: Browser) -> None:
    path = page.folder / "mine.json"
    made = tuple(Judgement.of(change, "reject") for change in LOG.changes[:4])
    stranger = Judgement("0" * 12, "accept", "x", "y")
    write_decisions([Decisions("b.txt", "0" * 64), Decisions(LOG.source, LOG.sha256, (*made, stranger))], path)
    page.driver.find_element("id", "file").send_keys(str(path))
    until(lambda: page.done == "4")
    assert page.text("#toast").startswith("Decisions loaded: 4; 1 do not fit this log")
    page.press("u")
    assert page.done == "0"
    write_decisions([Decisions("b.txt", "0" * 64, made)], path)
    page.driver.find_element("id", "file").send_keys(str(path))
    until(lambda: "another source: b.txt" in page.text("#toast"))
    path.write_bytes(b"\xff\xfe{}")
    page.driver.find_element("id", "file").send_keys(str(path))
    until(lambda: "not a decisions file" in page.text("#toast"))
    assert page.done == "0"


@pytest.mark.parametrize("seed", range(3))
def test_the_saved_file_makes_exactly_the_expected_text(
    page: Browser, seed: int, tmp_path: Path, capfdbinary: Any
) -> None:
    some = random.Random(seed)
    page.choose("#by", "none")
    page.choose("#order", "text")
    expected = list(LOG.changes)
    for at, change in enumerate(LOG.changes):
        page.press(HOME, *"j" * at)
        kind = some.choice(["a", "r", "e", "x"])
        page.press(kind)
        if kind == "e":
            page.press(ALL, f"elle{at}", ENTER)
        after = {"a": change.after, "r": change.before, "e": f"elle{at}"}.get(kind)
        expected[at] = _settled(change, after)
    page.press("s")
    path = page.downloaded("makale.txt.decisions.json")
    text = apply(SOURCE, expected)
    assert apply(SOURCE, decide(SOURCE, LOG.changes, loads(path.read_text("utf-8"))[0])[0]) == text
    source, log = tmp_path / "makale.txt", tmp_path / "makale.jsonl"
    source.write_bytes(SOURCE.encode())
    write(LOG, log)
    assert main(["apply", str(source), str(log), "--decisions", str(path)]) == 0
    assert capfdbinary.readouterr().out.decode() == text


def _settled(change: Change, after: str | None) -> Change:
    return change if after is None else replace(change, after=after, decision="accept")


def test_several_sources_in_one_page(chromium: Browser) -> None:
    other = Log.of(Restoration("iilke ve giivenlik", changes_of("iilke ve giivenlik")), "b.txt")
    chromium.open([LOG, other], source_text={LOG.source: SOURCE, "b.txt": "iilke ve giivenlik"})
    chromium.press("A")
    chromium.choose("#source", "1")
    chromium.press(HOME, "R")
    chromium.press("s")
    path = chromium.downloaded("onar.decisions.json")
    found = {one.source: [judgement.decision for judgement in one.judgements] for one in read(path)}
    assert found["makale.txt"] == ["accept"] * 3
    assert sorted(found["b.txt"]) == ["accept", "reject"] or found["b.txt"] == ["reject"]
    assert chromium.complaints() == []
