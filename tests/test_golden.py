"""Golden panels: four small pictures, script to pixels, against files that only --update-goldens writes."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

import maquette
from maquette.film.request import FrameSettings
from maquette.film.style import PanelStyle
from maquette.pipeline import Production
from maquette.render.variants import LLVM, describe_variant
from maquette.studio import Studio

GOLDENS = Path(__file__).with_name("golden")
EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
WIDTH, HEIGHT = 192, 108
MEAN_LIMIT = 2.0
"""Mean absolute difference in 8-bit codes: other processors round otherwise, a person would not see it."""
PERCENTILE_LIMIT = 24.0
"""99th percentile of the absolute difference in 8-bit codes: nothing of a visible size may move."""


class Golden(NamedTuple):
    name: str
    script: str
    shot: str
    style: PanelStyle


GOLDEN_PANELS = (
    Golden("interior-two-shot", "the-chipped-cup.fountain", "1", PanelStyle.PHOTO),
    Golden("exterior", "the-last-ferry.fountain", "10", PanelStyle.PHOTO),
    Golden("ink", "the-last-ferry.fountain", "2F", PanelStyle.INK),
    Golden("pencil", "the-last-ferry.fountain", "10B", PanelStyle.PENCIL),
)


@pytest.fixture(scope="module")
def productions(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Production]]:
    variant = describe_variant()
    if variant.name != LLVM:
        pytest.skip(f"golden panels are pinned to {LLVM}; here it is {variant.name}: {variant.reason}")
    root = tmp_path_factory.mktemp("golden")
    opened = {s: maquette.new(root / s, script=EXAMPLES / s) for s in dict.fromkeys(g.script for g in GOLDEN_PANELS)}
    yield opened
    for production in opened.values():
        production.close()


@pytest.fixture(scope="module")
def studio() -> Studio:
    return Studio()


def drawn(production: Production, studio: Studio, golden: Golden) -> NDArray[np.uint8]:
    shot = next((s for s in production.shots if s.number == golden.shot), None)
    assert shot is not None, f"{golden.script} has no shot {golden.shot} any more: choose another for this golden."
    frame = FrameSettings(width=WIDTH, height=HEIGHT, style=golden.style)
    return studio.draw(production.request(production.screenplay, shot, frame, Fraction(0))).pixels


def differences(a: NDArray[np.uint8], b: NDArray[np.uint8]) -> tuple[float, float, NDArray[np.uint8]]:
    """Mean and 99th percentile of the absolute difference in codes, and the difference eight times as bright."""
    gap = np.abs(a.astype(np.int16) - b.astype(np.int16))
    return float(gap.mean()), float(np.percentile(gap, 99)), np.clip(gap * 8, 0, 255).astype(np.uint8)


@pytest.mark.parametrize("golden", GOLDEN_PANELS, ids=lambda g: g.name)
def test_panel_is_as_it_was(
    golden: Golden,
    productions: dict[str, Production],
    studio: Studio,
    request: pytest.FixtureRequest,
    tmp_path: Path,
) -> None:
    pixels = drawn(productions[golden.script], studio, golden)
    path = GOLDENS / f"{golden.name}.png"
    if request.config.getoption("--update-goldens"):
        path.parent.mkdir(exist_ok=True)
        Image.fromarray(pixels).save(path, optimize=True)
        return
    assert path.is_file(), f"{path.name} is missing: write it with  pytest {Path(__file__).name} --update-goldens"
    expected = np.asarray(Image.open(path).convert("RGB"))
    assert expected.shape == pixels.shape
    mean, percentile, gap = differences(pixels, expected)
    if mean > MEAN_LIMIT or percentile > PERCENTILE_LIMIT:
        side_by_side = np.concatenate([expected, pixels, gap], axis=1)
        shown = tmp_path / f"{golden.name}-expected-got-difference.png"
        Image.fromarray(side_by_side).save(shown)
        pytest.fail(
            f"{golden.name} differs: mean {mean:.2f} (limit {MEAN_LIMIT}), 99th percentile {percentile:.0f} "
            f"(limit {PERCENTILE_LIMIT:.0f}) of 255. Look at {shown}; if it is meant, run with --update-goldens."
        )


def test_the_comparison_sees_a_moved_edge_and_forgives_rounding() -> None:
    picture = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    picture[:, WIDTH // 2 :] = 200
    rounding = picture + np.random.default_rng(1).integers(0, 3, picture.shape).astype(np.uint8)
    mean, percentile, _ = differences(picture, rounding)
    assert mean <= MEAN_LIMIT and percentile <= PERCENTILE_LIMIT
    mean, percentile, _ = differences(picture, np.roll(picture, 3, axis=1))
    assert mean > MEAN_LIMIT and percentile > PERCENTILE_LIMIT


def test_every_golden_file_is_drawn_by_a_test() -> None:
    assert {p.stem for p in GOLDENS.glob("*.png")} == {g.name for g in GOLDEN_PANELS}
