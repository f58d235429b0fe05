"""What the review page shows: the text itself, hostile text, dark and light, Turkish, paper."""

from __future__ import annotations

import json
import random
from base64 import b64decode

import pytest
from browser import ALL, END, ENTER, HOME, HOSTILE, LOG, SOURCE, TAB, Browser, fresh, places_of, start, until

from onar.changelog.changes import Restoration, locate
from onar.changelog.log import Log
from onar.review.visible import visible

chromium = pytest.fixture(scope="module")(start)
page = pytest.fixture(fresh)


@pytest.mark.parametrize("view", ["inline", "side"])
def test_the_text_itself(page: Browser, view: str) -> None:
    page.click(f"button[data-view={view}]")
    page.press(HOME)
    lines = page.texts(".line .cells")
    assert len(lines) == 6  # the broken word keeps its two lines together
    gutters = page.texts(".gutter")
    assert gutters == ["1", "2", "4", "5", "6", "7"]
    assert page.texts(".pagehead") == ["Page 1", "Page 2", "Page 3"]
    read = "".join(page.texts(".line .cell.read")) if view == "side" else ""
    for part in ("kurulan giivenlik ve iilke 𝔄 giivenlik", "bo-\nliim burada"):
        assert view == "inline" or part in read
    assert page.word == "giivenlik"
    page.press("j", "r", "j", "a")
    kinds = page.choices()
    assert kinds == [("iilke", "reject", "ülke"), ("$IO", "accept", "ŞİÖ")]
    page.press(HOME, "A")
    assert page.done == "5"
    marks = page.texts(".line .mark")
    assert len(marks) == (20 if view == "side" else 10)
    page.click(".line .mark.is-reject")
    assert page.word == "iilke"
    page.press("v")
    assert page.text("[data-view][aria-pressed=true]") == {"inline": "Side by side", "side": "Summary"}[view]


def test_a_text_without_line_breaks_and_one_without_the_source(chromium: Browser) -> None:
    source = "giivenlik ve iilke " * 300 + "iilke" * 300 + "𝔄" * 999
    places = locate(source)
    changes = tuple(places.change(at, at + 5, "ülke") for at in sorted(places_of(source, "iilke")))
    log = Log.of(Restoration(source, changes), "makale.txt")
    chromium.open(log, source_text=source)
    chromium.press("v", "v")
    chromium.press(END)
    assert chromium.word == "iilke"
    assert chromium.texts(".line .mark.here") == ["iilke", "ülke"]
    assert all(len(text) < 1500 for text in chromium.texts(".line .cell"))
    assert "⟨D" not in "".join(chromium.texts(".line .cell"))
    chromium.open(LOG)
    chromium.press("v")
    assert "… kurulan giivenlikgüvenlik ve iilke" in chromium.texts(".line .cell")[0]
    assert chromium.complaints() == []


@pytest.mark.parametrize("seed", range(8))
def test_any_text_is_shown_whole_whatever_the_changes(chromium: Browser, seed: int) -> None:
    some = random.Random(seed)
    pieces = ["giiven ", "𝔄", "\n", "\r\n", "\f", "\r", "\u202e", "a" * 200, "x ", "\t", "<b>", "\u2028"]
    source = "".join(some.choices(pieces, k=some.choice([0, 3, 60])))
    cuts = sorted(some.choices(range(len(source) + 1), k=20))
    places = locate(source)
    spans = list(zip(cuts[::2], cuts[1::2], strict=True)) + ([(0, 0)] if seed == 1 else [])
    changes = tuple(places.change(start, end, "y", rules=["r"]) for start, end in sorted(spans))
    chromium.driver.set_window_size(1440, 9000)  # what is out of sight is not there
    chromium.open(Log.of(Restoration(source, changes), "makale.txt"), source_text=source)
    chromium.press("v", "v")
    read = "".join(chromium.texts(".cell.read"))
    assert _letters(read) == _letters(visible(source))
    for _ in changes:
        assert chromium.texts("#detail .big dd.read") != []
        chromium.press("j")
    chromium.press("v", "v", "A", "u")
    assert chromium.complaints() == []


def _letters(text: str) -> str:
    return "".join(text.replace("↵", "").replace("↡", "").split())


def test_hostile_text_is_shown_as_text(page: Browser) -> None:
    page.choose("#by", "none")
    page.choose("#order", "text")
    shown = HOSTILE.replace("\u202e", "⟨202E⟩")
    assert f"{shown}→{shown}!" in page.texts(".row .pair")
    for _ in range(3):
        page.press("v")
        assert page.js("return document.title") != "broken"
    assert page.js("return document.querySelectorAll('img').length") == 0
    assert page.js("return document.querySelectorAll('script').length") == 2
    page.click("button[data-view=groups]")
    page.press("/", "onerror")
    until(lambda: "1 of 10" in page.text("#count"))
    page.press(ENTER, HOME, "e", ALL, HOSTILE.replace("\u202e", ""), ENTER)
    assert page.choices()[-1][2] == HOSTILE.replace("\u202e", "")
    assert page.js("return document.title") == "makale.txt · Onar"


