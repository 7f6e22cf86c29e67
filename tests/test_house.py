"""The house model: trained on a painting of a ball on a floor, at sizes where seconds are enough."""

from __future__ import annotations

import json
import math
import struct
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from torch import Tensor

from maquette.edit import within
from maquette.film.errors import MediaError, UsageError
from maquette.film.passes import Passes
from maquette.film.stage import PlacedCamera
from maquette.house.checkpoint import SUFFIX, remove_checkpoints
from maquette.house.choose import next_key, outside, ranked, sight_of
from maquette.house.colour_map import ColourMap, code_of, linear_of
from maquette.house.crops import Example, keys_of
from maquette.house.direction import FIELDS, TENSOR_PX, angle_of, fitted_rule
from maquette.house.features import CHANNELS, RANDOM_FROM, features_of, grey_of, picture_tensor, seen_of
from maquette.house.losses import afar_loss, fresh_bank, texture_loss
from maquette.house.network import REACH_PX, HouseNetwork
from maquette.house.paint import HISTORY, TONE_STEP, HousePainter
from maquette.house.project import projected
from maquette.house.strokes import LAYERS, reach_px, stroke_field
from maquette.house.surface import REFERENCE_WIDTH, camera_axes, surface_of
from maquette.house.train import Progress, Settings, Trained, repeatable, train
from maquette.house.weights import read_lineage

U8 = NDArray[np.uint8]
CPU = torch.device("cpu")
WIDTH, HEIGHT = 96, 64
QUICK = Settings(steps=8, crop_px=32, crops=2, hands=1, checkpoint_every=4, preview_every=4)
RULE = (1.0, 0.2, 0.0, 0.0, 0.3, 0.3)


def ball(
    x: float = 0.0, light: tuple[float, float, float] = (1.0, 1.0, 1.0), name: str = "cast/ANN", eye: float = -4.0
) -> tuple[Passes, U8]:
    """A red ball of half a metre on a grey floor under a lamp from the upper left, and the picture of it."""
    camera = PlacedCamera((x, eye, 1.0), (x, 0.0, 0.4), lens_mm=24, sensor_width_mm=24, aspect=WIDTH / HEIGHT)
    axes = camera_axes(camera)
    px, py = np.meshgrid(np.arange(WIDTH) + 0.5, np.arange(HEIGHT) + 0.5)
    local = np.stack([px / WIDTH - 0.5, (0.5 - py / HEIGHT) * HEIGHT / WIDTH, -np.ones_like(px)], -1)
    ray, start = local @ axes, np.array(camera.position)
    middle, radius = np.array([0.0, 0.0, 0.5]), 0.5
    a, b = (ray**2).sum(-1), 2 * ray @ (start - middle)
    root = b**2 - 4 * a * (((start - middle) ** 2).sum() - radius**2)
    on_ball = root > 0
    far_ball = np.where(on_ball, (-b - np.sqrt(np.maximum(root, 0))) / (2 * a), np.inf)
    down = ray[..., 2] < -1e-6
    far_floor = np.where(down, -start[2] / np.where(down, ray[..., 2], 1), np.inf)
    ids = np.where(far_ball < far_floor, 2, np.where(down, 1, 0)).astype(np.uint16)
    depth = np.minimum(far_ball, far_floor)
    place = np.where(ids[..., None] > 0, start + ray * np.where(np.isfinite(depth), depth, 0)[..., None], 0)
    normal = np.where(ids[..., None] == 2, (place - middle) / radius, np.where(ids[..., None] == 1, [0, 0, 1.0], 0))
    albedo = np.array([[0, 0, 0], [0.5, 0.5, 0.5], [0.7, 0.12, 0.1]])[ids]
    lit = np.clip(normal @ np.array([-0.5, -0.5, 0.7]), 0.1, 1)[..., None] * np.array(light)
    beauty = np.where(ids[..., None] > 0, albedo * lit, np.array([0.3, 0.4, 0.6]) * light)
    f = np.float32
    passes = Passes(
        beauty.astype(f), albedo.astype(f), normal.astype(f), depth.astype(f), place.astype(f), ids, ids,
        ("", "set/floor", name), ("", "set/floor:wood", f"{name}:skin"), camera, rest=place.astype(f),
    )  # fmt: skip
    return passes, (np.clip(beauty, 0, 1) ** (1 / 2.2) * 255).astype(np.uint8)


