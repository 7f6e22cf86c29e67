"""Passes survive the way to disk and back, and other programs find the channels."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import OpenEXR
import pytest

from maquette.deliver.cryptomatte import murmur3, name_id
from maquette.deliver.exr import ExrCompression, read_exr, write_exr
from maquette.deliver.exr_camera import FrameTime, world_to_camera
from maquette.film.errors import RenderError
from maquette.film.passes import Passes
from maquette.film.rate import RATES
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


# --- mattes -------------------------------------------------------------------------------------------------------


def as_float(bits: int) -> np.float32:
    return np.array([bits], np.uint32).view(np.float32)[0]


def test_murmur_hash_has_its_known_values() -> None:
    for text, seed, value in (
        ("", 0, 0), ("", 1, 0x514E28B7), ("", 0xFFFFFFFF, 0x81F16F39), ("hello", 0, 0x248BFA47),
        ("hello, world", 0, 0x149BBB7F), ("The quick brown fox jumps over the lazy dog", 0, 0x2E4FF723),
        ("aaaa", 0x9747B28C, 0x5A97808A), ("aaa", 0x9747B28C, 0x283E0130), ("aa", 0x9747B28C, 0x5D211726),
        ("a", 0x9747B28C, 0x7FA09EA6),
    ):  # fmt: skip
        assert murmur3(text.encode(), seed) == value


def test_ids_are_normal_floats() -> None:
    assert name_id("hello") == 0x248BFA47
    for name in (f"thing/{i}" for i in range(3000)):
        assert name_id(name) >> 23 & 255 not in (0, 255)
    assert any(murmur3(f"thing/{i}".encode()) != name_id(f"thing/{i}") for i in range(3000))  # the mending happens


def test_every_object_is_a_matte(tmp_path: Path) -> None:
    original = passes()
    write_exr(tmp_path / "p.exr", original)
    channels, header = read_exr(tmp_path / "p.exr")
    for layer, ids, names in (
        ("crypto_object", original.object_id, original.object_names),
        ("crypto_part", original.part_id, original.part_names),
    ):
        key = f"cryptomatte/{murmur3(layer.encode()):08x}"[:19]
        assert header[f"{key}/name"] == layer and header[f"{key}/hash"] == "MurmurHash3_32"
        assert header[f"{key}/conversion"] == "uint32_to_float32"
        manifest = json.loads(header[f"{key}/manifest"])
        assert set(manifest) == set(names[1:])
        for index, name in enumerate(names[1:], start=1):
            matte = np.where(channels[f"{layer}00.R"] == as_float(int(manifest[name], 16)), channels[f"{layer}00.G"], 0)
            assert np.array_equal(matte, (ids == index).astype(np.float32))
        sky = ids == 0
        assert (channels[f"{layer}00.R"][sky] == 0).all() and (channels[f"{layer}00.G"][sky] == 0).all()
        assert not channels[f"{layer}01.A"].any()


def test_coverage_comes_from_finer_parts(tmp_path: Path) -> None:
    fine = np.ones((18, 32), np.float32)
    fine[:2, :2] = [[1, 2], [3, 0]]  # skin, hair, floor and sky in the first pixel
    write_exr(tmp_path / "p.exr", replace(passes(), extra={"fine_part_id": fine}))
    channels, _ = read_exr(tmp_path / "p.exr")
    maria, floor = as_float(name_id("cast/MARÍA")), as_float(name_id("set/floor"))
    ranks = [(channels[f"crypto_object{g}.{i}"][0, 0], channels[f"crypto_object{g}.{c}"][0, 0])
             for g, i, c in (("00", "R", "G"), ("00", "B", "A"), ("01", "R", "G"))]  # fmt: skip
    assert ranks == [(maria, 0.5), (floor, 0.25), (0, 0)]
    parts = [channels["crypto_part00.G"][0, 0], channels["crypto_part00.A"][0, 0], channels["crypto_part01.G"][0, 0]]
    assert parts == [0.25, 0.25, 0.25]
    assert channels["crypto_part00.G"][5, 5] == 1


# --- motion, camera, packing --------------------------------------------------------------------------------------


def test_motion_has_its_layers(tmp_path: Path) -> None:
    forward = np.random.default_rng(1).normal(0, 5, (9, 16, 2)).astype(np.float32)
    write_exr(tmp_path / "p.exr", replace(passes(), extra={"motion": forward, "motion_back": -forward}))
    channels, _ = read_exr(tmp_path / "p.exr")
    assert np.array_equal(channels["motion.X"], forward[..., 0])
    assert np.array_equal(channels["motionBackward.Y"], -forward[..., 1])


def test_the_camera_is_in_the_header(tmp_path: Path) -> None:
    camera = PlacedCamera((1, 2, 3), (1, 12, 3), lens_mm=50, t_stop=2.8, focus_m=4.5)
    write_exr(
        tmp_path / "p.exr", replace(passes(), camera=camera), time=FrameTime("01:02:03;05", RATES["29.97 DF"]),
        attributes={"comments": "Research only"},
    )  # fmt: skip
    _, header = read_exr(tmp_path / "p.exr")
    assert header["nominalFocalLength"] == 50 and header["tStop"] == pytest.approx(2.8) and header["focus"] == 4.5
    assert header["sensorOverallDimensions"] == pytest.approx([24.89, 14.0], abs=0.01)
    assert header["comments"] == "Research only" and list(header["maquette:cameraPosition"]) == [1, 2, 3]
    code = header["timeCode"]
    assert (code.hours, code.minutes, code.seconds, code.frame, code.dropFrame) == (1, 2, 3, 5, True)
    assert header["framesPerSecond"] == Fraction(30000, 1001)
    point = np.array([2, 12, 4, 1]) @ header["worldToCamera"]  # 10 m ahead, 1 m right, 1 m up
    assert point == pytest.approx([1, 1, -10, 1], abs=1e-5)


def test_a_rolled_camera_leans_the_horizon_clockwise() -> None:
    matrix = world_to_camera(PlacedCamera((0, 0, 0), (0, 10, 0), roll_deg=10))
    right_of_horizon = np.array([5, 10, 0, 1]) @ matrix
    assert right_of_horizon[0] > 4 and right_of_horizon[1] < -0.5  # sinks on the right: clockwise


def test_dwaa_changes_colours_only(tmp_path: Path) -> None:
    ramp = np.linspace(0, 1, 16 * 9).reshape(9, 16, 1).repeat(3, axis=2).astype(np.float32)
    original = replace(passes(), beauty=ramp, albedo=ramp)
    write_exr(tmp_path / "zip.exr", original)
    write_exr(tmp_path / "dwaa.exr", original, compression=ExrCompression.DWAA)
    exact, header = read_exr(tmp_path / "zip.exr")
    packed, small = read_exr(tmp_path / "dwaa.exr")
    assert set(exact) == set(packed)
    for name, values in exact.items():
        if name in "RGB" or name.startswith("albedo"):
            assert np.allclose(packed[name], values, atol=0.02)
        else:
            assert np.array_equal(packed[name], values), name
    assert {k for k in header if k.startswith("crypto")} == {k for k in small if k.startswith("crypto")}