def test_dark_and_light(page: Browser) -> None:
    def paper() -> str:
        found: str = page.js("return getComputedStyle(document.body).backgroundColor")
        return found

    light = paper()
    page.driver.execute_cdp_cmd(
        "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": "dark"}]}
    )
    until(lambda: paper() != light)
    page.click("#theme")
    assert paper() == light


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_what_is_written_can_be_read(page: Browser, theme: str) -> None:
    page.js("document.documentElement.dataset.theme = arguments[0]", theme)
    page.press("A", ENTER)
    for _ in range(4):
        poor = page.js(CONTRAST)
        assert poor == [], poor
        page.press("v")


def test_it_speaks_turkish(page: Browser) -> None:
    page.click("#language")
    assert page.js("return document.documentElement.lang") == "tr"
    assert page.text("#save") == "Kararları kaydet"
    page.press("v", "v", "v")
    everything = page.js("return document.body.innerText")
    assert "Karıştırma" in everything or "karıştırma" in everything
    assert "undefined" not in everything
    assert page.js('return document.querySelectorAll(\'[aria-label=""], [title=""]\').length') == 0


def test_every_control_has_a_name_and_can_be_reached(page: Browser) -> None:
    nameless = page.js(
        "const all = 'button, input:not([hidden]), select, textarea, [role=tree], [role=progressbar]';"
        "return [...document.querySelectorAll(all)]"
        ".filter(n => n.checkVisibility())"
        ".filter(n => !(n.getAttribute('aria-label') || n.textContent.trim() || n.labels?.[0]?.textContent.trim()))"
        ".map(n => n.outerHTML)"
    )
    assert nameless == []
    seen = set()
    for _ in range(60):
        page.press(TAB)
        seen.add(page.js("return document.activeElement.id || document.activeElement.className"))
    assert {"list", "query", "save", "undo", "theme"} - seen <= {"undo"}  # nothing to undo yet


def test_the_summary_prints(page: Browser) -> None:
    page.press("R")
    pdfium = pytest.importorskip("pypdfium2", reason="pypdfium2 is not installed")
    data = b64decode(page.driver.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})["data"])
    document = pdfium.PdfDocument(data)
    text = "\n".join(document[k].get_textpage().get_text_range() for k in range(len(document)))
    document.close()
    for part in ("makale.txt", "Which confusions occurred", "ü>ii", "Rejected and edited", "giivenlik"):
        assert part in text
    assert "Save decisions" not in text


def test_a_picture_stands_beside_its_word(chromium: Browser) -> None:
    png = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAG7buVgAAAABJRU5ErkJggg==")
    chromium.open(source_text=SOURCE, pictures={LOG.changes[0].id: png})
    assert chromium.js("return document.querySelector('#detail img').naturalWidth") == 1
    assert chromium.complaints() == []


def test_nothing_is_asked_of_the_network(page: Browser) -> None:
    page.press("A", "v", "v", "v")
    asked = [
        message["params"]["request"]["url"]
        for entry in page.driver.get_log("performance")
        if (message := json.loads(entry["message"])["message"])["method"] == "Network.requestWillBeSent"
    ]
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:", "about:"))] == []


# text against what is painted behind it, as WCAG 2 counts it: at least 4.5 to 1
CONTRAST = """
const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
const rgb = (css) => {
  canvas.clearRect(0, 0, 1, 1);
  canvas.fillStyle = css;
  canvas.fillRect(0, 0, 1, 1);
  return [...canvas.getImageData(0, 0, 1, 1).data];
};
const linear = (v) => ((v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
const light = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
const behind = (n) => {
  for (; n; n = n.parentElement) {
    const colour = rgb(getComputedStyle(n).backgroundColor);
    if (colour[3] > 250) return colour;
  }
  return [255, 255, 255];
};
const poor = new Set();
for (const n of document.querySelectorAll("body *")) {
  if (!n.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
  if (n.closest(":disabled, script, style, #toast")) continue;
  if (![...n.childNodes].some((c) => c.nodeType === 3 && c.textContent.trim())) continue;
  const style = getComputedStyle(n), pair = [light(rgb(n.closest("svg") ? style.fill : style.color)), light(behind(n))];
  const ratio = (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
  if (ratio < 4.5) poor.add(`${n.tagName} ${n.getAttribute("class")} ${n.textContent.slice(0, 20)} ${ratio}`);
}
return [...poor];
"""