def painting_of(picture: U8) -> U8:
    """Blue for red, and stripes from top left to bottom right."""
    y, x = np.mgrid[0 : picture.shape[0], 0 : picture.shape[1]]
    stripes = 30 * np.sin((x - y) * 0.9)
    return np.clip(picture[..., ::-1] * 0.8 + 20 + stripes[..., None], 0, 255).astype(np.uint8)


def key(x: float = 0.0) -> Example:
    passes, picture = ball(x)
    return Example(passes, picture, painting_of(picture), "shot 1")


@cache
def trained() -> Trained:
    return train([key()], QUICK)


# --- features -----------------------------------------------------------------------------------------------------


def test_the_same_frame_and_seed_give_the_same_features_and_another_seed_other_strokes_only() -> None:
    passes, picture = ball()
    first, again, other = (features_of(passes, picture, RULE, ColourMap(), seed).tensor for seed in (3, 3, 4))
    assert first.shape == (CHANNELS, HEIGHT, WIDTH)
    assert torch.equal(first, again)
    assert torch.equal(first[:RANDOM_FROM], other[:RANDOM_FROM])
    assert not torch.equal(first[RANDOM_FROM:], other[RANDOM_FROM:])
    assert bool(torch.isfinite(first).all())


def test_strokes_stay_on_what_they_are_painted_on() -> None:
    passes, picture = ball()
    surface = surface_of(passes, CPU)
    angle = angle_of(surface, grey_of(picture_tensor(picture, CPU)), RULE)
    for layer in LAYERS:
        field = stroke_field(surface, angle, layer, 1)
        part, there = surface.part.reshape(-1), field.index < len(field.pixel)
        assert torch.equal(part[field.pixel[field.index[there]]], surface.part[there])
        assert float(field.along.abs().max()) <= 1.0 and float(field.across.abs().max()) <= 1.0
        assert float(there.float().mean()) > 0.4


def test_strokes_are_longer_than_wide_along_the_direction_that_they_are_given() -> None:
    passes, _ = ball()
    surface = surface_of(passes, CPU)
    field = stroke_field(surface, torch.zeros((HEIGHT, WIDTH)), replace(LAYERS[1], length_px=200), 1)
    same_right = (field.index[:, 1:] == field.index[:, :-1]).float().mean()
    same_down = (field.index[1:] == field.index[:-1]).float().mean()
    assert float(same_right) > float(same_down) + 0.2


def test_strokes_move_with_the_surface() -> None:
    """The camera moves 5 cm sideways: most of what is seen again has the stroke that it had."""
    (first, _), (second, _) = ball(0.0), ball(0.05)
    fields = []
    for passes in (first, second):
        surface = surface_of(passes, CPU)
        fields.append(stroke_field(surface, torch.zeros((HEIGHT, WIDTH)), LAYERS[0], 1))
    strokes = [set(f.stroke.tolist()) for f in fields]
    assert len(strokes[0] & strokes[1]) > 0.7 * len(strokes[0])


def test_the_direction_of_an_artists_strokes_is_found_in_the_painting() -> None:
    passes, picture = ball()
    flat = np.full_like(picture, 120)
    surface, grey = surface_of(passes, CPU), grey_of(picture_tensor(flat, CPU))
    painting = grey_of(picture_tensor(painting_of(flat), CPU))
    rule = fitted_rule([(surface, grey, painting)])
    assert len(rule) == len(FIELDS)
    angle = angle_of(surface, grey, rule)
    # Stripes run where x - y is constant: down to the right, 45 degrees.
    assert abs(float(angle.median()) - np.pi / 4) < 0.1


# --- training -----------------------------------------------------------------------------------------------------


def test_training_twice_gives_the_same_bytes() -> None:
    assert train([key()], QUICK).weights == trained().weights


def test_sums_on_a_gpu_are_added_up_in_one_order_while_training_and_as_before_afterwards() -> None:
    with repeatable(torch.device("cpu")):
        assert not torch.are_deterministic_algorithms_enabled()
    with repeatable(torch.device("cuda")):
        assert torch.are_deterministic_algorithms_enabled()
    assert not torch.are_deterministic_algorithms_enabled()


