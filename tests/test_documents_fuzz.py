"""A short run of the fuzzer; the long one is ``python tests/fuzz_documents.py --runs 10000``."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("resource", reason="limits of memory and time need a Unix system")


def test_three_hundred_injured_files_crash_nothing() -> None:
    script = Path(__file__).with_name("fuzz_documents.py")
    command = [sys.executable, str(script), "--runs", "300", "--seed", "3"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    ends = {line.split(maxsplit=1)[1]: int(line.split()[0]) for line in done.stdout.splitlines()}
    assert sum(ends.values()) == 300
    assert ends["InputError"] and ends["pdf, same text"] and ends["hocr, same text"]


def test_a_failure_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import fuzz_documents

    def boom(*_: object) -> None:
        raise RuntimeError("boom")

    sound = fuzz_documents.seeds()[-1]
    assert fuzz_documents.one(sound, tmp_path) == "tsv, same text"
    monkeypatch.setattr("pdf_samples.mend", boom)
    with pytest.raises(RuntimeError, match="boom"):
        fuzz_documents.one(sound, tmp_path)
