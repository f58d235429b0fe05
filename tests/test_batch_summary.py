"""The summary: sums, order, views, and that nothing from a document gets out of its cell."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from onar.batches.manifest import Figures, Record
from onar.batches.summary import Run, Summary, write
from onar.batches.summary_page import to_html
from onar.changelog.log import schema

EVIL = '</td><script>alert("1")</script>\x1b[31m\u202e'


def record(name: str, applied: int = 10, words: int = 100, rule: str = "ü>ii") -> Record:
    return Record(name, "done", "0" * 64, "0" * 16, "0.1.0", name, None, Figures(2, words, applied, 1, {rule: applied}))


def failure(name: str, reason: str = "not UTF-8: add --encoding cp1254") -> Record:
    return Record(name, "failed", None, "0" * 16, "0.1.0", error=reason)


records = st.lists(
    st.builds(record, st.text(max_size=5), st.integers(0, 200), st.integers(0, 300), st.sampled_from(["ü>ii", "ş>s"]))
    | st.builds(failure, st.text(max_size=5)),
    max_size=30,
)


@given(records)
def test_figures_add_up_and_fit_the_schema(some: list[Record]) -> None:
    summary = Summary.of(some)
    assert summary.documents == len(some) == summary.done + len(summary.failures)
    assert sum(summary.histogram) == summary.done
    assert summary.words == sum(one.figures.words for one in some)
    assert summary.exit_code == (5 if summary.failures else 0)
    Draft202012Validator(schema("summary")).validate(json.loads(summary.to_json()))


@given(records, st.randoms())
def test_the_order_of_the_documents_changes_no_figure(some: list[Record], chance: object) -> None:
    other = list(reversed(some))
    one, two = Summary.of(some), Summary.of(other)
    assert (one.confusions, one.histogram, one.worst, one.ranked()) == (
        *(two.confusions, two.histogram, two.worst, two.ranked()),
    )


def test_the_ten_most_damaged_are_named() -> None:
    summary = Summary.of(record(f"{number:02}", applied=number) for number in range(30))
    assert [one.input for one in summary.worst] == [f"{number:02}" for number in range(29, 19, -1)]
    assert summary.worst[0].damage == 0.3


def test_text_names_failures_with_reason_and_counts_the_rest() -> None:
    text = Summary.of([record("iyi.txt"), *(failure(f"{number}.txt") for number in range(30))]).to_text()
    assert "31: 1 restored, 30 failed" in text
    assert "  0.txt: not UTF-8" in text
    assert "and 10 more" in text
    assert "10  ü>ii" in text


def test_a_reason_that_holds_the_name_doesnt_say_it_twice() -> None:
    assert "  a.txt is no text\n" in Summary.of([failure("a.txt", "a.txt is no text")]).to_text()


class Cells(HTMLParser):
    """Collects the tags and the addresses of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("src", "href", "style")]


def test_the_page_is_self_contained_and_escaped() -> None:
    some = [record(EVIL, rule=EVIL), failure(EVIL, EVIL), *(record(str(n), rule=f"r{n}") for n in range(40))]
    page = to_html(Summary.of(some, Run(deaths=1)))
    parser = Cells()
    parser.feed(page)
    assert "script" not in parser.tags
    assert parser.addresses == []
    assert "alert" in page
    assert "\x1b" not in page and "\u202e" not in page
    assert "11 others" in page
    assert parser.tags.count("svg") == parser.tags.count("rect") >= 31


def test_a_page_of_nothing_is_a_page() -> None:
    assert "<h1>" in to_html(Summary())
    assert "documents   0" in Summary().to_text()


@pytest.mark.parametrize(
    ("name", "start"), [("o.html", "<!DOCTYPE"), ("o.json", "{"), ("o.txt", "documents"), ("o", "doc")]
)
def test_the_name_chooses_the_view(tmp_path: Path, name: str, start: str) -> None:
    write(Summary.of([record("\udcff.txt"), failure("ş.txt")]), tmp_path / name)
    assert (tmp_path / name).read_text("utf-8").startswith(start)
