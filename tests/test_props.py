"""Every prop: real size, a hand that fits, rest on the table, repeatable, cheap."""

from __future__ import annotations

import numpy as np
import pytest

from maquette.film.errors import StageError
from maquette.film.props import PropKind
from maquette.stage.mesh import rotation
from maquette.stage.props import PROPS, Carry, Prop, make_prop

BUDGET = 8000
VARIANTS = {
    "cup": ("teacup", "chipped mug"),
    "glass": ("glass of whisky", "pint of beer", "empty glass"),
    "wine glass": ("champagne flute",),
    "bottle": ("whisky bottle", "beer bottle"),
    "coffee pot": ("teapot",),
    "plate": ("tray",),
    "bowl": ("ashtray",),
    "knife": ("penknife",),
    "spoon": ("teaspoon",),
    "pistol": ("revolver",),
    "rifle": ("shotgun", "sniper rifle"),
    "letter": ("contract",),
    "cheque": ("ticket",),
    "book": ("passport", "red notebook"),
    "newspaper": ("magazine",),
    "photograph": ("polaroid", "framed photograph"),
    "suitcase": ("toolbox",),
    "briefcase": ("metal briefcase",),
    "candle": ("candle stub",),
    "cigarette": ("cigar",),
    "lighter": ("matchbox",),
    "umbrella": ("open umbrella",),
    "ring": ("engagement ring", "ruby ring"),
    "watch": ("pocket watch",),
    "flowers": ("rose", "bunch of roses"),
    "axe": ("hatchet",),
    "hammer": ("wrench",),
    "box": ("parcel", "gift", "crate", "shoebox"),
    "ball": ("tennis ball", "baseball", "basketball"),
    "paint can": ("bucket",),
    "pen": ("pencil",),
}
CASES = [(k.value, k.value) for k in PropKind] + [(k, w) for k, words in VARIANTS.items() for w in words]
LONGEST_M = {
    "cup": (0.08, 0.16),
    "glass": (0.08, 0.16),
    "bottle": (0.2, 0.33),
    "plate": (0.2, 0.4),
    "knife": (0.15, 0.4),
    "pistol": (0.17, 0.25),
    "rifle": (0.9, 1.2),
    "phone": (0.14, 0.17),
    "telephone": (0.2, 0.3),
    "letter": (0.2, 0.31),
    "cheque": (0.13, 0.19),
    "book": (0.12, 0.26),
    "keys": (0.08, 0.17),
    "suitcase": (0.4, 0.75),
    "backpack": (0.4, 0.55),
    "flashlight": (0.15, 0.25),
    "lantern": (0.28, 0.4),
    "candle": (0.13, 0.22),
    "cigarette": (0.08, 0.13),
    "lighter": (0.05, 0.1),
    "laptop": (0.28, 0.36),
    "umbrella": (0.8, 1.05),
    "hat": (0.28, 0.36),
    "ring": (0.018, 0.035),
    "guitar": (0.95, 1.1),
    "walking stick": (0.85, 0.95),
    "pen": (0.13, 0.19),
    "sword": (0.8, 1.0),
    "ball": (0.06, 0.25),
}


@pytest.fixture(scope="module")
def made() -> dict[str, Prop]:
    return {words: make_prop(kind, 7, words.split()) for kind, words in CASES}


def test_every_kind_has_its_maker() -> None:
    assert set(PROPS) == set(PropKind) and len(PROPS) >= 32


@pytest.mark.parametrize(("kind", "words"), CASES)
def test_props_are_sound(made: dict[str, Prop], kind: str, words: str) -> None:
    prop = made[words]
    low, high = prop.bounds
    assert prop.kind.value == kind
    assert low[2] == pytest.approx(0, abs=1e-6), "it rests on the table"
    assert low[:2] + high[:2] == pytest.approx([0, 0], abs=1e-6), "and stands on its middle"
    assert prop.triangles < BUDGET
    for part in prop.solids:
        assert np.isfinite(part.vertices).all() and part.faces.max() < len(part.vertices)
        assert np.linalg.norm(part.normals, axis=1) == pytest.approx(1, abs=0.02)
        assert (part.color >= 0).all() and (part.color <= 1).all()
        assert (part.roughness > 0.02).all() and (part.roughness <= 1).all()


@pytest.mark.parametrize(("kind", "words"), [c for c in CASES if c[0] in LONGEST_M])
def test_props_have_real_sizes(made: dict[str, Prop], kind: str, words: str) -> None:
    shortest, longest = LONGEST_M[kind]
    assert shortest <= max(made[words].size) <= longest