def test_training_that_was_killed_ends_as_if_it_had_never_stopped(tmp_path: Path) -> None:
    class Killed(Exception):
        pass

    def kill(progress: Progress) -> None:
        if progress.step >= 10:
            raise Killed

    settings = replace(QUICK, steps=20)
    with pytest.raises(Killed):
        train([key()], settings, tmp_path, kill)
    assert list(tmp_path.glob(f"*{SUFFIX}"))
    steps: list[int] = []
    resumed = train([key()], settings, tmp_path, lambda p: steps.append(p.step))
    assert resumed.weights == train([key()], settings).weights
    assert steps == [10, 20], "the first two checkpoints are at 4 and 8: it went on from 8"


def test_a_damaged_checkpoint_is_passed_over(tmp_path: Path) -> None:
    whole = train([key()], QUICK, tmp_path)
    newest = max(tmp_path.glob(f"*{SUFFIX}"))
    newest.write_bytes(newest.read_bytes()[:1000])
    assert train([key()], QUICK, tmp_path).weights == whole.weights


def test_checkpoints_of_other_keys_are_not_gone_on_from(tmp_path: Path) -> None:
    train([key()], QUICK, tmp_path)
    assert train([key(0.3)], QUICK, tmp_path).weights == train([key(0.3)], QUICK).weights


def test_a_stopped_training_can_be_gone_on_with_after_another_with_other_settings(tmp_path: Path) -> None:
    """Also after one that came much farther, and one that has only begun."""
    far, near = replace(QUICK, steps=16), replace(QUICK, steps=12)

    def kill(progress: Progress) -> None:
        raise KeyboardInterrupt

    train([key()], far, tmp_path)
    with pytest.raises(KeyboardInterrupt):
        train([key()], near, tmp_path, kill)
    steps: list[int] = []
    train([key()], replace(near, checkpoint_every=100), tmp_path)
    with pytest.raises(KeyboardInterrupt):
        train([key()], near, tmp_path, kill)
    kept = sorted(tmp_path.glob(f"*{SUFFIX}"))
    assert [int(p.stem.split("-")[1]) for p in kept if p.name.startswith(train([key()], far).identity[:12])] == [12, 16]
    done = train([key()], near, tmp_path, lambda p: steps.append(p.step))
    remove_checkpoints(tmp_path, done.identity)
    assert {int(p.stem.split("-")[1]) for p in tmp_path.glob(f"*{SUFFIX}")} == {12, 16}


def test_training_that_gets_no_better_stops_early_and_says_so() -> None:
    idle = replace(QUICK, steps=150, rate=1e-9, checkpoint_every=1000, preview_every=1000)
    stopped = train([key()], idle)
    assert stopped.stopped_early and 60 <= stopped.lineage.steps < 150
    assert not train([key()], replace(idle, early_stopping=False)).stopped_early


