"""Mutated PDFs, hOCR, ALTO, PAGE and TSV files, thousands of them, through reading and rewriting.

Run it outside CI:  python tests/fuzz_documents.py --runs 10000 --seed 1
Every case must end in a result or in one of Onar's own one-line errors, within 20 seconds and 3 GB, with no file left
half written. A child process does a hundred cases at a time, so that a crash or a hang is found and named.
"""

from __future__ import annotations

import argparse
import collections
import random
import resource
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import ocr_samples
import pdf_samples

from onar.documents import open_document
from onar.errors import InputError, OnarError, RefusedError

BATCH = 100
SECONDS = 20
GIGABYTES = 3
_NUMBERS = [
    b"0",
    b"-1",
    b"1e9",
    b"99999999999",
    b"-2147483648",
    b"0.00000001",
    b"nan",
    b"65536",
    b"/",
    b"<<",
    b"]",
    b"null",
]
_PIECES = [
    b"<!ENTITY a 'b'>",
    b"&a;",
    b"<",
    b"\0",
    b"\xff",
    b"]]>",
    b"BT",
    b"q",
    b"Q",
    b"Tj",
    b"(",
    b"obj",
    b"R",
    b"\f",
    b"&#0;",
]


def seeds() -> list[bytes]:
    """Return the sound files that the mutations start from, small and unpacked."""
    pdfs = [pdf_samples.tesseract(), pdf_samples.ocrmypdf(), pdf_samples.abbyy(), pdf_samples.abbyy(tagged=False)]
    pdfs += [pdf_samples.build(pdf_samples.IMAGE + pdf_samples.lines_of(pdf_samples.TEXT), Rotate=90)]
    restored = []
    for pdf in pdfs[:3]:
        with open_document(pdf) as document:
            restored.append(document.rewrite(pdf_samples.mend(document.text)))
    return pdfs * 2 + restored + [sample for _, sample in ocr_samples.all_samples()]


def mutate(data: bytes, rng: random.Random) -> bytes:
    """Return *data* with one to six injuries."""
    body = bytearray(data)
    for _ in range(rng.choice((1, 1, 1, 2, 3, 6))):
        at = rng.randrange(len(body) + 1)
        end = min(len(body), at + rng.choice((1, 2, 5, 20, 100, 400)))
        kind = rng.randrange(9)
        if kind == 0 and body:
            body[at % len(body)] ^= 1 << rng.randrange(8)
        elif kind == 1 and body:
            body[at % len(body)] = rng.randrange(256)
        elif kind == 2:
            del body[at:end]
        elif kind == 3:
            body[at:at] = body[at:end] * rng.choice((1, 2, 50))
        elif kind == 4 and rng.random() < 0.3:
            del body[at:]
        elif kind == 5:
            other = rng.randrange(len(body) + 1)
            body[at:end] = body[other : other + end - at]
        elif kind == 6:
            digits = [i for i in range(at, min(at + 200, len(body))) if chr(body[i]).isdigit()]
            if digits:
                body[digits[0] : digits[0] + 1] = rng.choice(_NUMBERS)
        elif kind == 7:
            body[at:at] = rng.choice(_PIECES)
        else:
            body[at:end] = bytes(rng.randrange(256) for _ in range(end - at))
    return bytes(body)


def one(data: bytes, folder: Path) -> str:
    """Read and rewrite *data*; return how it ended. Anything but Onar's own errors goes through."""
    source, target = folder / "case", folder / "out"
    source.write_bytes(data)
    try:
        with open_document(source) as document:
            restoration = pdf_samples.mend(document.text, {"ii": "ü", "vebu": "ve bu", "bir le": "birle"})
            for change in restoration.changes[:3]:
                document.locate(change)
                document.picture(change)
            list(document.words())
            new = document.rewrite(restoration)
    except (InputError, RefusedError) as error:
        message = str(error)
        if "\n" in message or not message:
            raise AssertionError(f"not one line: {message!r}") from error
        return type(error).__name__
    except OnarError as error:
        raise AssertionError(f"an unexpected kind of error: {error!r}") from error
    target.write_bytes(new)
    with open_document(target) as again:
        same = again.text == restoration.text or document.format == "text"
    return f"{document.format}, {'same' if same else 'other'} text"


def cases(seed: int, count: int, kinds: list[bytes]) -> list[tuple[int, bytes]]:
    """Return *count* numbered mutations that follow from *seed* alone."""
    out = []
    for number in range(count):
        rng = random.Random(seed * 1_000_003 + number)
        out.append((number, mutate(rng.choice(kinds), rng)))
    return out


def batch(seed: int, count: int = BATCH, keep: Path | None = None) -> collections.Counter[str]:
    """Do *count* cases in this process."""
    ends: collections.Counter[str] = collections.Counter()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number, data in cases(seed, count, seeds()):
            signal.alarm(SECONDS)
            try:
                ends[one(data, folder)] += 1
            except Exception as error:
                ends[f"FAILED {type(error).__name__}"] += 1
                print(f"case {seed}/{number}: {type(error).__name__}: {error}", file=sys.stderr)
                if keep:
                    (keep / f"case-{seed}-{number}").write_bytes(data)
            finally:
                signal.alarm(0)
            left = {path.name for path in folder.iterdir()} - {"case", "out"}
            if left:
                ends["FAILED leaked file"] += 1
    return ends


def main() -> int:
    """Run batches in children and sum up."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--child", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--keep", type=Path, help="folder for the cases that failed")
    options = parser.parse_args()
    if options.child is not None:
        resource.setrlimit(resource.RLIMIT_AS, (GIGABYTES << 30, GIGABYTES << 30))
        for kind, count in batch(options.child, keep=options.keep).items():
            print(f"{count}\t{kind}")
        return 0
    total: collections.Counter[str] = collections.Counter()
    for number in range(-(-options.runs // BATCH)):
        seed = options.seed * 100_000 + number
        command = [sys.executable, __file__, "--child", str(seed)]
        command += ["--keep", str(options.keep)] if options.keep else []
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            total[f"FAILED batch {seed} died with {done.returncode}"] += 1
        for line in done.stdout.splitlines():
            times, kind = line.split("\t")
            total[kind] += int(times)
        sys.stderr.write(done.stderr[-2000:])
    for kind, count in sorted(total.items()):
        print(f"{count:7}  {kind}")
    return int(any(kind.startswith("FAILED") for kind in total))


if __name__ == "__main__":
    sys.exit(main())