@pytest.mark.parametrize(("kind", "words"), CASES)
def test_the_hand_closes_on_the_thing(made: dict[str, Prop], kind: str, words: str) -> None:
    prop = made[words]
    low, high = prop.bounds
    turn, point = prop.grip[:3, :3], prop.grip[:3, 3]
    assert turn @ turn.T == pytest.approx(np.eye(3), abs=1e-9) and np.linalg.det(turn) == pytest.approx(1)
    assert (point >= low - 0.03).all() and (point <= high + 0.03).all()


def test_equal_arguments_give_equal_meshes_and_seeds_vary_colours() -> None:
    for kind in PropKind:
        one, two = make_prop(kind.value, 5), make_prop(kind.value, 5)
        assert all(np.array_equal(a.vertices, b.vertices) for a, b in zip(one.solids, two.solids, strict=True))
        assert all(np.array_equal(a.color, b.color) for a, b in zip(one.solids, two.solids, strict=True))
    assert len({tuple(make_prop("cup", s).solids[0].color[0]) for s in range(12)}) > 2


def test_words_give_colours_and_details() -> None:
    red = make_prop("umbrella", 1, ("red", "umbrella"))
    cloth = np.concatenate([s.color for s in red.solids if s.part == "cloth"]).mean(axis=0)
    assert cloth[0] > 3 * cloth[1]
    assert "chip" in {s.part for s in make_prop("cup", 1, ("chipped", "cup")).solids}
    assert "chip" not in {s.part for s in make_prop("cup", 1).solids}
    assert make_prop("gun", 1).kind is PropKind.PISTOL
    with pytest.raises(StageError, match="No prop is called 'zeppelin'"):
        make_prop("zeppelin", 1)


def hand(x: float = 0.0, y: float = 0.0, z: float = 0.0) -> np.ndarray:
    frame = np.eye(4)
    frame[:3, :3] = rotation(x=x, y=y, z=z)
    frame[:3, 3] = (1.0, 2.0, 1.2)
    return frame


def test_a_held_thing_is_where_the_hand_is() -> None:
    for kind in PropKind:
        prop = make_prop(kind.value, 2)
        pose = prop.held_pose(hand(x=35, y=20, z=70))
        grip = pose @ prop.grip
        assert grip[:3, 3] == pytest.approx([1.0, 2.0, 1.2])
        assert pose[:3, :3] @ pose[:3, :3].T == pytest.approx(np.eye(3), abs=1e-9)
        assert np.linalg.det(pose[:3, :3]) == pytest.approx(1), "never mirrored"


def test_full_cups_stay_level_and_bags_hang() -> None:
    for kind in PropKind:
        prop = make_prop(kind.value, 2)
        up = prop.held_pose(hand(x=30, y=25, z=10))[:3, 2]
        if prop.carry is not Carry.RIGID:
            assert up == pytest.approx([0, 0, 1], abs=1e-9)
    case = make_prop("suitcase", 2)
    body = case.held("prop/suitcase", hand(y=90))
    assert case.carry is Carry.HANG and body.vertices[:, 2].max() < 1.2 + 0.03


def test_rigid_things_follow_the_hand() -> None:
    pistol = make_prop("pistol", 1)
    for turn in (0.0, 90.0):
        pose = pistol.held_pose(hand(z=turn))
        barrel = pose[:3, :3] @ [1.0, 0.0, 0.0]
        ahead = hand(z=turn)[:3, 0]
        assert barrel @ ahead > 0.9, "the barrel points along the hand"
        assert pistol.held_pose(hand(z=turn), left=True)[:3, :3] @ [1.0, 0.0, 0.0] @ ahead > 0.9


def test_the_phone_shows_its_screen_away_from_the_palm() -> None:
    phone = make_prop("phone", 1)
    for left in (False, True):
        screen = phone.held_pose(hand(), left)[:3, 2]
        palm = hand()[:3, 1] * (-1 if left else 1)
        assert screen @ palm > 0.9


def test_standing_things_turn_about_the_vertical() -> None:
    body = make_prop("cup", 1).standing("prop/cup", (2.0, 3.0, 0.75), 90.0)
    low, high = body.vertices.min(axis=0), body.vertices.max(axis=0)
    assert low[2] == pytest.approx(0.75) and (low + high)[:2] / 2 == pytest.approx([2.0, 3.0], abs=1e-5)
    assert body.name == "prop/cup" and "handle" in body.part_names


def test_flames_are_told_to_the_lights() -> None:
    lit = {kind.value for kind in PropKind if make_prop(kind.value, 1).flame is not None}
    assert {"lantern", "candle", "lighter", "flashlight"} <= lit