def test_what_the_artist_left_open_teaches_nothing() -> None:
    """She painted the left half; the frame shows through in the right one, and is no example of her colours."""
    passes, picture = ball()
    half = painting_of(picture)
    half[:, WIDTH // 2 :] = picture[:, WIDTH // 2 :]
    painted = np.zeros((HEIGHT, WIDTH), np.uint8)
    painted[:, : WIDTH // 2] = 255
    seen = seen_of(surface_of(passes, CPU), picture_tensor(picture, CPU))
    wanted = picture_tensor(painting_of(picture), CPU)[..., WIDTH // 2 :]

    def apart(open_half: U8 | None) -> float:
        keys = keys_of([Example(passes, picture, half, "shot 1", open_half)], 1, 0, CPU)
        off = keys.colours(seen)[..., WIDTH // 2 :] - wanted
        return float(torch.nn.functional.avg_pool2d(off, 16).abs().mean())  # stripes aside

    assert apart(painted) < 0.6 * apart(None)
    trained_on = Example(passes, picture, half, "shot 1", painted)
    assert math.isfinite(train([trained_on], QUICK).loss)
    assert trained_on.digest() != replace(trained_on, painted=None).digest()


def test_training_brings_colours_nearer_to_the_painting() -> None:
    example = key()
    result = train([example], replace(QUICK, steps=60))
    made = HousePainter(result.weights).paint(example.passes, example.picture)
    soft = torch.nn.functional.avg_pool2d  # stripes and strokes aside
    seen, wanted, ours = (soft(picture_tensor(p, CPU), 8) for p in (example.picture, example.painting, made))
    assert float((ours - wanted).abs().mean()) < 0.4 * float((seen - wanted).abs().mean())


def test_progress_has_previews_and_ends_at_the_whole() -> None:
    seen: list[Progress] = []
    train([key()], replace(QUICK, steps=20, preview_every=10), progress=seen.append)
    assert [p.step for p in seen] == [10, 20]
    assert seen[-1].share == 1.0
    assert all(p.preview is not None and p.preview.startswith(b"\x89PNG") for p in seen)


@pytest.mark.parametrize("fault", ["none", "size", "grey", "tiny", "device"])
def test_keys_that_nothing_can_be_learnt_from_are_refused(fault: str) -> None:
    whole = key()
    small = Example(whole.passes, whole.picture[:, :-1], whole.painting[:, :-1])
    grey = replace(whole, painting=np.full_like(whole.painting, 128))
    passes = replace(whole.passes, depth=whole.passes.depth[:20, :20])
    tiny = Example(passes, whole.picture[:20, :20], whole.painting[:20, :20])
    examples = {"none": [], "size": [small], "grey": [grey], "tiny": [tiny], "device": [whole]}[fault]
    with pytest.raises(UsageError, match=r"\w+ .*[.]$"):
        train(examples, replace(QUICK, device="abacus" if fault == "device" else "cpu"))


# --- weights ------------------------------------------------------------------------------------------------------


def test_the_header_says_what_the_weights_come_from() -> None:
    lineage = read_lineage(trained().weights)
    assert lineage == trained().lineage
    assert lineage.keys == (key().digest(),)
    assert lineage.names == ("shot 1",)
    assert (lineage.steps, lineage.seed, lineage.started_from) == (8, 0, "random numbers")
    assert json.loads(lineage.settings)["crop_px"] == 32


def _with_header(data: bytes, change: dict[str, object]) -> bytes:
    size = struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8 : 8 + size])
    facts = json.loads(header["__metadata__"]["maquette"])
    for name, value in change.items():
        place = facts["lineage"] if name in facts["lineage"] else facts
        place[name] = value
    header["__metadata__"]["maquette"] = json.dumps(facts)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    return struct.pack("<Q", len(text)) + text + data[8 + size :]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"version": 99}, "version 99"),
        ({"kind": "something else"}, "no house model"),
        ({"widths": {"full": 100000, "half": 1, "quarter": 1, "blocks": 1}}, "impossible network"),
        ({"widths": {"full": 8, "half": 32, "quarter": 48, "blocks": 3}}, "another shape"),
        ({"widths": 3}, "incomplete"),
        ({"rule": [1.0]}, "impossible network"),
        ({"lineage": {}}, "incomplete"),
    ],
)
def test_weights_that_do_not_fit_are_refused(change: dict[str, object], said: str) -> None:
    with pytest.raises(MediaError, match=said):
        HousePainter(_with_header(trained().weights, change))


@pytest.mark.parametrize(
    "data",
    [b"", b"PK\x03\x04 a zip", b"\xff" * 64, struct.pack("<Q", 2) + b"{}", struct.pack("<Q", 1 << 40) + b"{}" * 50],
    ids=["empty", "zip", "noise", "no metadata", "endless header"],
)
def test_other_files_are_refused(data: bytes) -> None:
    with pytest.raises(MediaError, match="no house model"):
        HousePainter(data)


def test_cut_off_weights_are_refused() -> None:
    with pytest.raises(MediaError, match="damaged"):
        HousePainter(trained().weights[:-100])


def test_weights_that_are_no_numbers_are_refused() -> None:
    data = bytearray(trained().weights)
    data[-4:] = struct.pack("<f", float("nan"))
    with pytest.raises(MediaError, match="numbers"):
        HousePainter(bytes(data))


# --- painting -----------------------------------------------------------------------------------------------------


def test_painting_is_deterministic_and_a_seed_gives_other_strokes() -> None:
    passes, picture = ball()
    painter = HousePainter(trained().weights)
    first = painter.paint(passes, picture, None, 1)
    assert first.shape == picture.shape and first.dtype == np.uint8
    assert np.array_equal(first, HousePainter(trained().weights).paint(passes, picture, None, 1))
    assert not np.array_equal(first, painter.paint(passes, picture, None, 2))


