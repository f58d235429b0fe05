"""Onar itself."""

from __future__ import annotations

from collections.abc import Callable


def load() -> Callable[[str], str]:
    from onar import Restorer

    restorer = Restorer()
    return lambda text: restorer.restore(text).text
