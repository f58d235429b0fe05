"""Every command in README.md and docs/ runs, in a folder with the files the pages speak of.

- A block fenced as ``sh`` or ``console``, or as nothing and beginning with ``onar``, holds commands;
  in ``console`` they follow ``$`` and the rest is output.
- ``onar`` commands run as they stand, in one folder a page; exit code 1 is fine for ``--check``.
- ``python bench/…`` is asked for ``--help`` only, because a benchmark takes minutes; installing is not done.
- In ``python`` blocks written as a session (``>>>``) the answers are checked.
"""

from __future__ import annotations

import doctest
import os
import re
import shlex
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
PAGES = [path for path in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))) if path.exists()]
FENCE = re.compile(r"^```(\w*)[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
NOT_RUN = (
    "pip ",
    "pipx ",
    "uv ",
    "git ",
    "cd ",
    "apt ",
    "apt-get ",
    "sudo ",
    "npm ",
    "python -m pip ",
    "python -m venv ",
)
SAMPLES = ROOT / "seeds" / "samples"
OUTPUTS = (
    "-o",
    "--output",
    "--log",
    "--report",
    "--html",
    "--chart",
    "--summary",
    "--collection",
    "--format",
    "--encoding",
)
KINDS: dict[str, Any] = {
    ".txt": "kira_hukuku/ocr.txt",
    ".pdf": "bolgesel_isbirligi/pages.pdf",
    ".hocr": "bolgesel_isbirligi/page_1.hocr",
    ".xml": "bolgesel_isbirligi/page_1.xml",
    ".tsv": "printed\tread\tcost\nü\tii\t0.5\n".encode(),
}


def commands(page: Path) -> list[str]:
    found: list[str] = []
    for kind, block in FENCE.findall(page.read_text(encoding="utf-8")):
        if kind not in ("sh", "bash", "shell", "console") and not (not kind and block.startswith(("onar ", "python "))):
            continue
        for row in block.replace("\\\n", " ").splitlines():
            row = row.strip()
            if kind == "console":
                row = row[2:] if row.startswith("$ ") else ""
            if row and not row.startswith("#"):
                found.append(re.split(r"  +", row)[0].strip())  # what stands further right is a remark
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder beside the folders of the project."""
    for name in ("seeds", "bench", "tests", "wordlists", "src"):
        (tmp_path / name).symlink_to(ROOT / name)
    return tmp_path


def provide(command: str, folder: Path) -> None:
    """Put the inputs that *command* names into *folder*: something of that kind, unless an earlier command made it."""
    words = shlex.split(command)
    for before, word in pairwise(words[1:]):
        path, suffix = folder / word, Path(word).suffix
        if word.startswith("-") or before in OUTPUTS or path.exists() or "/" in word:
            continue
        if suffix in KINDS:
            path.write_bytes(
                KINDS[suffix] if isinstance(KINDS[suffix], bytes) else (SAMPLES / KINDS[suffix]).read_bytes()
            )
        elif not suffix and word.isalpha() and words[1] == "restore" and not before.startswith("-"):
            path.mkdir()
            for name in ("mutfak", "kapak"):
                shutil.copy(SAMPLES / name / "ocr.txt", path / f"{name}.txt")


def test_the_pages_have_commands() -> None:
    assert sum(len(commands(page)) for page in PAGES) >= 5


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_runs(page: Path, folder: Path) -> None:
    for row in commands(page):
        if row.startswith(NOT_RUN):
            continue
        if row.startswith(("python bench/", "python tests/fuzz/", "python -m pytest")):
            script = shlex.split(row)[1]
            assert script == "-m" or (ROOT / script).exists(), f"{page.name}: {row}"
            continue
        assert row.startswith(("onar ", "cat ", "echo ", "python ")), f"{page.name}: a command of another kind: {row}"
        provide(row, folder)
        found = subprocess.run(
            row, shell=True, cwd=folder, capture_output=True, timeout=120, check=False,
            env={**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"},
        )  # fmt: skip
        fine = (0, 1) if "--check" in row else (0,)
        assert found.returncode in fine, f"{page.name}: {row}\n{found.stderr.decode()[-500:]}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_session_answers_as_written(page: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    sessions = "\n".join(
        b for kind, b in FENCE.findall(page.read_text(encoding="utf-8")) if kind in ("python", "pycon")
    )
    test = doctest.DocTestParser().get_doctest(sessions, {}, page.name, str(page), 0)
    told: list[str] = []
    result = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test, out=told.append)
    assert not result.failed, "".join(told)


@pytest.mark.parametrize("script", ["accuracy.py", "compare.py", "speed.py", "longrun.py"])
def test_every_benchmark_explains_itself(script: str) -> None:
    found = subprocess.run(
        [sys.executable, str(ROOT / "bench" / script), "--help"], capture_output=True, timeout=60, check=False
    )
    assert (found.returncode, found.stdout[:6]) == (0, b"usage:")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_inside_the_project_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8")):
        if "://" not in target and not target.startswith("mailto:"):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