def test_history_is_carried_along_by_motion() -> None:
    """Nothing changes but that all moves 5 pixels to the right: the history comes from 5 pixels further left."""
    passes, picture = ball()
    motion = np.zeros((HEIGHT, WIDTH, 2), np.float32)
    motion[..., 0] = -5
    seen = np.ones((HEIGHT, WIDTH), np.float32)
    seen[:, :10] = 0
    moving = replace(passes, extra={"motion_back": motion, "motion_back_visible": seen})
    painter = HousePainter(trained().weights)
    fresh = painter.paint(passes, picture).astype(float)
    before = np.roll(painter.paint(passes, picture), -5, axis=1)
    before[:, 20] = 0
    joined = painter.paint(moving, picture, before).astype(float)
    assert np.abs(joined[:, :10] - fresh[:, :10]).max() <= 1, "what was not seen before is fresh"
    assert np.abs(joined[:, 12:22] - fresh[:, 12:22]).max() <= 1, "what agrees stays"
    stroke = fresh[:, 25] - joined[:, 25]
    assert np.abs(stroke - HISTORY * fresh[:, 25]).max() < 0.15 * fresh[:, 25].max(), "a stroke is carried along"


def test_light_that_changes_is_not_held_up_by_history() -> None:
    """History carries strokes; a tone that has changed is the new one in the very frame."""
    passes, picture = ball()
    still = np.zeros((HEIGHT, WIDTH, 2), np.float32)
    moving = replace(passes, extra={"motion_back": still, "motion_back_visible": np.ones((HEIGHT, WIDTH), np.float32)})
    painter = HousePainter(trained().weights)
    fresh = painter.paint(passes, picture).astype(float)
    joined = painter.paint(moving, picture, (fresh * 0.4).astype(np.uint8)).astype(float)
    assert np.abs(joined - fresh).mean() <= HISTORY * TONE_STEP * 255 + 2


def test_a_frame_without_motion_is_painted_anew() -> None:
    passes, picture = ball()
    painter = HousePainter(trained().weights)
    assert np.array_equal(painter.paint(passes, picture, np.zeros_like(picture)), painter.paint(passes, picture))


def test_sizes_that_are_no_multiple_of_four() -> None:
    passes, picture = ball()
    cut = {n: getattr(passes, n)[:61, :95] for n in ("beauty", "albedo", "normal", "depth", "position", "object_id",
                                                     "part_id", "rest")}  # fmt: skip
    made = HousePainter(trained().weights).paint(replace(passes, **cut), picture[:61, :95])
    assert made.shape == (61, 95, 3)


def test_an_edit_changes_nothing_beyond_its_reach() -> None:
    """The network's answer at a pixel depends on its surroundings only: of an edit, the rest can be kept."""
    passes, picture = ball()
    painter = HousePainter(trained().weights)
    edited = np.zeros((HEIGHT, WIDTH), bool)
    edited[2:5, 2:5] = True
    other = picture.copy()
    other[edited] = 255
    scale = WIDTH / REFERENCE_WIDTH
    radius = REACH_PX + int(3 * TENSOR_PX * scale) + 6 + 2 * max(reach_px(layer, scale) for layer in LAYERS)
    assert radius < WIDTH, "else the test below says nothing"
    area = within(edited, radius)
    assert area.any() and not area.all()
    changed = np.abs(painter.paint(passes, other).astype(int) - painter.paint(passes, picture))
    assert changed[~area].max() <= 1 < changed[area].max()


def test_the_network_sees_no_further_than_it_says() -> None:
    torch.manual_seed(0)
    network = HouseNetwork()
    for block in network.blocks:
        torch.nn.init.normal_(block.second.weight)  # pyright: ignore[reportArgumentType, reportAttributeAccessIssue]
    torch.nn.init.normal_(network.leave.weight)
    x = torch.zeros((1, CHANNELS, 160, 160), requires_grad=True)
    network(x)[0, :, 80, 80].sum().backward()
    assert x.grad is not None
    rows, columns = np.nonzero(x.grad[0].abs().sum(0).numpy())
    reach = max(abs(rows - 80).max(), abs(columns - 80).max())
    assert reach <= REACH_PX < 2 * reach


