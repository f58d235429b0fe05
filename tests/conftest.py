"""What the tests of the rooms share: one restorer, one lexicon, one channel, and a calm profile of hypothesis."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

import onar
from onar.channel.confusions import Channel, load_channel
from onar.language.lexicon import Lexicon
from onar.reading.candidates import Finder

# Examples are the same in each run, and the first one, which maps the lexicon, may take its time.
settings.register_profile(
    "house", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=60
)
settings.load_profile("house")

SHARED = Path(__file__).parents[1].parent / "shared"
"""The material for checking that is no part of the project; tests that want it skip where it is absent."""


@pytest.fixture(scope="session")
def restorer() -> onar.Restorer:
    return onar.Restorer()


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return Lexicon.load()


@pytest.fixture(scope="session")
def channel() -> Channel:
    return load_channel()


@pytest.fixture(scope="session")
def finder(lexicon: Lexicon, channel: Channel) -> Finder:
    return Finder(lexicon, channel)
