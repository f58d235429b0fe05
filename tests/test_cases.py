"""Case tables: what is healed, what stays untouched, what is known to fail.

- How the tables in ``tests/cases`` are written stands in ``tests/case_tables.py``.
- Each printed text is its own untouched twin: it is given to the engine too, and must not change.
- A known failure that works fails the test: ``python tests/case_tables.py --write`` moves it home.
"""

from __future__ import annotations

import re

import pytest
from case_tables import KNOWN_FAILURES, THEMES, Case, cases_of, plain, restored, text_of, within, without, works

ALL = [case for theme in THEMES for case in cases_of(theme)]
DAMAGED = [case for case in ALL if case.read != case.printed]
RIGHT = [case for case in ALL if case.read == case.printed]
FAILING = cases_of(KNOWN_FAILURES)


@pytest.mark.parametrize("case", DAMAGED, ids=lambda case: case.name)
def test_a_damaged_text_is_healed(case: Case) -> None:
    assert plain(restored(case.read)) == plain(case.printed)


@pytest.mark.parametrize("case", RIGHT, ids=lambda case: case.name)
def test_a_right_text_is_untouched(case: Case) -> None:
    assert restored(case.read) == case.printed


@pytest.mark.parametrize("case", DAMAGED, ids=lambda case: case.name)
def test_the_print_of_a_damaged_text_is_its_untouched_twin(case: Case) -> None:
    assert restored(case.printed) == case.printed


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize("case", FAILING, ids=lambda case: case.name)
def test_a_known_failure_works(case: Case) -> None:
    assert works(case)


@pytest.mark.parametrize("theme", [theme for theme in THEMES if theme not in ("healed", "untouched")])
def test_a_theme_has_cases_enough_and_as_many_untouched(theme: str) -> None:
    """Known failures of the theme count: they are cases too."""
    cases = [*cases_of(theme), *(case for case in FAILING if case.theme == theme)]
    assert sum(case.read != case.printed for case in cases) >= 15
    assert sum(case.read == case.printed for case in cases) >= 15


@pytest.mark.parametrize("name", [*THEMES, KNOWN_FAILURES])
def test_no_case_stands_twice(name: str) -> None:
    reads = [case.read for case in cases_of(name)]
    assert len(set(reads)) == len(reads)


def test_every_known_failure_says_why() -> None:
    for section in re.split(r"^## ", text_of(KNOWN_FAILURES), flags=re.MULTILINE)[1:]:
        reason = section.partition("\n")[2].partition("```")[0]
        assert len(reason.split()) >= 5, section[:60]


def test_cases_move_from_one_table_to_another() -> None:
    table = "# T\n\n## A\n\n```diff\n= bir\n\n= iki\n```\n\n## B\n\n```diff\n- uc\n+ üç\n```\n"
    shorter = without(table, "= bir")
    assert shorter == "# T\n\n## A\n\n```diff\n= iki\n```\n\n## B\n\n```diff\n- uc\n+ üç\n```\n"
    assert without(within(table, "B", "= dört"), "= dört") == table