def test_strokes_do_not_change_when_the_picture_moves_by_a_pixel() -> None:
    """A network that takes every second pixel as it is turns crisp strokes into others at every step of a camera."""
    torch.manual_seed(0)
    network = HouseNetwork()
    for block in network.blocks:
        torch.nn.init.normal_(block.second.weight, std=0.1)  # pyright: ignore[reportArgumentType, reportAttributeAccessIssue]
    torch.nn.init.normal_(network.leave.weight, std=0.3)
    with torch.no_grad():  # What comes from the smaller sizes, as in a trained network, counts as much as the rest.
        network.from_half.weight.mul_(4)
        network.from_quarter.weight.mul_(4)
    x = torch.randn((1, CHANNELS, 132, 132))
    with torch.no_grad():
        here, there = network(x[..., :128, :128]), network(x[..., 1:129, 1:129])
    rest = slice(50, 78)
    moved = there[0, :, 49:77, 49:77]
    change = float(((here[0, :, rest, rest] - moved) ** 2).mean() / moved.var())
    assert change < 0.001


# --- the map of colours -------------------------------------------------------------------------------------------


def test_the_map_of_colours_learns_a_rule_that_is_no_grade_and_holds_it_where_the_camera_looks_the_other_way() -> None:
    """In this painting red things turn blue in the light and black in the shade, and grey ones yellow: no grade of
    what is seen tells a grey from a red in the dark."""

    def wanted(passes: Passes, seen: Tensor) -> Tensor:
        red = torch.from_numpy(passes.part_id == 2)
        lit = (seen[6] * 2 + 1).clamp(0, 1)
        blue = torch.stack([lit * 0, lit * 0.2, lit])
        yellow = torch.stack([0.3 + 0.6 * lit, 0.3 + 0.5 * lit, lit * 0.2])
        return torch.where(red, blue, torch.where(torch.from_numpy(passes.part_id == 1), yellow, seen[:3] + 0.5))

    def seen(eye: float) -> tuple[Passes, Tensor]:
        passes, picture = ball(eye=eye)
        return passes, seen_of(surface_of(passes, CPU), picture_tensor(picture, CPU))

    passes, first = seen(-4.0)
    colours = ColourMap()
    even = torch.ones(1, HEIGHT, WIDTH)
    before = float((colours(first) - wanted(passes, first)).abs().mean())
    colours.fit([first], [wanted(passes, first)], [even], torch.Generator().manual_seed(0))
    for eye, most in ((-4.0, 0.15), (4.0, 0.25)):
        passes, view = seen(eye)
        assert float((colours(view) - wanted(passes, view)).abs().mean()) < most * before


def test_rare_colours_have_their_place_in_the_map_and_one_flat_colour_is_no_trouble() -> None:
    """Eight colours of 16 pixels each, in 6,400 pixels of greys, which the artist paints in quite other colours."""
    seen = torch.linspace(-0.2, 0.2, 80).expand(7, 80, 80).clone()
    seen[6] = seen[0].T
    painting = (seen[:3] + 0.5).clamp(0, 1)
    paint = torch.rand((8, 3), generator=torch.Generator().manual_seed(0))
    for i in range(8):
        red, green, blue = (0.4 if i >> bit & 1 else -0.4 for bit in range(3))
        seen[:, 40:44, 8 * i : 8 * i + 4] = seen.new_tensor([red, green, blue] * 2 + [0.0])[:, None, None]
        painting[:, 40:44, 8 * i : 8 * i + 4] = paint[i][:, None, None]
    colours = ColourMap()
    even = torch.ones(1, 80, 80)
    colours.fit([seen], [painting], [even], torch.Generator().manual_seed(0))
    assert torch.allclose(colours(seen)[:, 42, 2:64:8], paint.T, atol=0.08)
    assert float((colours(seen) - painting)[:, :32].abs().mean()) < 0.02
    flat = torch.zeros((7, 80, 80))
    colours.fit([flat], [painting[:, :1, :1].expand(3, 80, 80)], [even], torch.Generator().manual_seed(0))
    assert torch.allclose(colours(flat)[:, 0, 0], painting[:, 0, 0], atol=0.01)


def test_a_map_of_colours_that_was_not_fitted_changes_nothing() -> None:
    passes, picture = ball()
    rgb = picture_tensor(picture, CPU)
    assert torch.allclose(ColourMap()(seen_of(surface_of(passes, CPU), rgb)), rgb, atol=1e-6)


