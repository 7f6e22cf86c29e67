"""Flags and shared productions of the test suite."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

import maquette
from maquette.pipeline import Production

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"

settings.register_profile("maquette", deadline=None)  # No test asserts a time: a busy machine is no fault.
settings.load_profile("maquette")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-goldens", action="store_true", help="Write golden pictures anew instead of comparing.")


@pytest.fixture(scope="session")
def ferry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Production]:
    """The long example as a production. Shared: tests must not change it."""
    root = tmp_path_factory.mktemp("ferry") / "production"
    with maquette.new(root, script=EXAMPLES / "the-last-ferry.fountain") as production:
        yield production
