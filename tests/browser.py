"""A real browser with a review page in it: what the tests of the page share.

- :class:`Browser` opens pages, presses keys, and reads what is seen and what is saved.
- :data:`LOG` is a small log with every kind of change in it, hostile text included; :data:`SOURCE` is its text.
- A test module makes the fixtures its own: ``chromium = pytest.fixture(scope="module")(start)`` and
  ``page = pytest.fixture(fresh)``.

Needs ``selenium`` and, from the system, Chromium with its driver (Debian: ``chromium chromium-driver``).
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from onar.changelog.changes import Change, Restoration, Status, locate
from onar.changelog.decisions import Decisions, read
from onar.changelog.log import Log
from onar.review.html import write_report

webdriver: Any = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
DRIVER = shutil.which("chromedriver")

FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--window-size=1440,900"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"),
    "--lang=en",
)
# the keys without a letter, as WebDriver spells them
ENTER, ESCAPE, TAB, CONTROL = "\ue007", "\ue00c", "\ue004", "\ue009"
END, HOME, LEFT, UP, RIGHT, DOWN, PAGE_DOWN = "\ue010", "\ue011", "\ue012", "\ue013", "\ue014", "\ue015", "\ue00f"
ALL = CONTROL + "a"

HOSTILE = "</script><img src=x onerror=document.title='broken'>\u202e\"'&amp;<b>"
CURES = {
    "giivenlik": ("güvenlik", 0.97, "applied", ["ü>ii"]),
    "iilke": ("ülke", 0.8, "applied", ["ü>ii"]),
    "$IO": ("ŞİÖ", 0.4, "flagged", ["ş>$", "ö>O"]),
    "Asya": ("Asya", 0.3, "flagged", []),
    "bo-\nliim": ("bö-\nlüm", 0.96, "applied", ["ö>o", "ü>ii"]),
    "oldu": ("oldü", 0.99, "applied", ["ü>u"]),
    HOSTILE: (HOSTILE + "!", 0.9, "applied", ["<i>"]),
}
SOURCE = (
    "kurulan giivenlik ve iilke 𝔄 giivenlik\r\nikinci satırda $IO ile Asya, sonra bo-\nliim burada\n"
    f"\fyeni sayfa giivenlik oldu\n{HOSTILE} burada\n\n\fson iilke"
)


def changes_of(source: str) -> tuple[Change, ...]:
    found = sorted((at, word) for word in CURES for at in places_of(source, word))
    places = locate(source)
    made = []
    for at, word in found:
        after, confidence, status, rules = CURES[word]
        rivals = [("güvenilk", 0.02), ("guvenlik", 0.01)] if word == "giivenlik" else []
        known: Status = "flagged" if status == "flagged" else "applied"
        made.append(
            places.change(
                at, at + len(word), after, rules=rules, confidence=confidence, alternatives=rivals, status=known
            )
        )
    return tuple(made)


def places_of(source: str, word: str) -> Iterator[int]:
    at = source.find(word)
    while at >= 0:
        yield at
        at = source.find(word, at + 1)


LOG = Log.of(Restoration(SOURCE, changes_of(SOURCE), {"onar": "0.1.0"}), "makale.txt")


class Browser:
    """Chromium with a review page in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        options = webdriver.ChromeOptions()
        options.binary_location = BROWSER
        for flag in FLAGS:
            options.add_argument(flag)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        options.add_experimental_option("prefs", {"download.default_directory": str(folder)})
        self.driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
        self.driver.set_script_timeout(60)
        self.pages = 0

    def open(self, log: Log | Sequence[Log] = LOG, *, keep: bool = False, **options: Any) -> None:
        """Open a page made of *log*; *keep* what an earlier one left in the browser."""
        self.pages += 1
        path = self.folder / f"page{self.pages}.html"
        write_report(path, log, **options)
        for old in self.folder.glob("*.json"):
            old.unlink()
        self.driver.get("about:blank")
        self.driver.get(path.as_uri())
        if not keep:
            self.js("localStorage.clear()")
            self.driver.refresh()
        assert self.js("return document.documentElement.dataset.ready") == "yes"

    def js(self, script: str, *arguments: object) -> Any:
        return self.driver.execute_script(script, *arguments)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.driver.switch_to.active_element.send_keys(key)

    def click(self, selector: str, at: int = 0) -> None:
        self.driver.find_elements("css selector", selector)[at].click()

    def choose(self, selector: str, value: str) -> None:
        self.js(
            "const s = document.querySelector(arguments[0]); s.value = arguments[1];"
            "s.dispatchEvent(new Event('change')); document.getElementById('list').focus()",
            selector,
            value,
        )

    def texts(self, selector: str) -> list[str]:
        found: list[str] = self.js(
            "return [...document.querySelectorAll(arguments[0])].filter(n => n.checkVisibility())"
            ".map(n => n.textContent)",
            selector,
        )
        return found

    def text(self, selector: str) -> str:
        return self.texts(selector)[0]

    @property
    def done(self) -> str:
        """How many are decided."""
        return self.text("#progress-words").split(" of ")[0]

    @property
    def word(self) -> str:
        """The word at hand, as it was read."""
        return self.text("#detail .big dd.read")

    def saved(self) -> Decisions:
        """Save, and read the file with Onar."""
        self.press("s")
        path = self.downloaded(f"{LOG.source}.decisions.json")
        (found,) = read(path)
        path.unlink()
        return found

    def downloaded(self, name: str) -> Path:
        """Wait until the file *name* is there as a whole, and return its path."""
        path = self.folder / name
        until(lambda: path.exists() and path.read_text("utf-8").endswith("]}\n"), 20)
        return path

    def choices(self) -> list[tuple[str, str, str]]:
        return [(item.before, item.decision, item.after) for item in self.saved().judgements]

    def complaints(self) -> list[str]:
        return [entry["message"] for entry in self.driver.get_log("browser")]


def start(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Start a browser for a module of tests; skip them where there is none."""
    if not BROWSER or not DRIVER:
        pytest.skip("no Chromium with its driver on this system")
    browser = Browser(tmp_path_factory.mktemp("browser"))
    yield browser
    browser.driver.quit()


def fresh(chromium: Browser) -> Iterator[Browser]:
    """Open the page of :data:`LOG` anew; the browser must have had nothing to complain about."""
    chromium.driver.set_window_size(1440, 900)
    chromium.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
    chromium.open(source_text=SOURCE)
    yield chromium
    assert chromium.complaints() == []


def until(holds: Callable[[], object], seconds: float = 5) -> None:
    """Wait until something *holds*."""
    limit = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < limit, "it did not come"
        time.sleep(0.02)