def test_light_to_codes_and_back() -> None:
    code = torch.linspace(-0.2, 1.3, 301)
    assert torch.allclose(code_of(linear_of(code)), code, atol=1e-5)
    assert float(linear_of(torch.tensor(0.5))) == pytest.approx(0.21404, abs=1e-5)


def test_from_afar_colours_mix_as_light_does() -> None:
    """Black and white hatching, half and half, looks like sRGB 188 from afar, not like 128."""
    hatching = (torch.arange(64) % 2).to(torch.float32).expand(1, 3, 64, 64)
    matter = torch.ones(1, 1, 64, 64)
    right, wrong = (float(afar_loss(torch.full_like(hatching, v / 255), hatching, matter)) for v in (188, 128))
    assert right < 0.002
    assert wrong > 0.2


# --- losses -------------------------------------------------------------------------------------------------------


def test_texture_loss_is_nothing_for_the_same_strokes_elsewhere_and_much_for_others() -> None:
    generator = torch.Generator().manual_seed(1)
    _, x = torch.meshgrid(torch.arange(64.0), torch.arange(64.0), indexing="ij")
    stripes = (0.5 + 0.3 * torch.sin(x * 2 * np.pi / 8))[None, None].expand(1, 3, -1, -1)
    moved = torch.roll(stripes, 8, 3)
    turned = stripes.transpose(2, 3)
    values = [float(texture_loss(stripes, other, fresh_bank(generator), generator)) for other in (moved, turned)]
    assert values[0] < 1e-5
    assert values[1] > 0.02


# --- projection ---------------------------------------------------------------------------------------------------


def test_a_painting_projected_onto_its_own_frame_is_itself() -> None:
    example = key()
    made, known = projected([example], example.passes, example.picture)
    on_things = example.passes.object_id > 0
    assert known[on_things].mean() > 0.98 and not known[~on_things].any()
    assert np.abs(made.astype(float) - example.painting)[known].mean() < 6


def test_projection_knows_what_another_side_shows_and_what_it_does_not() -> None:
    example = key()
    passes, picture = ball(1.4)
    _, known = projected([example], passes, picture)
    ball_seen = passes.object_id == 2
    assert 0.5 < known[ball_seen].mean() < 1
    other, picture = ball(0.0, name="cast/BEN")
    _, known = projected([example], other, picture)
    assert not known[other.object_id == 2].any(), "another person is not on the painting"


# --- what lies outside --------------------------------------------------------------------------------------------


def test_a_painted_frame_lies_inside_and_nothing_does_without_paintings() -> None:
    sight = sight_of("shot 1", *ball())
    assert outside(sight, [sight]).share == 0
    assert outside(sight, [sight]).warning is None
    assert outside(sight, []).share == 1


def test_blue_night_light_is_named() -> None:
    day = sight_of("shot 1", *ball())
    night = sight_of("shot 5", *ball(light=(0.05, 0.1, 0.35)))
    found = outside(night, [day])
    assert found.share > 0.3
    assert found.warning is not None and found.warning.startswith("Shot 5 lies ")
    assert "no painting shows its blue light" in found.warning
    assert "darker than anything painted" in found.warning


def test_a_person_whom_no_painting_shows_is_named() -> None:
    ann, ben = sight_of("shot 1", *ball()), sight_of("shot 2", *ball(name="cast/BEN", eye=-2.0))
    assert "no painting shows BEN" in outside(ben, [ann]).reasons
    assert not any("BEN" in r for r in outside(ben, [ann, ben]).reasons)


def test_the_next_key_is_the_one_that_helps_most() -> None:
    """Three shots at night and one by red light; a day is painted: a night is chosen, then the red one."""
    day = sight_of("shot 1", *ball())
    nights = [sight_of(f"shot {n}", *ball(x, light=(0.05, 0.1, 0.35))) for n, x in ((2, 0.0), (3, 0.1), (4, -0.1))]
    red = sight_of("shot 5", *ball(light=(1.0, 0.1, 0.05)))
    frames = [day, *nights, red]
    first = next_key(frames, [day])
    assert first is not None and first.name in {"shot 2", "shot 3", "shot 4"}
    assert "blue light" in first.reason and "it would also help shots" in first.reason
    order = ranked(frames, [day], 5)
    assert [c.name for c in order[1:]] == ["shot 5"]
    assert "red light" in order[1].reason or "orange light" in order[1].reason
    assert next_key(frames, frames) is None
