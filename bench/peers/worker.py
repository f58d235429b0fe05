"""Run one restorer in its own environment: texts in, restored texts and seconds out, one JSON line each way.

Asked ``{"texts": [...], "budget": 60}`` it answers ``{"texts": [...], "seconds": 1.2, "peak": 90.1}``; texts
beyond the budget of seconds are left out of the answer. Seconds are processor time.
"""

from __future__ import annotations

import importlib
import json
import resource
import sys
import time


def main() -> None:
    out, sys.stdout = sys.stdout, sys.stderr  # some tools chat on standard output
    restore = importlib.import_module(sys.argv[1]).load()
    restore("Tiirkiye")
    print(json.dumps({"ready": True}), file=out, flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        done, start = [], time.process_time()
        for text in asked["texts"]:
            done.append(restore(text))
            if time.process_time() - start > asked["budget"]:
                break
        seconds = time.process_time() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({"texts": done, "seconds": seconds, "peak": peak}), file=out, flush=True)


if __name__ == "__main__":
    main()
