#!/usr/bin/env python3
"""How fast long PDFs are restored, and how much memory that takes: pages a second and peak memory by number of pages.

    python bench/pages.py [--pages 50 200 400] [--into docs/formats.md]

The PDFs with text layers that are at hand (``../shared/pdf``, else those of ``seeds/samples``) are repeated until a file
has the pages wanted, each page with a picture of its own weight; every size is restored by ``onar restore`` in a fresh
process, with its log, into a temporary folder. Start reading at ``measured``.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from accuracy import ROOT, material, put

ONAR = ("-c", "import sys; from onar.cli import main; sys.exit(main())")


def long_pdf(pages: int, path: Path) -> None:
    """Write a PDF of *pages* pages; pictures are copied, so that the file grows as a scan does."""
    import pikepdf

    shared = material() / "pdf"
    found = sorted(shared.glob("*.pdf")) or sorted((ROOT / "seeds" / "samples").glob("*/*.pdf"))
    with pikepdf.new() as made:
        while len(made.pages) < pages:
            for source in found:
                with pikepdf.open(source) as pdf:
                    made.pages.extend(list(pdf.pages)[: pages - len(made.pages)])
        made.save(path)


def measured(pages: int, folder: Path) -> tuple[float, float, float]:
    """Return megabytes of the file, seconds, and the peak memory in megabytes of restoring *pages* pages."""
    source = folder / f"{pages}.pdf"
    with ProcessPoolExecutor(1) as aside:  # what makes the file must not count: a child inherits its parent's peak
        aside.submit(long_pdf, pages, source).result()
    command = [sys.executable, *ONAR, "restore", str(source), "-o", str(folder / "out.pdf")]
    command += ["--log", str(folder / "out.jsonl"), "-q"]
    start = time.perf_counter()
    process = subprocess.Popen(command)
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    if status:
        raise SystemExit(f"onar restore ended with {status}")
    size = source.stat().st_size / 1e6
    source.unlink()
    return size, seconds, used.ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, nargs="+", default=[50, 200, 400], help="from few to many")
    parser.add_argument("--into", type=Path, metavar="PAGE", help="put the table into this page of the docs")
    options = parser.parse_args()
    rows = ["| pages | file | time | pages a second | peak memory |", "|---:|---:|---:|---:|---:|"]
    with tempfile.TemporaryDirectory() as folder:
        for pages in sorted(options.pages):
            size, seconds, peak = measured(pages, Path(folder))
            rows.append(f"| {pages} | {size:.0f} MB | {seconds:.1f} s | {pages / seconds:.1f} | {peak:.0f} MB |")
            print(rows[-1], flush=True)
    if options.into:
        put(options.into, "pages", "\n".join(rows))


if __name__ == "__main__":
    main()
