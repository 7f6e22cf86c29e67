# pyright: reportAttributeAccessIssue=false
"""A .cube of a grade shows the same colours in OpenColorIO as the grade itself."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import PyOpenColorIO as ocio
import pytest
from numpy.typing import NDArray

from maquette.deliver.lut import lut_table, write_lut
from maquette.film.errors import MediaError, UsageError
from maquette.film.grade import Grade
from maquette.imaging.grade import apply_grade

GRADES = [
    Grade(),
    Grade(saturation=0.0),
    Grade(contrast=1.4, saturation=1.3),
    Grade(temperature_mired=60),
    Grade(temperature_mired=-80, contrast=0.8),
    Grade(lift=0.1, shadow_tint=(-0.03, -0.04), highlight_tint=(0.02, 0.05)),
]


def shown(path: Path, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    transform = ocio.FileTransform(str(path), interpolation=ocio.INTERP_TETRAHEDRAL)
    processor = ocio.Config.CreateRaw().getProcessor(transform).getDefaultCPUProcessor()
    code = np.ascontiguousarray((pixels / 255).astype(np.float32))
    processor.apply(ocio.PackedImageDesc(code, code.shape[1], code.shape[0], 3))
    return code


@pytest.mark.parametrize("grade", GRADES)
def test_opencolorio_shows_the_same_colours(tmp_path: Path, grade: Grade) -> None:
    pixels = np.random.default_rng(4).integers(0, 256, (100, 100, 3), dtype=np.uint8)
    write_lut(tmp_path / "a.cube", grade, title="The Last Ferry 3A")
    difference = np.abs(shown(tmp_path / "a.cube", pixels) * 255 - apply_grade(pixels, grade))
    # Half a code is the rounding of the picture. A temperature clips saturated colours, which a table follows roughly.
    if grade.temperature_mired == 0:
        assert difference.max() <= 0.51
    else:
        assert np.quantile(difference, 0.99) <= 1 and difference.mean() < 0.3 and difference.max() <= 10


@pytest.mark.parametrize("grade", GRADES)
def test_greys_and_skin_are_within_a_code(tmp_path: Path, grade: Grade) -> None:
    greys = np.arange(256, dtype=np.uint8)[None, :, None].repeat(3, axis=2)
    skin = (greys.astype(float) * [1.0, 0.74, 0.6]).astype(np.uint8)
    write_lut(tmp_path / "a.cube", grade, title="x")
    for pixels in (greys, skin):
        assert np.abs(shown(tmp_path / "a.cube", pixels) * 255 - apply_grade(pixels, grade)).max() <= 1.5


def test_the_file_is_as_the_specification_says(tmp_path: Path) -> None:
    write_lut(tmp_path / "a.cube", Grade(contrast=1.2), title='Ferry "3A"', comment="Research only")
    lines = (tmp_path / "a.cube").read_text().splitlines()
    assert lines[:5] == ["# Research only", "TITLE \"Ferry '3A'\"", "LUT_3D_SIZE 33", "DOMAIN_MIN 0.0 0.0 0.0",
                         "DOMAIN_MAX 1.0 1.0 1.0"]  # fmt: skip
    rows = np.array([[float(x) for x in line.split()] for line in lines[5:]])
    assert rows.shape == (33**3, 3) and rows.min() >= 0 and rows.max() <= 1
    table = lut_table(Grade(), 3)
    assert table[0, 0, 2] == pytest.approx([1, 0, 0]) and table[2, 0, 0] == pytest.approx([0, 0, 1])  # red fastest


def test_notes_and_refusals(tmp_path: Path) -> None:
    assert any("neutral" in n for n in write_lut(tmp_path / "a.cube", Grade(), title="x"))
    assert any("temperature" in n for n in write_lut(tmp_path / "a.cube", Grade(temperature_mired=20), title="x"))
    with pytest.raises(UsageError, match="129"):
        write_lut(tmp_path / "b.cube", Grade(), title="x", size=1)
    (tmp_path / "c.cube").mkdir()
    with pytest.raises(MediaError, match=r"c\.cube"):
        write_lut(tmp_path / "c.cube", Grade(), title="x")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.cube", "c.cube"]
