"""Passes survive the way to disk and back, and other programs find the channels."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import OpenEXR
import pytest

from maquette.deliver.exr import read_exr, write_exr
from maquette.film.errors import RenderError
from maquette.film.passes import Passes
from maquette.film.stage import PlacedCamera


def passes(height: int = 9, width: int = 16) -> Passes:
    rng = np.random.default_rng(5)

    def noise(*shape: int) -> np.ndarray:
        return rng.uniform(0, 1, shape).astype(np.float32)

    depth = noise(height, width)
    depth[0] = np.inf
    return Passes(
        beauty=noise(height, width, 3) * 20,
        albedo=noise(height, width, 3),
        normal=noise(height, width, 3) * 2 - 1,
        depth=depth,
        position=noise(height, width, 3) * 300,
        object_id=rng.integers(0, 3, (height, width)).astype(np.uint16),
        part_id=rng.integers(0, 5, (height, width)).astype(np.uint16),
        object_names=("", "cast/MARÍA", "set/floor"),
        part_names=("", "cast/MARÍA:skin", "cast/MARÍA:hair", "set/floor:", "x"),
        camera=PlacedCamera((0, 0, 0), (0, 1, 0)),
        rest=noise(height, width, 3),
    )


def test_everything_comes_back(tmp_path: Path) -> None:
    original = passes()
    write_exr(tmp_path / "p.exr", original)
    channels, header = read_exr(tmp_path / "p.exr")
    beauty = np.stack([channels[c] for c in "RGB"], axis=-1)
    assert np.allclose(beauty, original.beauty, rtol=1e-3)
    assert np.array_equal(channels["Z"], original.depth)
    for prefix, values in (("N", original.normal), ("P", original.position), ("rest", original.rest)):
        assert values is not None
        assert np.array_equal(np.stack([channels[f"{prefix}.{a}"] for a in "XYZ"], axis=-1), values)
    assert np.array_equal(channels["id"], original.object_id)
    assert np.array_equal(channels["part"], original.part_id)
    assert header["objectNames"].split("\n") == list(original.object_names)
    assert header["partNames"].split("\n") == list(original.part_names)


def test_other_programs_see_layers(tmp_path: Path) -> None:
    write_exr(tmp_path / "p.exr", passes())
    with OpenEXR.File(str(tmp_path / "p.exr")) as file:
        names = set(file.channels())
    assert {"RGB", "Z", "id", "part"} <= names and {"albedo", "albedo.RGB"} & names


def test_very_bright_light_and_missing_rest(tmp_path: Path) -> None:
    bright = replace(passes(), beauty=np.full((9, 16, 3), 1e6, np.float32), rest=None)
    write_exr(tmp_path / "p.exr", bright)
    channels, _ = read_exr(tmp_path / "p.exr")
    assert np.isfinite(channels["R"]).all() and channels["R"].min() > 6e4
    assert "rest.X" not in channels


def test_a_file_that_is_no_exr_is_named(tmp_path: Path) -> None:
    (tmp_path / "torn.exr").write_bytes(b"not a picture")
    with pytest.raises(RenderError, match=r"torn\.exr"):
        read_exr(tmp_path / "torn.exr")
    with pytest.raises(OSError, match="nowhere"):
        write_exr(tmp_path / "nowhere" / "p.exr", passes())
