#!/usr/bin/env python3
"""The long run: thousands of documents in one process, with the memory told as it goes. It should stay flat.

    python bench/longrun.py [--documents 10000] [--words 120]

Documents are cut from the scans Onar learnt nothing from (or the samples) at random places: no two are the same.
"""

from __future__ import annotations

import argparse
import random
import time
from pathlib import Path

from accuracy import put
from speed import peak, resident, unseen


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--words", type=int, default=120, help="words a document")
    parser.add_argument("--into", type=Path, metavar="PAGE", help="put what is measured into this page of the docs")
    options = parser.parse_args()
    from onar import Restorer

    rng, restorer = random.Random(8), Restorer()
    words = [word for document in unseen(60_000) for word in document.ocr.split(" ")]
    told: list[str] = []
    start, done, step = time.perf_counter(), 0, max(1, options.documents // 10)
    for at in range(options.documents):
        first = rng.randrange(len(words) - options.words)
        done += len(restorer.restore(" ".join(words[first : first + options.words])).text.split())
        if at == 0 or (at + 1) % step == 0:
            seconds = time.perf_counter() - start
            told.append(f"{at + 1:>6} documents {done:>8} words {seconds:8.1f} s  {resident():6.1f} MB")
            print(told[-1], flush=True)
    told.append(f"peak {peak():.1f} MB")
    print(told[-1])
    if options.into:
        put(options.into, "longrun", "```text\n" + "\n".join(told) + "\n```")


if __name__ == "__main__":
    main()
