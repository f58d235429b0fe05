"""Fuzz one reader with atheris: ``python tests/fuzz/run.py TARGET [libFuzzer options, as -max_total_time=600]``.

Atheris (``pip install atheris``, Linux and macOS) is no dependency of the project. The corpus starts from files the
project itself writes. Targets stand in ``targets.py`` beside this file.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

SEEDS: dict[str, list[bytes]] = {
    "text": [
        "Tiirkiye'nin giivenligi, diizende\nbiiyiik-\nliik \f1990’h yillar %35ini KGiO'niin".encode(),
        b"T\xfcrkiye",
    ],
    "rules": ["printed\tread\twhere\tcost\tcount\tnote\nü\tii\tany\t0.5\t3\t\nğ\t∅\tend\toff\t\tx\n".encode()],
    "words": ["Şanghay\n# not\nKöstence # şehir\n".encode()],
    "alternatives": ["line\ttoken\talternatives\n5\tAydın*\tAydın|Aydın™\n".encode()],
    "evaluation": ["güven-\nlik\füç|giiven-\nlik\füç|giiven-\nlik\fuc".encode()],
}


def seeds(target: str) -> list[bytes]:
    """Sound files to start from."""
    if target not in ("log", "log_path", "decisions"):
        return SEEDS[target]
    from onar.changelog import decisions, log
    from onar.changelog.changes import Change, Restoration

    change = Change("1", 5, 13, 1, 6, 1, "diizende", "düzende", decision="accept", alternatives=(("dizende", 0.1),))
    kept = log.Log.of(Restoration("yeni diizende", (change,), {"onar": "1"}), "a.txt")
    return [
        decisions.dumps([decisions.Decisions.of(kept)]).encode() if target == "decisions" else log.dumps(kept).encode()
    ]


def main() -> None:
    import atheris  # type: ignore[import-untyped,import-not-found,unused-ignore]

    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    with atheris.instrument_imports(include=["onar"]):
        from fuzz.targets import TARGETS

    name = sys.argv.pop(1) if len(sys.argv) > 1 else ""
    if name not in TARGETS:
        raise SystemExit(f"name a target: {', '.join(TARGETS)}")
    with tempfile.TemporaryDirectory() as corpus:
        for at, seed in enumerate(seeds(name)):
            (Path(corpus) / str(at)).write_bytes(seed)
        atheris.Setup([*sys.argv, "-max_len=4096", corpus], TARGETS[name])
        atheris.Fuzz()


if __name__ == "__main__":
    main()
